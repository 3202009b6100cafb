"""How the service fares: for everyone, for balancers and for monitoring."""
