"""Personal API tokens: for scripts that act for somebody, and may do no more than the token is for."""
