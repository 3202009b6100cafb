"""The HTTP service for maps, renders, files and artefacts."""
