"""The room *Letters*: every paper of the desk, and papers made for many cases together."""
