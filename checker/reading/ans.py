"""ANS, the stories of the Arc XP content system: one story, a list of them, or a search's answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from checker.model import BlockKind, Cell, CheckerError, Document
from checker.patterns import lazy
from checker.reading import jsontext
from checker.reading.embedded import Article
from checker.reading.jsontext import String, Value

NAME = "ans"
SUFFIXES: tuple[str, ...] = ()
MEDIA_TYPES = ("application/vnd.arcxp.ans+json",)
BINARY = False
MOST = WIDEST = 30_000_000

_START = lazy(r"\s*[\[{]")
_DATES = ("first_publish_date", "display_date", "publish_date", "created_date")
_PICTURES = ("image", "video", "gallery", "graphic")


def recognises(source: str) -> bool:
    """Whether it is JSON with the elements of a story."""
    return bool(_START.match(source) and '"content_elements"' in source)


def read(source: str, path: str) -> tuple[Document, ...]:
    """The stories.  Errors: ``CheckerError`` where it is broken JSON or holds none."""
    value = jsontext.parse(source, path)
    stories = list(_stories(source, value))
    if not stories:
        raise CheckerError(f'{path}: holds no ANS story (an object of type "story" with content_elements)')
    return tuple(_Story(source, path).read(item, pointer) for item, pointer in stories)


def _stories(source: str, value: Value) -> Iterator[tuple[dict[str, Value], str]]:
    if isinstance(value, dict) and _text(source, value, "type") not in ("results", "story-feed", "collection"):
        if "content_elements" in value:
            yield value, ""
        return
    members = value.get("content_elements", []) if isinstance(value, dict) else value
    base = "/content_elements" if isinstance(value, dict) else ""
    for number, item in enumerate(members if isinstance(members, list) else []):
        if isinstance(item, dict) and "content_elements" in item:
            yield item, f"{base}/{number}"


def _text(source: str, item: dict[str, Value], key: str) -> str:
    value = item.get(key)
    return value.text(source) if isinstance(value, String) else ""


class _Story:
    def __init__(self, source: str, path: str) -> None:
        self.source = source
        self.article = Article(source, path)
        self.groups = 0

    def read(self, item: dict[str, Value], pointer: str) -> Document:
        article = self.article
        article.address = _text(self.source, item, "canonical_url") or _text(self.source, item, "_id")
        self.fields(item, pointer, "headlines", BlockKind.HEADLINE)
        self.fields(item, pointer, "subheadlines", BlockKind.DEK)
        if not article.has(BlockKind.DEK):
            self.fields(item, pointer, "description", BlockKind.DEK)
        credits = item.get("credits")
        self.names(credits.get("by") if isinstance(credits, dict) else None, f"{pointer}/credits/by")
        for key in _DATES:
            if isinstance(value := item.get(key), String):
                article.dated(value.traced(self.source), f"{pointer}/{key}")
        promoted = item.get("promo_items")
        for name, inner in promoted.items() if isinstance(promoted, dict) else ():
            if isinstance(inner, dict):
                self.element(inner, f"{pointer}/promo_items/{name}")
        self.elements(item.get("content_elements"), f"{pointer}/content_elements")
        return article.finished()

    def fields(self, item: dict[str, Value], pointer: str, key: str, kind: BlockKind) -> None:
        """The strings of {"basic": ..., "web": ...}, the basic one first."""
        value = item.get(key)
        members = sorted(value.items(), key=lambda pair: pair[0] != "basic") if isinstance(value, dict) else []
        for name, inner in members:
            self.line(inner, f"{pointer}/{key}/{name}", kind)

    def names(self, people: Value | None, pointer: str) -> None:
        for number, person in enumerate(people if isinstance(people, list) else []):
            if isinstance(person, dict):
                self.line(person.get("name"), f"{pointer}/{number}/name", BlockKind.BYLINE)

    def line(self, value: Value | None, pointer: str, kind: BlockKind) -> None:
        if isinstance(value, String) and not value.literal:
            self.article.line(value.traced(self.source), kind, pointer)

    def elements(self, value: Value | None, pointer: str, kind: BlockKind = BlockKind.BODY) -> None:
        for number, item in enumerate(value if isinstance(value, list) else []):
            if isinstance(item, dict):
                self.element(item, f"{pointer}/{number}", kind)

    def element(self, item: dict[str, Value], pointer: str, kind: BlockKind = BlockKind.BODY) -> None:
        """One element of a story.  Links to other stories, embeds and advertising are none of it."""
        told = _text(self.source, item, "type")
        content = item.get("content")
        if told in ("text", "raw_html") and isinstance(content, String):
            if told == "raw_html" or re.search(
                r"<(?:p|div|ul|ol|table|figure)\b", self.source[content.start : content.end]
            ):
                self.article.body(content.traced(self.source), f"{pointer}/content", kind)
            else:
                self.line(content, f"{pointer}/content", kind)
        elif told == "header":
            self.line(content, f"{pointer}/content", BlockKind.SUBHEAD)
        elif told == "list":
            self.list(item, pointer, 1)
        elif told == "table":
            self.table(item, pointer)
        elif told == "quote":
            pulled = _text(self.source, item, "subtype") == "pullquote"
            self.elements(
                item.get("content_elements"),
                f"{pointer}/content_elements",
                BlockKind.PULL_QUOTE if pulled else BlockKind.QUOTE,
            )
        elif told == "correction":
            self.line(item.get("text"), f"{pointer}/text", BlockKind.CORRECTION)
        elif told in _PICTURES:
            self.line(item.get("caption"), f"{pointer}/caption", BlockKind.CAPTION)
            self.line(item.get("alt_text"), f"{pointer}/alt_text", BlockKind.ALT)
            self.elements(item.get("content_elements"), f"{pointer}/content_elements")

    def list(self, item: dict[str, Value], pointer: str, level: int) -> None:
        self.groups = group = max(self.groups, *(block.group for block in self.article.blocks), 0) + 1
        ordered = _text(self.source, item, "list_type") == "ordered"
        members = item.get("items")
        for number, inner in enumerate(members if isinstance(members, list) else []):
            if not isinstance(inner, dict) or level > 20:
                continue
            if _text(self.source, inner, "type") == "list":
                self.list(inner, f"{pointer}/items/{number}", level + 1)
                continue
            before = len(self.article.blocks)
            self.line(inner.get("content"), f"{pointer}/items/{number}/content", BlockKind.LIST_ITEM)
            for at in range(before, len(self.article.blocks)):
                self.article.blocks[at] = replace(self.article.blocks[at], group=group, level=level, ordered=ordered)

    def table(self, item: dict[str, Value], pointer: str) -> None:
        self.groups = group = max(self.groups, *(block.group for block in self.article.blocks), 0) + 1
        header, rows = item.get("header"), item.get("rows")
        lines = [(0, header, f"{pointer}/header")]
        lines += [
            (number, row, f"{pointer}/rows/{number - 1}")
            for number, row in enumerate(rows if isinstance(rows, list) else [], 1)
        ]
        for number, row, place in lines:
            for column, cell in enumerate(row if isinstance(row, list) else []):
                before = len(self.article.blocks)
                content = cell.get("content") if isinstance(cell, dict) else cell
                inner = f"{place}/{column}/content" if isinstance(cell, dict) else f"{place}/{column}"
                self.line(content, inner, BlockKind.TABLE_CELL)
                for at in range(before, len(self.article.blocks)):
                    here = Cell(number, column, number == 0)
                    self.article.blocks[at] = replace(self.article.blocks[at], group=group, cell=here)
