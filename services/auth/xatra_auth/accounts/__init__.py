"""Accounts: sign up, sign in, profile, password, name, what is known about somebody, deletion."""
