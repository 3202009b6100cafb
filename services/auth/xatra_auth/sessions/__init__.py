"""Sessions: who is signed in where, access and refresh tokens, their cookies and keys."""
