"""A way back in for those who forgot their password: links that work once."""
