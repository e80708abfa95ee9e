"""Bytes to text: by the byte order mark, as UTF-8, by the encoding that the file declares, by detection."""

from __future__ import annotations

import codecs
import re

from checker.model import CheckerError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes looked at to detect an encoding
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_NO_SCRIPTS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "utf-8")
_SLIPS = 20  # a file with this many times more whole UTF-8 sequences than broken bytes is UTF-8 with slips


def decode(data: bytes, path: str) -> str:
    """The text of a file, without its byte order mark, line ends as they are.

    A few broken bytes in UTF-8 become U+FFFD.  Errors: ``CheckerError`` where the file is empty, binary or in no encoding
    that can be told.
    """
    if not data.strip():
        raise CheckerError(f"{path}: is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise CheckerError(f"{path}: begins as {encoding} but byte {error.start:,} is not") from error
    wide = _unmarked(data)
    if wide is not None:
        return wide
    at = data.find(b"\0")
    if at >= 0:
        raise CheckerError(f"{path}: is binary (a NUL at byte {at:,}), not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _slipped(data) or _declared(data) or _legacy(data, path, error)


def uniform(source: str) -> str:
    """The source with every line ending in a line feed, character for character: readers know no other line ends."""
    return source.replace("\r\n", " \n").replace("\r", "\n") if "\r" in source else source


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without its mark, told by the NULs of its ASCII characters."""
    head = data[:400]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls, others = head[first::2].count(0), head[1 - first :: 2].count(0)
        if nuls > len(head) / 4 and not others and len(data) % 2 == 0:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _slipped(data: bytes) -> str | None:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(character >= "\x80" for character in text[:_SAMPLE] if character != "\ufffd")
    return text if whole >= _SLIPS * broken else None


def _declared(data: bytes) -> str | None:
    """Text in the encoding that an XML declaration or a meta element names, where it is one and fits."""
    found = _DECLARED.search(data, 0, 4096)
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    try:
        encoding = "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
        return None if codecs.lookup(encoding).name.replace("_", "-") in _NO_SCRIPTS else data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


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
