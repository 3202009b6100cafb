"""Asks this container's own service how it fares: `healthy.py PORT PATH`. Exit status 0: well.

It runs every few seconds, hence without a library that takes longer to load than the answer to come.
"""

import socket
import sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=4) as connection:
    connection.sendall(f"GET {sys.argv[2]} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = connection.recv(256)
sys.exit(answer.split()[1:2] != [b"200"])
