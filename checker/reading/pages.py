"""A whole web page: which part of it is the article, and what is said of the article outside its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.model import CheckerError
from checker.patterns import lazy
from checker.reading import jsontext
from checker.reading.classes import Role, Told, told
from checker.reading.flow import INLINE
from checker.reading.markup import Node, Text, Tree
from checker.reading.spans import Traced, moved

_PARAGRAPH = 40  # characters of running text that make a paragraph of an article
_LINKED = 0.5  # the share of linked text from which a paragraph is a link to something else
_MOST_OF, _LEAST = (
    0.5,
    0.2,
)  # the share of a page's running text that its article has at least; one with the headline in it
_MUCH = 250  # characters of running text from which a weak name says nothing
_MOST_BESIDE = 0.3  # the share that what stands beside the article has at most
_CORE = 0.85  # the share of the article's running text that its innermost part has
_NO_TEXT = frozenset(["script", "style", "noscript", "template", "head", "title", "textarea", "td", "th", ""])
_ASIDES = frozenset(["aside", "nav", "footer", "menu", "dialog"])
_TEXTS = frozenset("p li ul ol dl dd blockquote figure h1 h2 h3 h4 h5 h6".split())  # what holds text, no article
_KEPT = frozenset([Role.FACT_BOX, Role.PULL_QUOTE, Role.CORRECTION, Role.CAPTION])
_HEADLINES = ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title")
_DATES = (
    *(
        "article:published_time",
        "datepublished",
        "og:published_time",
        "article.published",
        "parsely-pub-date",
        "dc.date.issued",
    ),
    *(
        "sailthru.date",
        "publishdate",
        "publish-date",
        "pubdate",
        "date",
        "dc.date",
        "cxenseparse:recs:publishtime",
        "citation_publication_date",
    ),
)
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_TOLD = ("headline", "alternativeHeadline", "datePublished", "dateCreated")
_ARTICLE = lazy(
    r"(?:News|Report|Analysis|Opinion|Review|Background|Reportage|Live|Scholarly|Blog|Tech)?\w*(?:Article|Posting|Review)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """The article on a page: `outer` holds all of it, `core` its running text; `asides` are no part of it."""

    outer: Node
    core: Node
    asides: frozenset[int]  # where the elements begin

    def skips(self, node: Node) -> bool:
        return node.start in self.asides


@dataclass(frozen=True, slots=True)
class Said:
    """What the head of a page says of its article, in the order of how much it is worth."""

    headlines: tuple[Traced, ...]
    dates: tuple[Traced, ...]
    descriptions: tuple[str, ...]


# ------------------------------------------------------------------------------------------------------------ the part


def article_part(tree: Tree) -> Part:
    """Where the article is: the part of the page with most of the running text."""
    weights: dict[int, int] = {}
    nodes = list(tree.root.walk())
    for node in reversed(nodes):
        weights[id(node)] = _own(tree, node) + sum(weights[id(child)] for child in node.elements())
    asides = _asides(tree, nodes, weights)
    lost: dict[int, int] = {}
    for node in reversed(nodes):
        below = sum(lost[id(child)] for child in node.elements())
        lost[id(node)] = weights[id(node)] if node.start in asides and node.tag else below
    weights = {key: weight - lost[key] for key, weight in weights.items()}
    asides |= {node.start for node in nodes if _is_link_list(tree, node)}
    outer = _outer(tree, nodes, weights)
    core, least = outer, weights[id(outer)] * _CORE
    while least and (
        narrower := next((n for n in core.elements() if n.tag not in _TEXTS and weights[id(n)] >= least), None)
    ):
        core = narrower
    return Part(outer, core, frozenset(asides))


def _own(tree: Tree, node: Node) -> int:
    """The characters of running text that stand in an element itself, not in a block below it; 0 where it is mostly links."""
    if node.tag in INLINE or node.tag in _NO_TEXT:
        return 0
    length = linked = 0
    waiting: list[tuple[Node | Text, bool]] = [(child, False) for child in node.children]
    while waiting:
        item, inside = waiting.pop()
        if isinstance(item, Text):
            size = len(tree.source[item.start : item.end].strip())
            length += size
            linked += size if inside else 0
        elif item.tag in INLINE:
            waiting.extend((child, inside or item.tag == "a") for child in item.children)
    return length if length >= _PARAGRAPH and linked <= length * _LINKED else 0


def _asides(tree: Tree, nodes: Sequence[Node], weights: Mapping[int, int]) -> set[int]:
    """Where the elements begin that their names or tags put beside the article.

    What holds much of the page's text is part of it, whatever it is called: some call every paragraph "paywall".
    """
    found: list[tuple[Node, Told]] = []
    amounts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for node in nodes:
        names = told(node, tree)
        if node.tag in ("html", "body", "article", "main", "") or (names.weakly and weights[id(node)] > _MUCH):
            continue
        if names.role == Role.ASIDE or (node.tag in _ASIDES and names.role not in _KEPT):
            found.append((node, names))
            for name in names.names:
                if node.start >= ends.get(name, 0):
                    amounts[name] = amounts.get(name, 0) + weights[id(node)]
                    ends[name] = node.end
    whole = weights[id(tree.root)]
    most = whole * _MOST_BESIDE
    return {
        node.start
        for node, names in found
        if weights[id(node)] <= most and (not names.names or any(amounts[name] <= most for name in names.names))
    }


def _outer(tree: Tree, nodes: Sequence[Node], weights: Mapping[int, int]) -> Node:
    """The element that holds the article with its headline, captions and notes."""
    whole = weights[id(tree.root)]
    heads = [node for node in nodes if node.tag == "h1" and tree.text(node)]
    for node in nodes:
        if node.tag == "article" and weights[id(node)] > whole * _LEAST and any(_within(head, node) for head in heads):
            return node
    if not whole:  # a few short lines
        return next((node for tag in ("article", "main", "body") for node in nodes if node.tag == tag), tree.root)
    most = [node for node in nodes if weights[id(node)] > whole * _MOST_OF]
    headed = [node for node in most if any(_within(head, node) for head in heads)]
    named = [node for tag in ("article", "main") for node in most if node.tag == tag]
    return next(iter([*named, *headed[-1:], *most]), tree.root)


def _within(node: Node, outer: Node) -> bool:
    return outer.start <= node.start < outer.end


def _is_link_list(tree: Tree, node: Node) -> bool:
    """A list or paragraph that only leads elsewhere."""
    if node.tag not in ("p", "ul", "ol", "li"):
        return False
    text = "".join(tree.text(node).split())
    linked = sum(len("".join(tree.text(link).split())) for link in node.walk() if link.tag == "a")
    return bool(text) and linked >= len(text) * 0.9 and (node.tag != "p" or len(text) < 150)


# ------------------------------------------------------------------------------------------------------------ the head


def said(tree: Tree) -> Said:
    """The further headlines, the dates and the descriptions that JSON-LD, meta elements and the title give."""
    headlines: list[Traced] = []
    dates: list[Traced] = []
    for article in _linked_data(tree):
        headlines += [article[key] for key in ("headline", "alternativeHeadline") if key in article]
        dates += [article[key] for key in ("datePublished", "dateCreated") if key in article]
    metas: dict[str, Node] = {}
    for node in tree.root.walk():
        if node.tag == "meta" and "content" in node.attributes:
            metas.setdefault(tree.value(node, "property", "name", "itemprop").lower(), node)
    headlines += [tree.attribute(metas[name], "content") for name in _HEADLINES if name in metas]
    dates += [tree.attribute(metas[name], "content") for name in _DATES if name in metas]
    title = tree.root.find("title")
    if title is not None:
        headlines.append(tree.traced(title))
    times = [node for node in tree.root.walk() if node.tag == "time" and "datetime" in node.attributes]
    dates += [tree.attribute(node, "datetime") for node in times]
    descriptions = tuple(
        " ".join(tree.value(metas[name], "content").split()) for name in _DESCRIPTIONS if name in metas
    )
    return Said(tuple(headlines), tuple(dates), descriptions)


def _linked_data(tree: Tree) -> Iterator[dict[str, Traced]]:
    """The strings of every article that JSON-LD describes, by their place in it."""
    for node in tree.root.walk():
        if node.tag != "script" or "ld+json" not in tree.value(node, "type"):
            continue
        for text in node.children:
            if not isinstance(text, Text):
                continue
            source = tree.source[text.start : text.end]
            try:
                value = jsontext.parse(source)
            except CheckerError:  # what is broken here is seen by machines only
                continue
            for _, item in jsontext.walk(value):
                if isinstance(item, dict) and _is_article(source, item.get("@type")):
                    strings = ((key, inner) for key, inner in item.items() if isinstance(inner, jsontext.String))
                    yield {key: moved(inner.traced(source), text.start) for key, inner in strings if key in _TOLD}


def _is_article(source: str, types: jsontext.Value | None) -> bool:
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, jsontext.String) and _ARTICLE.fullmatch(name.text(source)) for name in names)
