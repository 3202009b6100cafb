"""Who asks: callers, guests and their signed cookies."""
