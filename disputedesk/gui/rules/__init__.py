"""The room *Rules*: the packs in plain words, and a calculator that shows each day of a window."""
