"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their marks, older encodings by detection."""

from __future__ import annotations

import codecs

from checker.model import CheckerError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes looked at to detect an encoding


def decode(data: bytes, path: str) -> str:
    """The text of a file, without its byte order mark, line ends as they are.

    Errors: ``CheckerError`` where the file is empty, binary or in no encoding that can be told.
    """
    if not data.strip():
        raise CheckerError(f"{path}: is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise CheckerError(f"{path}: begins as {encoding} but byte {error.start:,} is not") from error
    at = data.find(b"\0")
    if at >= 0:
        raise CheckerError(f"{path}: is binary (a NUL at byte {at:,}), not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, path, error)


def _legacy(data: bytes, path: str, error: UnicodeDecodeError) -> str:
    """Text in an older encoding.  A western one is tried first where its bytes make words."""
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in data[:_SAMPLE])
    if controls > len(data[:_SAMPLE]) / 100:
        raise CheckerError(f"{path}: is binary (control characters), not text") from error
    high = sum(byte >= 128 for byte in data[:_SAMPLE])
    if high < len(data[:_SAMPLE]) / 20:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise CheckerError(
            f"{path}: cannot be decoded (byte {error.start:,} is not UTF-8 and no other encoding fits); save it as UTF-8"
        ) from error
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as late:
        raise CheckerError(
            f"{path}: cannot be decoded as {best.encoding} (byte {late.start:,}); save it as UTF-8"
        ) from late
