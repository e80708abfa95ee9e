"""NITF, the IPTC's news text in XML."""

from __future__ import annotations

import re

from checker.model import BlockKind, CheckerError, Document
from checker.patterns import lazy
from checker.reading.embedded import Article
from checker.reading.markup import Node, Text, Tree, resolved
from checker.reading.parsing import parse_xml, root_tag
from checker.reading.spans import Traced

NAME = "nitf"
SUFFIXES = (".nitf",)
MEDIA_TYPES = ("application/nitf+xml", "application/vnd.nitf")
BINARY = False
MOST = WIDEST = 30_000_000

_DATES = (("date.issue", "norm"), ("date.release", "norm"), ("story.date", "norm"), ("pubdata", "date.publication"))
_COMPACT = lazy(r"\d{8}(?P<time>T\d{6})?")


def recognises(source: str) -> bool:
    """Whether its root is ``nitf``."""
    return root_tag(source) == "nitf"


def read(source: str, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where it is broken XML or has no body."""
    tree = parse_xml(source, path)
    article = Article(source, path)
    add(article, tree, tree.root, path)
    return (article.finished(),)


def add(article: Article, tree: Tree, root: Node, path: str) -> None:
    """The blocks of the NITF below an element.  Errors: ``CheckerError`` where it has no body."""
    body = root.find("body")
    if body is None:
        raise CheckerError(f"{path}: is NITF without a body")
    number = root.find("doc-id")
    article.address = article.address or (tree.value(number, "id-string") if number is not None else "")
    head, content = body.find("body.head"), body.find("body.content")
    if head is not None:
        _head(article, tree, head)
    title = root.find("title")
    if title is not None:
        article.add(tree.traced(title).block(BlockKind.HEADLINE), title.path())
    for tag, name in _DATES:
        for node in root.walk():
            if node.tag == tag and name in node.attributes:
                article.dated(_spaced_date(tree, node, name), f"{node.path()}/@{name}")
    for node in root.walk():
        if node.tag == "ed-msg" and "info" in node.attributes:
            article.add(tree.attribute(node, "info").block(BlockKind.CORRECTION), f"{node.path()}/@info")
    article.flow(tree, content or body, lambda block: block, lambda block: tree.holder(block).path())


def _head(article: Article, tree: Tree, head: Node) -> None:
    for node in head.walk():
        kind = {
            "hl1": BlockKind.HEADLINE,
            "hl2": BlockKind.DEK,
            "abstract": BlockKind.DEK,
            "note": BlockKind.CORRECTION,
            "byline": BlockKind.BYLINE,
            "dateline": BlockKind.DATELINE,
        }.get(node.tag)
        if kind is None:
            continue
        article.add(_titled(tree, node).block(kind), node.path())
        if kind == BlockKind.DATELINE:
            city = node.find("city", "location")
            said = tree.text(city) if city is not None else re.split(r",|\s+\(|\d", tree.text(node))[0]
            article.place = said.strip(" -–—")


def _titled(tree: Tree, node: Node) -> Traced:
    """The text of an element, with a space before the title that follows a name: "By ANN BELL<byttl>Staff Writer</byttl>"."""
    text = Traced()
    for child in node.children:
        if isinstance(child, Text):
            text.extend(resolved(tree.source, child))
        else:
            if child.tag == "byttl":
                text.put(" ", child.start, child.start + len("<byttl"))
            text.extend(tree.traced(child))
    return text


def _spaced_date(tree: Tree, node: Node, name: str) -> Traced:
    """A date without signs ("20240302T100000Z") as it would be read: with them, each at the digits that it parts."""
    start, end = node.attributes[name]
    text = resolved(tree.source, Text(start, end))
    found = _COMPACT.match(text.text())
    if not found:
        return text
    signs = {4: "-", 6: "-"} | ({11: ":", 13: ":"} if found["time"] else {})
    signed = Traced()
    for number, character in enumerate(text.characters):
        if number in signs:
            signed.put(signs[number], text.starts[number - 1], text.ends[number])
        signed.put(character, text.starts[number], text.ends[number])
    return signed
