"""Mails of shops and carriers into drafts; nothing is fetched, run or drawn.

A mail is believed by the domain of its sender and by what the receiving server found, never by a
display name. What it says is looked for with words kept as data (`resources/carriers`), in the text
as it stands; the original bytes stay the evidence, and a reading of them is only a view.
"""

from disputedesk.intake.mail.reading import MailReading, looks_like_mail, read_mail

__all__ = ["MailReading", "looks_like_mail", "read_mail"]
