"""The review of files that are brought in: nothing is kept before it was seen."""
