"""RSS, Atom and the export of WordPress (WXR): several articles in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import BlockKind, CheckerError, Document
from checker.reading.embedded import Article
from checker.reading.markup import Node, Text, Tree, resolved
from checker.reading.parsing import parse_xml, root_tag
from checker.reading.spans import Traced

NAME = "feed"
SUFFIXES = (".rss", ".atom", ".wxr")
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml")
BINARY = False
MOST = WIDEST = 60_000_000  # characters: an export holds years of articles

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MEDIA = "http://search.yahoo.com/mrss/"
_ATOM = "http://www.w3.org/2005/Atom"
_TYPES = ("post", "page", "")  # of a WordPress export; attachments, menus and revisions are no articles
_MORE = frozenset("read more continue reading full story hellip 8230".split())  # what follows a summary that is cut off
_UNFINISHED = ("trash", "auto-draft")


def recognises(source: str) -> bool:
    """Whether its root is that of a feed."""
    return root_tag(source) in ("rss", "feed", "RDF")


def read(source: str, path: str) -> tuple[Document, ...]:
    """The articles.  Errors: ``CheckerError`` where it is broken XML or holds none."""
    tree = parse_xml(source, path)
    found = [_article(source, path, tree, item) for item in _items(tree)]
    if not found:
        raise CheckerError(f"{path}: holds no article (item or entry with text)")
    return tuple(found)


def _items(tree: Tree) -> Iterator[Node]:
    for node in tree.root.walk():
        if node.tag in ("item", "entry") and node.parent is not None and node.parent.tag in ("channel", "feed", "RDF"):
            told = {child.tag: tree.text(child) for child in node.elements() if child.tag in ("post_type", "status")}
            if told.get("post_type", "") in _TYPES and told.get("status") not in _UNFINISHED:
                if any(
                    child.tag in ("encoded", "description", "content", "summary") and child.children
                    for child in node.elements()
                ):
                    yield node


def _article(source: str, path: str, tree: Tree, item: Node) -> Document:
    fields: dict[str, list[Node]] = {}
    for child in item.elements():
        name = child.tag
        if child.tag == "encoded":
            name = "content" if child.space == _CONTENT else "excerpt"
        elif child.space == _MEDIA:
            name = f"media {child.tag}"
        elif ":" in child.space and child.tag == "title" and child.space.startswith("http://www.itunes"):
            continue
        fields.setdefault(name, []).append(child)
    article = Article(source, path, address=_address(tree, fields))
    for node in fields.get("title", [])[:1]:
        article.line(_content(tree, node), BlockKind.HEADLINE, node.path(), plain=_is_plain(tree, node))
    for node in [*fields.get("creator", []), *fields.get("author", [])]:
        named = node.find("name") or node
        article.line(_content(tree, named), BlockKind.BYLINE, named.path())
    for tag in ("pubDate", "post_date", "published", "date", "updated"):
        for node in fields.get(tag, []):
            article.dated(tree.traced(node), node.path())
    bodies = fields.get("content", []) or fields.get("description", []) or fields.get("summary", [])
    summaries = [
        node for tag in ("excerpt", "description", "summary") for node in fields.get(tag, []) if node not in bodies
    ]
    for node in summaries:
        if not article.has(BlockKind.DEK) and not _begins(tree, node, bodies):
            article.line(_content(tree, node), BlockKind.DEK, node.path(), plain=_is_plain(tree, node))
    for node in bodies[:1]:
        if any(isinstance(child, Node) for child in node.children):  # XHTML as it is
            article.flow(tree, node, lambda block: block, lambda block: tree.holder(block).path())
        else:
            article.body(_content(tree, node), node.path())
    for inner in (n for nodes in fields.values() for node in nodes for n in node.walk() if n.space == _MEDIA):
        if inner.tag in ("description", "text"):
            article.line(_content(tree, inner), BlockKind.CAPTION, inner.path())
    return article.finished()


def _is_plain(tree: Tree, node: Node) -> bool:
    """Whether signs of markup in it are text: so in Atom unless the type says otherwise (RFC 4287, 3.1.1)."""
    return node.space == _ATOM and tree.value(node, "type") in ("", "text")


def _content(tree: Tree, node: Node) -> Traced:
    """The text directly in an element: its entities resolved, CDATA as it is."""
    text = Traced()
    for child in node.children:
        if isinstance(child, Text):
            text.extend(resolved(tree.source, child))
    return text if text.text().strip() else tree.traced(node)


def _address(tree: Tree, fields: dict[str, list[Node]]) -> str:
    for node in fields.get("link", []):
        if tree.value(node, "rel") in ("", "alternate"):
            if address := tree.value(node, "href") or tree.text(node):
                return address
    return next((tree.text(node) for tag in ("guid", "id") for node in fields.get(tag, [])), "")


def _begins(tree: Tree, summary: Node, bodies: list[Node]) -> bool:
    """Whether a summary is only how the body begins, as a feed cuts it off."""

    def words(node: Node) -> list[str]:
        return re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", _content(tree, node).text()[:4000]))

    said = words(summary)
    while said and said[-1].lower() in _MORE:
        said.pop()
    whole = words(bodies[0])[: len(said)] if bodies else []
    return len(said) == len(whole) > 4 and whole[:-1] == said[:-1] and whole[-1].startswith(said[-1])
