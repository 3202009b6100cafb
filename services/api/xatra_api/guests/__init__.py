"""Guests who signed in: what was theirs is handed over to the user whom they became."""
