"""One repository per noun: verbs that take and give the frozen values of `model`.

A repository lives as long as its transaction, on its thread. Numbers are given by the store: a
value to be added carries any number (0 by custom), the value given back carries its own.
"""
