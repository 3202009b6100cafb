"""Slots that claim jobs and the one-shot processes in which programs run."""
