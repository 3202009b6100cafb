"""Servers that run beside us, as processes of ours, on Unix sockets of their own."""
