"""Moves the predecessor's database, one SQLite file, into an empty hub. `docs/moving-in.md` tells the rules."""
