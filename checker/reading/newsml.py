"""NewsML-G2: items with metadata around an XHTML, NITF or plain body, one or several in a message."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import BlockKind, CheckerError, Document
from checker.reading import nitf
from checker.reading.embedded import Article
from checker.reading.markup import Node, Tree
from checker.reading.parsing import parse_xml, root_tag

NAME = "newsml"
SUFFIXES = (".newsml",)
MEDIA_TYPES = ("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml")
BINARY = False
MOST = WIDEST = 30_000_000

_DATES = ("contentCreated", "firstCreated", "versionCreated")
_LEFT_OUT = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")


def recognises(source: str) -> bool:
    """Whether its root is a news item or a message of them."""
    return root_tag(source) in ("newsItem", "newsMessage")


def read(source: str, path: str) -> tuple[Document, ...]:
    """The articles.  Errors: ``CheckerError`` where it is broken XML or holds no item with text."""
    tree = parse_xml(source, path)
    found = [_article(source, path, tree, item) for item in _items(tree)]
    if not found:
        raise CheckerError(f"{path}: holds no newsItem with inlineXML, inlineData or a headline")
    return tuple(found)


def _items(tree: Tree) -> Iterator[Node]:
    for node in tree.root.walk():
        if node.tag == "newsItem" and node.find("contentSet", "headline") is not None:
            yield node


def _article(source: str, path: str, tree: Tree, item: Node) -> Document:
    article = Article(source, path, address=tree.value(item, "guid"))
    kind = item.find("itemClass")
    picture = kind is not None and "picture" in tree.value(kind, "qcode", "uri")
    metadata = [
        node for part in item.elements() if part.tag in ("itemMeta", "contentMeta", "partMeta") for node in part.walk()
    ]
    names = {
        "headline": BlockKind.HEADLINE,
        "by": BlockKind.BYLINE,
        "dateline": BlockKind.DATELINE,
        "edNote": BlockKind.CORRECTION,
        "description": BlockKind.CAPTION if picture else BlockKind.DEK,
    }
    for tag, told in names.items():
        for node in metadata:
            if node.tag == tag and not (node.parent is not None and node.parent.tag == "subject"):
                below = told == BlockKind.HEADLINE and "sub" in tree.value(node, "role").lower()
                article.add(tree.traced(node).block(BlockKind.DEK if below else told), node.path())
    for tag in _DATES:
        for node in metadata:
            if node.tag == tag:
                article.dated(tree.traced(node), node.path())
    for content in (node for part in item.elements() if part.tag == "contentSet" for node in part.elements()):
        if content.tag == "inlineData":
            article.body(tree.traced(content), content.path())
        elif content.tag == "inlineXML":
            _inline(article, tree, content, path)
    return article.finished()


def _inline(article: Article, tree: Tree, content: Node, path: str) -> None:
    if content.find("nitf") is not None:
        nitf.add(article, tree, content, path)
        return
    body = content.find("body") or content
    article.flow(tree, body, lambda block: block, lambda block: tree.holder(block).path())
