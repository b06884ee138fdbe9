"""The desk's database: SQLite through SQLAlchemy, and one fast reading module without it."""
