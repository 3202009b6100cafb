"""The render queue: Postgres holds the jobs, Redis only carries word of them."""
