"""What keeps the hub fit to be read: readers report works, administrators hide them, and feature the best."""
