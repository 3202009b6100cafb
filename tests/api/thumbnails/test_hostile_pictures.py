"""Pictures that were made to do harm, or are none."""

import errno
import subprocess
import sys
import time

import httpx2
from PIL import Image
from tests.api.hub.publishing import problem, read
from tests.api.thumbnails.pictures import GIF, SVG, chunk, deflated_zeros, opened, packed, plain, png, put
from tests.api.users import User

HTML = b"<html><script>alert(document.cookie)</script></html>"
ZIP = b"PK\x05\x06" + bytes(18)


NO_PICTURES = {
    "nothing": b"",
    "text": b"not a picture",
    "html": HTML,
    "svg": SVG,
    "gif": GIF,
    "half a png": plain(form="PNG")[:200],
    "half a jpeg": plain(form="JPEG")[:300],
    "png signature": b"\x89PNG\r\n\x1a\n",
    "webp signature": b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    "no pixels": png(0, 0),
    "no rows": png(10, 10, rows=b""),
    "bmp": packed(Image.new("RGB", (4, 4)), "BMP"),
    "tiff": packed(Image.new("RGB", (4, 4)), "TIFF"),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
}
PROBE = """
import socket
from xatra_api.thumbnails import converting

converting.shut_in()
for attempt in (lambda: open("/etc/passwd"), lambda: open("/tmp/x", "w"), socket.socket, lambda: socket.socketpair()):
    try:
        attempt()
    except OSError as error:
        print(error.errno)
"""


def test_what_is_no_picture_of_ours_is_refused(asha: User, rivers: str) -> None:
    for name, picture in NO_PICTURES.items():
        assert problem(put(asha, picture)) == (422, "picture-not-accepted"), name
    assert read(asha, rivers)["thumbnail_url"] is None


def test_pictures_of_huge_dimensions_are_refused_before_they_are_unpacked(asha: User, rivers: str) -> None:
    for width, height in ((4097, 1), (1, 4097), (2**31 - 1, 2**31 - 1), (65_000, 65_000)):
        answer = put(asha, png(width, height))
        assert problem(answer) == (422, "picture-not-accepted")


def test_pictures_that_unpack_to_far_more_than_they_say_do_no_harm(asha: User, rivers: str) -> None:
    rows_bomb = png(4096, 4096, rows=bytes(100_000_000))
    text_bomb = png(8, 8, chunk(b"zTXt", b"a\0\0" + deflated_zeros(200_000_000)), rows=bytes(16))
    profile_bomb = png(8, 8, chunk(b"iCCP", b"a\0\0" + deflated_zeros(200_000_000)), rows=bytes(16))

    for bomb in (rows_bomb, text_bomb, profile_bomb):
        assert len(bomb) < 2_000_000
        started = time.monotonic()
        assert put(asha, bomb).status_code in {200, 422}
        assert time.monotonic() - started < 10
    assert asha.client.get("/healthz").status_code == 200


def test_an_animation_of_thousands_of_frames_is_its_first_one(asha: User, rivers: str) -> None:
    frames = [Image.new("RGB", (64, 64), (index % 256, 0, 0)) for index in range(500)]
    animation = packed(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=10)

    answer = put(asha, animation, "image/webp")

    assert answer.status_code == 200, answer.text
    assert getattr(opened(asha.client.get(answer.json()["url"]).content), "n_frames", 1) == 1


def test_what_else_is_in_a_file_is_left_behind(asha: User, rivers: str) -> None:
    for picture in (
        plain() + HTML + ZIP,
        png(8, 8, chunk(b"tEXt", b"Comment\0" + HTML), rows=bytes(16)),
        packed(Image.new("RGB", (8, 8)), "JPEG", comment=HTML),
    ):
        shown = asha.client.get(put(asha, picture).json()["url"]).content
        assert shown.startswith(b"RIFF")
        assert b"script" not in shown
        assert b"PK" not in shown
        assert int.from_bytes(shown[4:8], "little") + 8 == len(shown)


def test_pictures_are_read_where_nothing_can_be_opened() -> None:
    probe = subprocess.run([sys.executable, "-I", "-c", PROBE], capture_output=True, text=True, check=True, env={})

    assert probe.stdout.split() == [str(errno.EMFILE)] * 4


def test_the_body_is_a_picture_by_its_type_and_at_most_2_mb(asha: User, rivers: str) -> None:
    for media_type in ("image/gif", "image/svg+xml", "text/html", "application/json", ""):
        assert problem(put(asha, plain(), media_type)) == (415, "unsupported-media-type")
    assert problem(put(asha, bytes(2_000_001))) == (413, "content-too-large")


def test_thumbnails_are_not_changed_all_the_time(asha: User, rivers: str) -> None:
    answers = [put(asha, b"x") for _ in range(21)]

    assert problem(answers[-1]) == (429, "too-many-requests")


def test_a_thumbnail_runs_nothing_where_it_is_opened(asha: User, rivers: str, api: httpx2.Client) -> None:
    headers = api.get(put(asha, plain()).json()["url"]).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
