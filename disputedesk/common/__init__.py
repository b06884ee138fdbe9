"""What every layer needs and no layer owns: errors, clock, work, places, words, hashes, secrets.

Nothing here knows the trade. The scanner for card numbers stands here, and not in `safety`,
because the log, the store, the readers and the printers all have to pass through it.
"""
