"""Turns a map program into an HTML artefact."""
