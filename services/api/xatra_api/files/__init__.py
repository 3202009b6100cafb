"""Files that map programs read by name."""
