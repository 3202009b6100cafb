"""Deletes what nobody uses any more: maps, uploaded files, map assets, renders and what belongs to them."""
