"""Backups of the database and the artefact store: made by the clock, tried by drills, restored by hand."""
