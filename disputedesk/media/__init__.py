"""What kept bytes hold: their words, pages and pictures, when they were made, and what to hide.

Everything here looks at files that strangers made. It opens few kinds, takes their word for
nothing, is bounded in time and memory, loads nothing from elsewhere and changes no original; what
cannot be read is a value (`None`, a sentence), never a crash. It stands under `papers` and `desk`,
which both need to know what is in a file before anything is printed or kept.
"""
