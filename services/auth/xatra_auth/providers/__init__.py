"""Ways in by an account elsewhere: what all providers have in common."""
