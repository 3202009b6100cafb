"""What a program imports from the hub, found without running it."""
