"""The day all benchmarks are run on; apart, so that a start imports nothing else for it."""

import datetime as dt

TODAY = dt.date(2026, 11, 23)
