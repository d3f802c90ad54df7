"""Every format read back by a reader, or played by a player, that is not ours."""
