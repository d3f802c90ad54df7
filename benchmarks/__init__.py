"""Measurements of Unspoken, and of its peers beside it. See METHOD.md."""
