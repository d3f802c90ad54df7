"""Minds in motion: what everybody wishes, foresees, feels, decides and leaves undone, in a run."""
