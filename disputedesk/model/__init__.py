"""The trade's nouns, frozen: orders, payments, facts, cases, evidence – values without behaviour.

Everything that crosses a layer, a thread or a signal is one of these, an enum, or a tuple of them.
"""
