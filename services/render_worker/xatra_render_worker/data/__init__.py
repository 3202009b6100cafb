"""Sets up the map data that the library draws from: download, sample data set, full data set, manifest."""
