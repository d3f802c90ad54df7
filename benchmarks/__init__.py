"""Measurements of Unspoken, and of its peers beside it: ``python -m benchmarks``. See METHOD.md."""
