"""The room *Orders*: every order in one table, and the life of the one that is chosen."""
