"""The numbered world: model -> numbers, names <-> numbers. See FORMAT.md."""
