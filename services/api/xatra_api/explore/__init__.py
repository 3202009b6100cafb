"""Finding works of others: search, sorted pages, and who made what."""
