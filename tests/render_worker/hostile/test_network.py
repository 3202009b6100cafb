"""No program reaches anything over a socket, whoever makes it and however."""

import pytest
from tests.render_worker.hostile.arena import Arena

REFUSALS = {"EACCES", "EAGAIN", "ENOSYS", "EPERM", "PermissionError", "URLError"}

WAYS = {
    "sockets-of-python": """
        __import__("socket").socket()
        __import__("socket").create_connection(("127.0.0.1", T.tcp))
        __import__("socket").create_connection(("::1", T.tcp))
        __import__("socket").socketpair()
        __import__("socket").fromfd(END, 2, 1)
        __import__("_socket").socket(2, 1)
        __import__("_socket").socket(1, 1).connect(T.socket)
        """,
    "names": """
        __import__("socket").getaddrinfo("example.org", 443)
        __import__("socket").gethostbyname("localhost")
        __import__("socket").getnameinfo(("127.0.0.1", 80), 0)
        LIBC.getaddrinfo(b"example.org", b"443", None, ctypes.byref(ctypes.c_void_p())) and checked(-1)
        """,
    "downloads": """
        __import__("urllib.request").request.urlopen(f"http://127.0.0.1:{T.tcp}/")
        __import__("http.client").client.HTTPConnection("127.0.0.1", T.tcp).connect()
        __import__("pandas").read_csv(f"http://127.0.0.1:{T.tcp}/x.csv")
        __import__("pandas").read_json(f"ftp://127.0.0.1:{T.tcp}/x.json")
        __import__("ftplib").FTP("127.0.0.1")
        __import__("smtplib").SMTP("127.0.0.1", T.tcp)
        """,
    "event-loops": """
        __import__("asyncio").run(__import__("asyncio").open_connection("127.0.0.1", T.tcp))
        __import__("asyncio").new_event_loop()
        __import__("selectors").EpollSelector()
        """,
    "servers": """
        __import__("socketserver").TCPServer(("127.0.0.1", 0), None)
        __import__("http.server").server.HTTPServer(("127.0.0.1", 0), None)
        __import__("multiprocessing.connection").connection.Listener()
        __import__("multiprocessing.connection").connection.Client(T.socket)
        """,
    "raw-pairs-and-listeners": """
        raw("socketpair", 1, 1, 0, ctypes.create_string_buffer(8))
        raw("bind", END, struct.pack("=H", 1) + b"\\0xatra-mine", 13)
        raw("listen", END, 1)
        raw("accept4", END, None, None, 0)
        raw("accept", END, None, None)
        """,
    "the-own-socket-elsewhere": """
        raw("connect", END, struct.pack("=H", 1) + T.socket.encode(), 2 + len(T.socket))
        raw("connect", END, struct.pack("=H", 1) + b"\\0" + T.abstract.encode(), 3 + len(T.abstract))
        raw("connect", END, struct.pack("=H", 0), 2)
        raw("shutdown", END, 2)
        raw("setsockopt", END, 1, 16, struct.pack("i", 1), 4)
        raw("getsockopt", END, 1, 17, ctypes.create_string_buffer(64), struct.pack("i", 64))
        raw("getpeername", END, ctypes.create_string_buffer(64), struct.pack("i", 64))
        """,
    "passing-descriptors": """
        __import__("socket").send_fds(__import__("socket").socket(fileno=END), [b"x"], [0])
        raw("sendmsg", END, ctypes.create_string_buffer(64), 0)
        raw("sendmmsg", END, ctypes.create_string_buffer(64), 1, 0)
        raw("recvmmsg", END, ctypes.create_string_buffer(64), 1, 0x40, None)
        raw("pidfd_getfd", 0, 3, 0)
        """,
    "urgent-data": """
        raw("sendto", END, b"x", 1, 1, None, 0)
        raw("recvfrom", END, ctypes.create_string_buffer(8), 1, 0x41, None, None)
        raw("recvmsg", END, ctypes.create_string_buffer(64), 0x41)
        """,
    "odd-ways-to-send": """
        raw("sendto", END, b"x", 1, 0x20000000, None, 0)
        raw("sendto", END, b"x", 1, 0x04000000, None, 0)
        raw("sendfile", END, 0, None, 1)
        raw("splice", 0, None, END, None, 1, 0)
        raw("io_uring_setup", 8, ctypes.create_string_buffer(128))
        """,
}


@pytest.mark.parametrize("expressions", WAYS.values(), ids=WAYS)
def test_there_is_no_way_out_by(arena: Arena, expressions: str):
    outcome = arena.try_all(expressions)
    assert outcome.got == {}
    assert set(outcome.refused.values()) <= REFUSALS


@pytest.mark.parametrize("kind", [1, 2, 3, 5], ids=["streams", "datagrams", "raw", "sequenced"])
def test_no_family_of_addresses_has_sockets_for(arena: Arena, kind: int):
    outcome = arena.attack(f"for family in range(48): attempt(f'raw(\"socket\", {{family}}, {kind}, 0)')")
    assert outcome.got == {}
    assert len(outcome.refused) == 48
    assert set(outcome.refused.values()) == {"EPERM"}


def test_datagrams_go_nowhere_from_the_own_socket(arena: Arena):
    """A connected stream takes no address, whatever it is; what is sent that way is no frame that is due."""
    outcome = arena.try_all("""
        raw("sendto", END, b"x", 1, 0, struct.pack("=H", 1) + T.datagrams.encode(), 2 + len(T.datagrams))
        raw("sendto", END, b"x", 1, 0, struct.pack("!HHI", 512, T.udp, 0x7F000001) + bytes(8), 16)
        """)
    assert outcome.got == {}


def test_nothing_but_what_the_supervisor_sent_arrives(arena: Arena):
    outcome = arena.try_all("""
        __import__("socket").socket(fileno=os.dup(END)).recvmsg(64, 4096, 0x40)
        __import__("socket").recv_fds(__import__("socket").socket(fileno=os.dup(END)), 64, 200, 0x40)
        """)
    assert outcome.got == {}


@pytest.mark.parametrize(
    "program",
    [
        'import socket\nsocket.create_connection(("127.0.0.1", 5432))',
        'import urllib.request\nurllib.request.urlopen("https://example.org/data.csv")',
        'import pandas\npandas.read_csv("https://example.org/data.csv")',
    ],
    ids=["a-connection", "a-download", "a-table"],
)
def test_who_wants_is_told_to_upload_instead_of(arena: Arena, program: str):
    outcome = arena.attack(program, prelude=False)
    assert outcome.error[0] == "author"
    assert "no network: upload the data as a file" in outcome.message
