"""Rendered maps and the assets that they load: immutable, served as they are stored."""
