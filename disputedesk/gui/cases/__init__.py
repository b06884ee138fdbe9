"""The room *Cases*: the list of cases, the workspace of one, and "What went wrong?"."""
