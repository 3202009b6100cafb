"""Proves which services consume what they are sent, and tells which stopped."""
