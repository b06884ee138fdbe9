"""DisputeDesk: orders, protection deadlines, evidence, and the papers that get money back.

The packages are layers; each may import those below it and none above:
`__main__` · `gui | cli` · `desk` · `store | vault | intake | papers | safety | packs` ·
`deadlines` · `model` · `common`. Packages on one line do not know each other;
`tests/architecture` holds this.
"""

__version__ = "0.1.0"
