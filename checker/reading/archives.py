"""ZIP archives (DOCX, ODT, XLSX) read in memory, within bounds: nothing is unpacked to a disk."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from checker.model import CheckerError
from checker.patterns import lazy
from checker.reading.decoding import decode
from checker.reading.markup import Tree
from checker.reading.parsing import MOST_XML_TAGS, parse_xml

MOST_PARTS, LARGEST_PART = 20_000, 40 * 1024 * 1024
_TRICK = lazy(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")


@dataclass(frozen=True)
class Archive:
    """An archive whose directory was found sound."""

    path: str
    file: ZipFile
    parts: dict[str, ZipInfo]

    def bytes(self, name: str) -> bytes:
        """The content of a part.  Errors: ``CheckerError`` where it is broken, encrypted or larger than 40 MB unpacked."""
        info = self.parts[name]
        if info.flag_bits & 1:
            raise CheckerError(f"{self.path}: is encrypted; save it without a password")
        try:
            with self.file.open(info) as part:
                data = part.read(LARGEST_PART + 1)
        except (BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
            raise CheckerError(f"{self.path}: its part {name!r} is broken: {error}") from error
        except Exception as error:  # zlib.error has no base of its own
            raise CheckerError(f"{self.path}: its part {name!r} is broken: {error}") from error
        if len(data) > LARGEST_PART:
            raise CheckerError(
                f"{self.path}: its part {name!r} is more than {LARGEST_PART:,} bytes unpacked, at most that"
            )
        return data

    def xml(self, name: str, most: int = MOST_XML_TAGS) -> Tree | None:
        """The tree of a part; None where there is no such part.

        Errors: ``CheckerError`` where it is broken, ``TooMuch`` past `most` tags.
        """
        if name not in self.parts:
            return None
        place = f"{self.path}, {name}"
        return parse_xml(decode(self.bytes(name), place), place, most)


def names(data: bytes) -> frozenset[str]:
    """The names of an archive's parts; none where it is no archive."""
    if not data.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        return frozenset(ZipFile(BytesIO(data)).namelist()[:MOST_PARTS])
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def opened(data: bytes, path: str) -> Archive:
    """The archive in the bytes of a file.

    Errors: ``CheckerError`` where it is truncated, holds a part twice, too many of them, or names that lead out of it.
    """
    try:
        file = ZipFile(BytesIO(data))
        infos = file.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CheckerError(f"{path}: is a broken or truncated archive: {error}") from error
    if len(infos) > MOST_PARTS:
        raise CheckerError(f"{path}: holds {len(infos):,} parts, at most {MOST_PARTS:,} are read")
    parts: dict[str, ZipInfo] = {}
    for info in infos:
        if _TRICK.search(info.filename):
            raise CheckerError(f"{path}: its part {info.filename[:80]!r} leads out of it")
        if info.filename in parts:
            raise CheckerError(f"{path}: holds its part {info.filename[:80]!r} twice")
        parts[info.filename] = info
    return Archive(path, file, parts)
