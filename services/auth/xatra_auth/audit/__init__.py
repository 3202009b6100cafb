"""The record of what matters to security."""
