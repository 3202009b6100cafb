"""What a file is told to be by its content."""

import bz2
import gzip
import io
import lzma
import struct
import wave

import pytest

from xatra_api.files.media_types import MEDIA_TYPES, agrees, recognise

BY_NAME = {media_type.name: media_type for media_type in MEDIA_TYPES}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'


def wav() -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    return content.getvalue()


def mp3(header: int = 0xFFFB9064, *, tag: bytes = b"") -> bytes:
    """Return three silent frames: MPEG 1 Layer III, 128 kbit/s, 44.1 kHz, 417 bytes each."""
    return tag + struct.pack(">I413x", header) * 3


def named(content: bytes) -> str | None:
    media_type = recognise(io.BytesIO(content))
    return media_type.name if media_type else None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (b"GIF89a" + bytes(20), "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), "image/webp"),
        (b"OggS" + bytes(20), "audio/ogg"),
        (b"fLaC" + bytes(20), "audio/flac"),
        (wav(), "audio/wav"),
        (b"\0\0\0\x20ftypM4A " + bytes(20), "audio/mp4"),
        (mp3(), "audio/mpeg"),
        (mp3(tag=b"ID3\x04\0\0\0\0\x02\x01" + bytes(257)), "audio/mpeg"),
        (b"year,people\n1901,238396327\n", "text/csv"),
        ("\ufeffstate;capital\r\nबिहार;पटना\r\n".encode(), "text/csv"),
        (b"state\tcapital\nBihar\tPatna\n", "text/csv"),
        (b'a,b\n"with, comma","with\nline break"\n', "text/csv"),
        (b"a,b,c\n1,2\n\n1,2,3\n", "text/csv"),
        (b"name\nPatna\n", "text/csv"),
        (SVG % b'<path d="M0 0h9v9z" fill="#123"/>', "image/svg+xml"),
    ],
)
def test_a_file_that_maps_can_use_is_recognised(content: bytes, name: str) -> None:
    assert named(content) == name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\x7fELF" + bytes(100),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04" + bytes(100),
        gzip.compress(b"a,b\n1,2\n", mtime=0),  # the time would be part of the test's name
        gzip.compress(SVG % b"", mtime=0),  # the time would be part of the test's name
        bz2.compress(b"a,b\n1,2\n"),
        lzma.compress(b"a,b\n1,2\n"),
        b"PAR1" + bytes(100),
        b"#!/bin/sh\n\x00",
        b"<!doctype html><script>alert(1)</script>",
        b"  <html></html>",
        b"a,b\n1,2\x00\n",
        b"a,b\n\xff\xfe\n",
        "a,b\n1,2\n".encode("utf-16"),
        b"a,b\n1,2,3\n",
        b'a,b\n"never closed,1\n',
        b"a,b\n" + b"x" * 200_000 + b",1\n",
        b"\xff\xfb\x90\x64" + bytes(500),
        mp3(0xFFFBF064),
        mp3(0xFFFB0064),
        mp3(0xFFFB9C64),
        mp3(0xFFEB9064),
        mp3(0xFFFD9064),
        b"\xff\xfb",
        b"RIFF\x10\0\0\0AVI " + bytes(20),
        b"\0\0\0\x20ftypqt  " + bytes(20),
    ],
)
def test_anything_else_is_not(content: bytes) -> None:
    assert named(content) is None


@pytest.mark.parametrize(
    "tail", [b"PK\x05\x06" + bytes(18), b"<script>alert(1)</script>", b"%PDF-1.7\n", b"a,b\n1,2\n"]
)
def test_a_file_that_is_two_things_is_what_it_begins_as(tail: bytes) -> None:
    for content, name in ((b"GIF89a" + bytes(20), "image/gif"), (b"OggS" + bytes(20), "audio/ogg")):
        assert named(content + tail) == name


def test_all_of_a_text_is_looked_at() -> None:
    rows = b"a,b\n" + b"1,2\n" * 1_000_000

    assert named(rows) == "text/csv"
    assert named(rows + b"\x00") is None


