"""Signing in with GitHub: the browser goes there and comes back with a code (OAuth 2.0 with state and PKCE)."""
