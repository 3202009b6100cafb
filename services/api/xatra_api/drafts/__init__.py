"""Drafts: a map that has no name yet, kept for each guest and user until it is made into works."""
