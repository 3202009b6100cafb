"""How the service fares, for everyone."""
