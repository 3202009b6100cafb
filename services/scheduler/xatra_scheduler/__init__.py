"""What happens by the clock: watchdog, retention, heartbeats."""
