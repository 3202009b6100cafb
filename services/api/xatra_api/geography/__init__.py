"""What the map data hold: countries, levels, units to search; and maps of them to pick from."""
