"""Unspoken: a story engine for characters with inner lives."""
