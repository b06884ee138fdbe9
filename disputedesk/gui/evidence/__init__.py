"""The room *Evidence*: everything that was kept, what it shows, and where it is used."""
