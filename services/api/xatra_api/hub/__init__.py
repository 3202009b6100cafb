"""The hub: works with one alpha and numbered versions each, which other works import."""
