"""What the api and the scheduler both do for the hub."""
