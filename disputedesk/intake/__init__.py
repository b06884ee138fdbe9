"""Files into drafts: what a mail or export claims, with file, line and part; keeps nothing.

Each reader recognises its own format by content and gives drafts or refusals; `match` holds drafts
against known orders and gives the review that a person sees before anything is kept.
"""
