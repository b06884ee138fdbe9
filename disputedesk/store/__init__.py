"""The desk's database: SQLite through SQLAlchemy, and one fast reading module without it.

`store.opening.Store` makes and opens desks and gives transactions; `store.reading.Reader` answers
what a first paint shows and imports no SQLAlchemy: that import alone costs twice a bare window.
Money is kept as whole minor units beside its currency (SQLite's decimals are floats), instants as
UTC text of one width, calendar days as ISO text. The days of windows are ordinals: the deadline
engine counts in them, lists compare and sort them by the hundred thousand, and no list parses text.
"""
