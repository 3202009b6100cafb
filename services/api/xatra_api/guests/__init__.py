"""Guests: who works without an account."""
