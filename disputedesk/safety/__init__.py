"""Checks of links, messages and payments, offline: a verdict in one word and its reasons.

`links.check_link`, `messages.check_message` and `payments.check_payment` each give a `Verdict`;
`guards` say what an irrevocable step would cost, from windows the desk has assessed. What the
checks know stands in `resources/safety`, each row with its source and the day it was checked.
Nothing here opens a connection, and nothing found is never called safe.
"""
