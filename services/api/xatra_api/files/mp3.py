"""Recognises MP3: the one accepted type that has no signature, only frames."""

from typing import BinaryIO, Final

_TAG_HEADER_BYTES: Final = 10
_FRAME_HEADER_BYTES: Final = 4
_LONGEST_FRAME_BYTES: Final = 1441
_SYNC: Final = 0xFFE00000
_LAYER_3: Final = 0b01

# By the header's two version bits (MPEG 1, 2, 2.5): sampling rates, bit rates, and the factor between them.
_HERTZ: Final = {0b11: (44100, 48000, 32000), 0b10: (22050, 24000, 16000), 0b00: (11025, 12000, 8000)}
_KILOBITS_1: Final = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2: Final = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_KILOBITS: Final = {0b11: _KILOBITS_1, 0b10: _KILOBITS_2, 0b00: _KILOBITS_2}
_FACTOR: Final = {0b11: 144_000, 0b10: 72_000, 0b00: 72_000}


def is_mp3(head: bytes, content: BinaryIO) -> bool:
    """Tell whether two frames follow each other, after the tag if there is one (ISO 11172-3, 2.4.2.3; ID3v2, 3.1)."""
    content.seek(_tag_bytes(head))
    audio = content.read(_LONGEST_FRAME_BYTES + _FRAME_HEADER_BYTES)
    length = _frame_bytes(audio)
    return length is not None and _frame_bytes(audio[length:]) is not None


def _tag_bytes(head: bytes) -> int:
    if not head.startswith(b"ID3") or len(head) < _TAG_HEADER_BYTES:
        return 0
    size = 0
    for byte in head[6:_TAG_HEADER_BYTES]:
        size = size << 7 | byte & 0x7F
    return _TAG_HEADER_BYTES + size


def _frame_bytes(data: bytes) -> int | None:
    """Return the length of the Layer III frame with which `data` begins, or None if it begins with none."""
    header = int.from_bytes(data[:_FRAME_HEADER_BYTES])
    version, layer = header >> 19 & 3, header >> 17 & 3
    bit_rate, sampling_rate, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    if header & _SYNC != _SYNC or layer != _LAYER_3 or version not in _HERTZ:
        return None
    try:
        hertz, kilobits = _HERTZ[version][sampling_rate], (None, *_KILOBITS[version])[bit_rate]
    except IndexError:  # reserved values
        return None
    return None if kilobits is None else _FACTOR[version] * kilobits // hertz + padding
