"""Signing in with Google: the browser brings an ID token that Google Identity Services gave it."""
