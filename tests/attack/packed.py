"""Gzip of one content many times over, packed once: files made to fill a machine are not to fill this one."""

from __future__ import annotations

import struct
import zlib


def gzipped(begin: bytes, content: bytes, times: int) -> bytes:
    """One stream of a beginning and a content so many times over; after a full flush nothing refers back."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first, packed = (packing.compress(each) + packing.flush(zlib.Z_FULL_FLUSH) for each in (begin, content))
    check = zlib.crc32(begin)
    for _ in range(times):
        check = zlib.crc32(content, check)
    end = struct.pack("<II", check, (len(begin) + len(content) * times) % 2**32)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + first + packed * times + packing.flush() + end
