"""What a second pair of eyes would say of a paper before it goes out: findings, each in a sentence.

Values go in, findings come out; nothing here reads a desk. A blocker stops the making of a paper,
advice does not. A blocker that a person may judge better than a program can be overridden; a card
number, a code and what cannot be printed never.
"""
