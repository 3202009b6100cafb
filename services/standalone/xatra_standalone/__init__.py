"""The whole of Xatra Web on one machine, with embedded PostgreSQL and Redis."""
