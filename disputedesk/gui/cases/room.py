"""Tells the shell of the room *Cases* and answers requests to open a case or to tell a problem."""
