"""What administrators do with accounts, and whether strangers may sign up."""
