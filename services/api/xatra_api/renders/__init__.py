"""Renders over HTTP: ask for one, follow it, cancel it."""
