"""Use cases that read the desk; no side effects, and no more than is shown."""
