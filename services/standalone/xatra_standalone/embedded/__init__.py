"""PostgreSQL and Redis that come as Python wheels and run as this service's own processes."""
