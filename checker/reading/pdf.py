"""PDF: the text of its pages in paragraphs.  Needs pdfplumber, which the extra ``pdf`` brings."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any

from checker.model import BlockKind, CheckerError, Document
from checker.patterns import lazy
from checker.reading.assembling import document
from checker.reading.paper import Draft, Paper, by_looks

NAME = "pdf"
SUFFIXES = (".pdf",)
MEDIA_TYPES = ("application/pdf",)
BINARY = True

MOST_PAGES, MOST_DRAWN = 200, 512 * 1024  # bytes of one page's drawing: it is read sign by sign
_STREAM = re.compile(rb"stream\r?\n")
_LOOKED_AT = 16 * 1024 * 1024  # bytes of a stream
_BOMB, _RATIO = 20 * 1024 * 1024, 150  # bytes that a stream unpacks to, and so many times its size
_PAGE_NUMBER = lazy(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_BULLET = lazy(r"(?:[•▪◦‣●\uf0b7]|(?P<number>\d{1,2}[.)]))\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    left: float
    top: float
    bottom: float
    size: float


def recognises(data: bytes) -> bool:
    """Whether it begins as a PDF does."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where pdfplumber is missing, the file is broken, encrypted or has no text."""
    try:
        import pdfplumber
    except ImportError as error:
        raise CheckerError(
            f'{path}: reading PDF needs pdfplumber: python -m pip install "article-checker[pdf]"'
        ) from error
    _bounded(data, path)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(BytesIO(data)) as file:
            if len(file.pages) > MOST_PAGES:
                raise CheckerError(f"{path}: has {len(file.pages):,} pages, at most {MOST_PAGES} are read")
            for number, page in enumerate(file.pages, 1):
                if sum(len(stream.get_data()) for stream in page.page_obj.contents) > MOST_DRAWN:
                    raise CheckerError(f"{path}: page {number} is drawn with more than {MOST_DRAWN:,} bytes")
            lines = [line for number, page in enumerate(file.pages, 1) for line in _lines(page, number)]
    except CheckerError:
        raise
    except Exception as error:  # pdfminer fails in many ways
        kind = type(error).__name__
        encrypted = "Password" in kind or "Encryption" in kind or "Password" in repr(error)
        said = "is encrypted; save it without a password" if encrypted else f"is a broken PDF ({kind})"
        raise CheckerError(f"{path}: {said}") from error
    if not lines:
        raise CheckerError(f"{path}: has pages without text, as a scan has; run it through a text recognition first")
    return (_document(path, lines),)


def _bounded(data: bytes, path: str) -> None:
    """Errors: ``CheckerError`` where a stream unpacks to very much more than it is."""
    for match in _STREAM.finditer(data):
        rest = data[match.end() : match.end() + _LOOKED_AT]
        unpacker, packed, size = zlib.decompressobj(), len(rest), 0
        try:
            while rest and not unpacker.eof:
                size += len(unpacker.decompress(rest, 1024 * 1024))
                rest = unpacker.unconsumed_tail
                if size > _BOMB and size > _RATIO * (packed - len(rest)):
                    raise CheckerError(f"{path}: holds a stream that unpacks to more than {_BOMB:,} bytes")
        except zlib.error:
            continue  # packed in another way, as pictures are


def _lines(page: Any, number: int) -> Iterator[_Line]:
    """The lines of a page in the order in which they were written, without the page's number."""
    words = page.extract_words(use_text_flow=True, extra_attrs=["size"], x_tolerance=1.5)
    current: list[Any] = []
    for word in [*words, None]:
        if word is not None and current:
            last = current[-1]
            level = abs(word["bottom"] - last["bottom"]) < 0.4 * max(1.0, last["size"])
            if level and 0 <= word["x0"] - last["x1"] + 2 < 3 * max(1.0, last["size"]):
                current.append(word)
                continue
        if current:
            text = " ".join(word["text"] for word in current)
            first = current[0]
            if not _PAGE_NUMBER.fullmatch(text) or 0.08 < first["top"] / float(page.height) < 0.92:
                size = median(word["size"] for word in current)
                yield _Line(text, number, first["x0"], first["top"], max(w["bottom"] for w in current), size)
        current = [word] if word is not None else []


def _document(path: str, lines: list[_Line]) -> Document:
    paper = Paper()
    drafts: list[tuple[Draft, BlockKind | None]] = []
    body = median(line.size for line in lines for _ in line.text.split())
    largest = max((line.size for line in lines if line.page == 1), default=body)
    groups, listed = 0, False
    for paragraph in _paragraphs(lines):
        bullet = _BULLET.match(paragraph[0].text)
        groups += bullet is not None and not listed
        listed = bullet is not None
        draft = Draft(BlockKind.LIST_ITEM, [], groups, 1, bool(bullet["number"])) if bullet else Draft(BlockKind.BODY)
        size = paragraph[0].size
        told = (
            BlockKind.HEADLINE if size == largest > 1.25 * body else BlockKind.SUBHEAD if size > 1.25 * body else None
        )
        for number, line in enumerate(paragraph):
            text = line.text
            following = paragraph[number + 1].text if number + 1 < len(paragraph) else ""
            joined = text.endswith("-") and len(text) > 2 and text[-2].islower() and following[:1].islower()
            if bullet and not number:
                paper.write(bullet[0], f"page {line.page}", None)
                text = text[bullet.end() :]
            draft.spans.append(paper.write(text[:-1] if joined else text, f"page {line.page}", None))
            if following and not joined:
                draft.spans.append(paper.write(" ", f"page {line.page}", None))
        paper.end_line()
        drafts.append((draft, told))
    by_looks(paper, drafts)
    blocks = list(paper.blocks([draft for draft, _ in drafts]))
    return document(path, paper.source(), blocks, None, origins=tuple(paper.origins))


def _paragraphs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines that follow each other closely, in one size, the later ones not indented.  A page may end within one."""
    current: list[_Line] = []
    for line in lines:
        if current:
            last = current[-1]
            height = max(1.0, last.bottom - last.top)
            same = abs(line.size - last.size) < 0.5
            if line.page == last.page:
                near = -0.5 * height < line.top - last.bottom < 0.55 * height or line.top < last.top - 2 * height
                indented = line.left - min(other.left for other in current) > 0.6 * height and line.top > last.top
                goes_on = near and same and not indented
            else:
                goes_on = same and last.text[-1:] not in ".!?:”\"'" and line.text[:1].islower()
            goes_on &= not _BULLET.match(line.text)
            if goes_on and not (line.top < last.top and last.text[-1:] in '.!?:”"'):
                current.append(line)
                continue
            yield current
        current = [line]
    if current:
        yield current
