"""What two or more services of Xatra Web need: settings, database, render queue, identity, telemetry."""
