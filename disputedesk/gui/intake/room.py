"""Answers requests to choose files and to review them."""
