"""EML: an e-mail as a press office sends it; its subject is the headline, its HTML or text part the article."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from checker.model import Block, BlockKind, CheckerError, Document
from checker.patterns import lazy
from checker.reading import html, plain
from checker.reading.assembling import document
from checker.reading.datelines import written_date
from checker.reading.paper import Draft, Paper
from checker.reading.parsing import parse
from checker.reading.spans import Traced, moved, through

NAME = "eml"
SUFFIXES = (".eml",)
MEDIA_TYPES = ("message/rfc822",)
BINARY = True

LARGEST, MOST_PARTS, MOST_DASHES, LONGEST_HEADER = 40 * 1024 * 1024, 200, 5_000, 8_000
_READ = re.compile(rb"^(?:Content-[\w-]+|Subject|From|Date):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_SURE = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Return-Path|Content-Type|Subject):", re.IGNORECASE | re.MULTILINE
)
_REPLY = lazy(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = lazy(r"^-- ?$", re.MULTILINE)
_PAGE = lazy(r"<(?:!doctype|html|body)\b", re.IGNORECASE)


def recognises(data: bytes) -> bool:
    """Whether it begins with the headers of a message."""
    head = data[:4000].replace(b"\r\n", b"\n")
    return bool(_HEADERS.match(head) and _SURE.search(head))


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where the message has no text."""
    _bounded(data, path)
    try:
        message = cast(EmailMessage, message_from_bytes(data, policy=policy.default))
        number, kind, text = _part(message, path)
        headers = {name: str(message.get(name, "")) for name in ("Subject", "From", "Date")}
    except (LookupError, ValueError, AttributeError, TypeError, IndexError, KeyError, RecursionError) as error:
        raise CheckerError(f"{path}: is a broken message: {error}") from error
    paper, drafts = Paper(), []
    when = None
    kinds = {"Subject": BlockKind.HEADLINE, "From": BlockKind.BYLINE, "Date": BlockKind.DATE}
    for name, value in headers.items():
        value = " ".join(value.split())
        skipped = _REPLY.match(value) if name == "Subject" else None
        if name == "From":
            value = re.sub(r"\s*<[^<>]*>\s*$", "", value).strip('"')
        start = skipped.end() if skipped else 0
        span = paper.write(value[start:], f"header {name}", start)
        paper.end_line()
        when = written_date(value) if name == "Date" else when
        if name != "Date" or when is not None:
            drafts.append(Draft(kinds[name], [span]))
    begin, _ = paper.write(text, f"part {number}", lines=True)
    head = list(paper.blocks(drafts))
    body = _body(text, kind)
    outer = Traced()
    outer.copy(text, 0, len(text))
    outer = moved(outer, begin)
    blocks = [*head, *(through(block, outer) for block in body)]
    return (document(path, paper.source(), blocks, when, origins=tuple(paper.origins)),)


def _bounded(data: bytes, path: str) -> None:
    """Errors: ``CheckerError`` where a message is larger than ``email`` reads in a second or two."""
    if len(data) > LARGEST:
        raise CheckerError(f"{path}: is {len(data):,} bytes, at most {LARGEST:,} of a message are read")
    if data.count(b"\n--") > MOST_DASHES:
        raise CheckerError(f"{path}: has more than {MOST_DASHES:,} lines that could begin a part")
    longest = max((len(header[0]) for header in _READ.finditer(data)), default=0)
    if longest > LONGEST_HEADER:
        raise CheckerError(f"{path}: has a header of {longest:,} bytes, at most {LONGEST_HEADER:,} are read")


def _body(text: str, kind: str) -> list[Block]:
    if kind == "html":
        tree = parse(text)
        whole = _PAGE.search(text) and tree.root.find("article", "h1") is not None
        return html.page(tree)[0] if whole else html.fragment(tree)
    signature = _SIGNATURE.search(text)
    known = (BlockKind.HEADLINE, BlockKind.DEK)
    return plain.paragraphs(text[: signature.start()] if signature else text, known)


def _part(message: EmailMessage, path: str) -> tuple[str, str, str]:
    """The part with the article: its number, "html" or "plain", its text.  HTML is worth more: it has the structure."""
    best: tuple[int, str, str, str] | None = None
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            raise CheckerError(f"{path}: has more than {MOST_PARTS} parts")
        kind = part.get_content_subtype()
        if part.get_content_maintype() != "text" or kind not in ("html", "plain") or part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        try:
            text = data.decode(part.get_content_charset() or "utf-8")
        except (LookupError, UnicodeError):
            text = data.decode("cp1252", "replace")
        worth = len(text.strip()) and (2 if kind == "html" else 1)
        if best is None or worth > best[0]:
            best = (worth, str(number), kind, text)
    if best is None or not best[0]:
        raise CheckerError(f"{path}: is a message without a text")
    return best[1:]
