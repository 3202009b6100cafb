"""Sees to it that every published version which wants an artefact ends with one, or with the reason why not."""
