"""Checks of links, messages and payments, offline: a verdict in one word and its reasons."""
