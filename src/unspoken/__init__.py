"""Unspoken: a story engine for characters with inner lives."""

__version__ = "0.1.0"