@pytest.mark.parametrize(
    "drawing",
    [
        b'<g transform="scale(2)"><circle r="3"/><use href="#a"/></g>',
        b'<defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="stroke:url(#a)"/>',
        b'<image href="data:image/png;base64,iVBORw0KGgo="/>',
        b"<style>path{fill:red}</style><title>A &amp; B</title>",
        b'<metadata><x xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
    ],
)
def test_an_svg_that_only_draws_is_accepted(drawing: bytes) -> None:
    assert named(SVG % drawing) == "image/svg+xml"


def test_an_svg_may_name_the_standard_document_type() -> None:
    doctype = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert named(doctype + SVG % b"<path/>") == "image/svg+xml"


@pytest.mark.parametrize(
    "attack",
    [
        SVG % b"<script>alert(1)</script>",
        SVG % b'<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        SVG % b'<path onload="alert(1)"/>',
        SVG % b'<path ONCLICK="alert(1)"/>',
        SVG % b'<a href="javascript:alert(1)"><path/></a>',
        SVG % b'<a xmlns:x="http://www.w3.org/1999/xlink" x:href="https://evil.example"><path/></a>',
        SVG % b'<image href="https://evil.example/pixel.png"/>',
        SVG % b'<image href="file:///etc/passwd"/>',
        SVG % b'<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        SVG % b'<use href="other.svg#a"/>',
        SVG % b'<set attributeName="href" to="javascript:alert(1)"/>',
        SVG % b'<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        SVG % b'<iframe xmlns="http://www.w3.org/1999/xhtml" src="#"/>',
        SVG % b'<rect style="fill:url(https://evil.example)"/>',
        SVG % b'<rect fill="u\\72l(https://evil.example)"/>',
        SVG % b"<style>@import 'https://evil.example';</style>",
        SVG % b"<style>a{background:url( 'https://evil.example')}</style>",
        SVG % b"<style>a{fill:ur&#108;(https://evil.example)}</style>",
        SVG % b"<style>a{fill:u<!-- -->rl(https://evil.example)}</style>",
        SVG % b"<style>a{fill:u<![CDATA[rl(]]>https://evil.example)}</style>",
        SVG % b"<style>a{fill:u<g>x</g>rl(https://evil.example)}</style>",
        SVG % b'<?xml-stylesheet href="https://evil.example"?>',
        b'<?xml version="1.0" encoding="cp037"?>' + SVG % b"",
        (SVG % b"").decode().encode("utf-16"),
        b'<!DOCTYPE svg [<!ENTITY a "lol">]>' + SVG % b"<text>&a;</text>",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG % b"<text>&a;</text>",
        b"<svg>no namespace</svg>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'>" + SVG % b"" + b"</html>",
        SVG[:-6] % b"<path/>",
        SVG % (b"<g/>" * 600_000),
    ],
)
def test_an_svg_that_does_more_is_refused(attack: bytes) -> None:
    assert named(attack) is None


def test_an_svg_nested_without_end_is_no_trouble() -> None:
    assert named(SVG % (b"<g>" * 200_000 + b"</g>" * 200_000)) == "image/svg+xml"


@pytest.mark.parametrize(
    ("media_type", "name", "content_type"),
    [
        ("text/csv", "people.csv", "text/csv; charset=utf-8"),
        ("text/csv", "people.CSV", None),
        ("text/csv", "people", "application/octet-stream"),
        ("text/csv", "people.csv", "application/vnd.ms-excel"),
        ("image/jpeg", "flag.jpeg", "image/jpg"),
        ("audio/mpeg", "song.mp3", "audio/mpeg"),
    ],
)
def test_a_name_and_a_type_may_claim_what_a_file_is(media_type: str, name: str, content_type: str | None) -> None:
    assert agrees(BY_NAME[media_type], name=name, content_type=content_type)


@pytest.mark.parametrize(
    ("media_type", "name", "content_type"),
    [
        ("text/csv", "people.png", None),
        ("text/csv", "people.csv", "image/png"),
        ("text/csv", "people.exe", None),
        ("image/png", "people.csv", None),
        ("image/png", "people.png", "text/html"),
    ],
)
def test_they_must_not_claim_anything_else(media_type: str, name: str, content_type: str | None) -> None:
    assert not agrees(BY_NAME[media_type], name=name, content_type=content_type)
