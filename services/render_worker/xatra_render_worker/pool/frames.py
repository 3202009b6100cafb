"""The wire between a supervisor and a render child: typed frames with a length, over one stream socket."""

import socket
import struct
from enum import IntEnum

_HEADER = struct.Struct("!BI")
MAX_JSON_BYTES = 32 << 20  # a program with all that it imports: 3 MB of source, where each letter may become six
MAX_PRINTED_BYTES = 200_000  # of what a program prints, all in all: 50,000 characters
MAX_CONTROL_BYTES = 4096  # a message between the worker and its warm parent


class Kind(IntEnum):
    """What a frame carries."""

    JOB = 1  # to the child: JSON, with the descriptors of the files that the program reads
    PRINTED = 2  # from the child: UTF-8 text that the program printed
    REPLY = 3  # from the child: JSON, how the program ended
    HTML = 4  # from the child, after REPLY: the map


class ProtocolError(Exception):
    """The other side sent what no honest one would."""


def send(connection: socket.socket, kind: Kind, payload: bytes | memoryview) -> None:
    """Send one frame, waiting for as long as the other side needs."""
    connection.sendall(_HEADER.pack(kind, len(payload)))
    connection.sendall(payload)


def receive(connection: socket.socket, expected: Kind) -> bytes:
    """Receive one whole frame of the expected kind, waiting for it.

    Raises:
        EOFError: The other side is gone.
        ProtocolError: Something else came, or too much of it.
    """
    kind, length = _HEADER.unpack(_exactly(connection, _HEADER.size))
    if kind != expected or length > MAX_JSON_BYTES:
        raise ProtocolError(f"frame {kind} of {length} bytes where {expected.name} was due")
    return bytes(_exactly(connection, length))


def _exactly(connection: socket.socket, length: int) -> bytearray:
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        received = connection.recv_into(view)
        if not received:
            raise EOFError
        view = view[received:]
    return buffer


class FrameReader:
    """Puts frames together from whatever a socket that does not block has to give.

    A frame may carry at most what its kind is given in `max_bytes`; a kind that is not in it is refused.
    """

    def __init__(self, connection: socket.socket, max_bytes: dict[Kind, int]) -> None:
        self._connection = connection
        self._max_bytes = max_bytes
        self._header = bytearray()
        self._kind: Kind | None = None
        self._payload = bytearray()
        self._filled = 0

    def read(self) -> tuple[Kind, bytearray] | None:
        """Return the next frame if all of it is here, else None.

        Raises:
            EOFError: The other side is gone.
            ProtocolError: A frame of a kind or size that is not allowed.
        """
        while True:
            try:
                if self._kind is None:
                    if len(self._header) < _HEADER.size:
                        part = self._connection.recv(_HEADER.size - len(self._header))
                        if not part:
                            raise EOFError
                        self._header += part
                        continue
                    self._begin()
                elif self._filled < len(self._payload):
                    received = self._connection.recv_into(memoryview(self._payload)[self._filled :])
                    if not received:
                        raise EOFError
                    self._filled += received
                else:
                    frame = (self._kind, self._payload)
                    self._kind = None
                    return frame
            except BlockingIOError:
                return None

    def _begin(self) -> None:
        number, length = _HEADER.unpack(self._header)
        allowed = self._max_bytes.get(number)
        if allowed is None or length > allowed:
            raise ProtocolError(f"frame {number} of {length} bytes")
        self._header.clear()
        self._kind, self._payload, self._filled = Kind(number), bytearray(length), 0
