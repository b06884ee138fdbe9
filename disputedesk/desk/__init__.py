"""The use cases: a desk, its transactions, operations that change it, queries that read it."""
