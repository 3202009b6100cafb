"""The map document: what the builder edits, and its way to a program and back."""
