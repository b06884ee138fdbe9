"""Use cases that change the desk; each is one transaction and returns what it changed."""
