"""Tells the shell of the room *Check*."""
