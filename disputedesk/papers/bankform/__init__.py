"""The bank's own PDF filled: a stranger's form read, its places mapped to facts, drawn and sealed.

A form is read within bounds and never run. What it asks for is mapped once to the names letters
use; from then on a case fills it. The copy that leaves is a new file: each of the bank's pages is
drawn as it is seen, our words stand on it in our own fonts, and nothing of the form itself – no
field, script, action or detail of its maker – comes along.
"""
