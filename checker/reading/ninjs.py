"""ninjs, versions 1 to 3: the IPTC's news in JSON, one item or several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import BlockKind, CheckerError, Document
from checker.patterns import lazy
from checker.reading import jsontext
from checker.reading.embedded import Article
from checker.reading.jsontext import String, Value

NAME = "ninjs"
SUFFIXES: tuple[str, ...] = ()
MEDIA_TYPES = ("application/ninjs+json", "application/vnd.iptc.g2.newsitem+json")
BINARY = False
MOST = WIDEST = 30_000_000

_KEYS = lazy(r'"(?:body_?(?:xhtml|html|text)|bodies)"\s*:', re.IGNORECASE)
_START = lazy(r"\s*[\[{]")
_DATES = ("contentcreated", "firstcreated", "versioncreated")
_PICTURES = ("picture", "photo", "graphic", "video")
_LISTS = ("items", "newsitems", "articles", "_items")


def recognises(source: str) -> bool:
    """Whether it is JSON with the body of a ninjs item."""
    return bool(_START.match(source) and _KEYS.search(source) and '"content_elements"' not in source)


def read(source: str, path: str) -> tuple[Document, ...]:
    """The articles.  Errors: ``CheckerError`` where it is broken JSON or holds no item with text."""
    found = [_article(source, path, item, pointer) for item, pointer in _items(jsontext.parse(source, path))]
    if not found:
        raise CheckerError(f"{path}: holds no ninjs item with a body_text, body_xhtml or bodies")
    return tuple(found)


def _items(value: Value) -> Iterator[tuple[dict[str, Value], str]]:
    """The items with a body: the value itself, those of a list, those of a list in it."""
    for pointer, item in jsontext.walk(value):
        if isinstance(item, dict) and pointer.count("/") <= 2 and "/associations" not in pointer.lower():
            if any(key.startswith("bod") for key in _plain(item)):
                yield item, pointer


def _plain(item: dict[str, Value]) -> dict[str, tuple[str, Value]]:
    """The fields by their names in lower case without underscores, as versions 1 to 3 write them differently."""
    found: dict[str, tuple[str, Value]] = {}
    for key, value in item.items():
        found.setdefault(key.lower().replace("_", ""), (key, value))
    return found


def _article(source: str, path: str, item: dict[str, Value], pointer: str) -> Document:
    fields = _plain(item)
    article = Article(source, path)

    def strings(*names: str) -> Iterator[tuple[String, str, str]]:
        """The strings of some fields, alone or in lists of {role, contenttype, value}: with pointer and role."""
        for name in names:
            key, value = fields.get(name, ("", String(0, 0)))
            for place, inner in jsontext.walk(value, f"{pointer}/{key}"):
                if isinstance(inner, String) and not inner.literal and inner.end > inner.start:
                    last = place.rpartition("/")[2]
                    if place == f"{pointer}/{key}" or last.lower() == "value" or last.isdigit():
                        yield inner, place, _role(source, value, place, f"{pointer}/{key}")

    for name in ("uri", "guid"):
        if isinstance(value := fields.get(name, ("", None))[1], String):
            article.address = article.address or value.text(source)
    for string, place, _ in strings("headline", "headlines", "headlineextended", "title"):
        article.line(string.traced(source), BlockKind.HEADLINE, place)
    for string, place, _ in strings("subheadline", "subheadlines"):
        article.line(string.traced(source), BlockKind.DEK, place)
    for string, place, said in strings("descriptiontext", "description", "descriptions", "summary"):
        if said not in ("caption",) and not article.has(BlockKind.DEK):
            article.line(string.traced(source), BlockKind.DEK, place)
    for string, place, _ in strings("byline", "bylines", "by"):
        article.line(string.traced(source), BlockKind.BYLINE, place)
    for name in _DATES:
        for string, place, _ in strings(name):
            article.dated(string.traced(source), place)
    for string, place, _ in strings("ednote", "ednotes"):
        article.line(string.traced(source), BlockKind.CORRECTION, place)
    bodies = list(strings("bodyxhtml", "bodyhtml", "bodies", "bodytext", "body"))
    marked = [body for body in bodies if re.search(r"<(?:p|div|h\d)\b", source[body[0].start : body[0].end])]
    for string, place, _ in (marked or bodies)[:1]:
        article.body(string.traced(source), place)
    _, associations = fields.get("associations", ("", String(0, 0)))
    _pictures(article, associations, f"{pointer}/{fields.get('associations', ('', None))[0]}")
    return article.finished()


def _role(source: str, value: Value, place: str, base: str) -> str:
    """The role that stands beside a value in a list of {role, value}."""
    number = place[len(base) + 1 :].partition("/")[0]
    if isinstance(value, list) and number.isdigit():
        inner = value[int(number)]
        told = inner.get("role") if isinstance(inner, dict) else None
        return told.text(source) if isinstance(told, String) else ""
    return ""


def _pictures(article: Article, associations: Value, pointer: str) -> None:
    """Captions and alternative texts of the pictures that go with an article."""
    source = article.source
    members = (
        associations.items()
        if isinstance(associations, dict)
        else enumerate(associations)
        if isinstance(associations, list)
        else ()
    )
    for name, item in members:
        fields = _plain(item) if isinstance(item, dict) else {}
        kind = fields.get("type", ("", None))[1]
        if not isinstance(kind, String) or kind.text(source).lower() not in _PICTURES:
            continue
        for field, block in (
            ("descriptiontext", BlockKind.CAPTION),
            ("description", BlockKind.CAPTION),
            ("descriptions", BlockKind.CAPTION),
            ("bodytext", BlockKind.CAPTION),
            ("alttext", BlockKind.ALT),
        ):
            key, value = fields.get(field, ("", String(0, 0)))
            for place, inner in jsontext.walk(value, f"{pointer}/{name}/{key}"):
                if isinstance(inner, String) and not inner.literal and not place.lower().endswith(("/role", "type")):
                    article.line(inner.traced(source), block, place)
