"""The faces: where people meet the line. No story logic here."""
