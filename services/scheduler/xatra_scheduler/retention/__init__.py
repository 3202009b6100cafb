"""Deletes what nobody uses any more: maps, uploaded files, map assets, renders, old drafts, saves and records."""
