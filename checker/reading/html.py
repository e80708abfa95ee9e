"""HTML: a saved web page of any publisher, an export of a content system, a fragment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from checker.model import Block, BlockKind, Document
from checker.patterns import lazy
from checker.reading import looks, pages
from checker.reading.assembling import document
from checker.reading.classes import Role, role
from checker.reading.datelines import written_date
from checker.reading.flow import Flow
from checker.reading.markup import Tree
from checker.reading.parsing import parse
from checker.reading.spans import Traced, part

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
BINARY = False
MOST = WIDEST = 30_000_000  # characters: much of a page is script

_PAGE = lazy(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_COMMENTS = lazy(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:[^-]|-(?!->))*+-->\s*)*")
_ORDER = (BlockKind.HEADLINE, BlockKind.DEK, BlockKind.BYLINE, BlockKind.DATE)
_TOP = 3  # paragraphs in which a headline, standfirst and byline may stand
_RUNNING = (BlockKind.BODY, BlockKind.LIST_ITEM, BlockKind.SUBHEAD, BlockKind.TABLE_CELL, BlockKind.QUOTE)
_LONGEST = {BlockKind.HEADLINE: 300, BlockKind.DEK: 600, BlockKind.BYLINE: 200}
_LEADS_ELSEWHERE = lazy(
    r"(?:read (?:more|also|next|this)|also read|see also|related|recommended|more (?:on|from)|watch|listen|sign up|subscribe|"
    r"click here|follow us|advertisement|scroll to continue|story continues|article continues|join our|download our|"
    r"don['’]t miss|loading|share this|comments?$|getty images|image source)\b",
    re.IGNORECASE,
)


def recognises(source: str) -> bool:
    """Whether it begins as a page does."""
    start = _COMMENTS.match(source, 0, 4000)
    return bool(start and _PAGE.match(source, start.end()))


def read(source: str, path: str) -> tuple[Document, ...]:
    """The article of a page, or all of a fragment."""
    tree = parse(source)
    blocks, when = page(tree) if _PAGE.search(source) else (fragment(tree), None)
    return (document(path, source, _by_looks(blocks), when),)


def _by_looks(blocks: list[Block]) -> list[Block]:
    """The blocks; where none is a headline, as word processors write it, the first paragraphs are told by their looks."""
    if not blocks or any(block.kind == BlockKind.HEADLINE for block in blocks) or blocks[0].kind != BlockKind.BODY:
        return blocks
    running = [block for block in blocks if block.kind == BlockKind.BODY]
    texts, kinds = [block.text for block in running], list[BlockKind]()
    for number in range(min(_TOP, len(running))):
        kinds.append(looks.kind(texts, number, kinds))
    told = {id(block): kind for block, kind in zip(running, kinds, strict=False) if kind in _ORDER}
    return [replace(block, kind=told.get(id(block), block.kind)) for block in blocks]


def fragment(tree: Tree) -> list[Block]:
    """The blocks of HTML that is all article."""
    return list(Flow(tree, lambda node: role(node, tree) == Role.ASIDE).read(tree.root))


def page(tree: Tree) -> tuple[list[Block], date | None]:
    """The blocks of the article on a page, and its date."""
    article, told = pages.article_part(tree), pages.said(tree)
    found = [_fitting(block) for block in Flow(tree, article.skips, headline=True).read(article.outer)]
    headlines = _headlines(tree, found, told)
    used = {block.starts[0] for block in headlines}
    head, rest = list(headlines), []
    before = [block for block in found if block.starts[0] < article.core.start and _is_paragraph(block)]
    for block in found:
        outside = not article.core.start <= block.starts[0] < article.core.end
        known = any(other.kind == block.kind and other.text == block.text for other in head)
        if block.starts[0] in used or (_LEADS_ELSEWHERE.match(block.text) and len(block.text) < 200):
            continue
        if block.starts[0] >= article.core.end and block.kind != BlockKind.CORRECTION:
            continue
        if block.kind in (BlockKind.DEK, BlockKind.BYLINE):
            head += [block] if _NAMED.match(block.text) and not known else []
        elif outside and block.kind in _RUNNING:
            if (block.text in told.descriptions or before == [block]) and len(block.text) < _LONGEST[BlockKind.DEK]:
                head.append(replace(block, kind=BlockKind.DEK))
            elif block in before:
                rest.append(block)
        else:
            rest.append(block)
    dated = _date(told.dates)
    head += [dated[0]] if dated else []
    head.sort(key=lambda block: _ORDER.index(block.kind))
    while rest and rest[-1].kind == BlockKind.SUBHEAD:
        rest.pop()
    return head + _distinct(rest), dated[1] if dated else None


def _is_paragraph(block: Block) -> bool:
    return block.kind in (BlockKind.BODY, BlockKind.QUOTE) and len(block.text) > 60 and block.text[-1] in '.!?…"”’'


def _fitting(block: Block) -> Block:
    """A block that is longer than what its class names call it is running text."""
    return replace(block, kind=BlockKind.BODY) if len(block.text) > _LONGEST.get(block.kind, len(block.text)) else block


def _headlines(tree: Tree, found: Sequence[Block], told: pages.Said) -> list[Block]:
    """The headline on the page, then those of its head that say something else."""
    given = [block for traced in told.headlines if (block := traced.block(BlockKind.HEADLINE)) is not None]
    words = [_words(block.text) for block in given]
    tops = [block for block in found if block.kind == BlockKind.SUBHEAD and block.level == 1]
    tops = tops or [b for n in tree.root.walk() if n.tag == "h1" and (b := tree.traced(n).block(BlockKind.HEADLINE))]
    tops.sort(key=lambda block: -max((_alike(_words(block.text), other) for other in words), default=0))
    headlines = [replace(block, kind=BlockKind.HEADLINE, level=1) for block in tops[:1]]
    for block in given:
        short = _without_site(block, [other.text for other in headlines + given if other is not block])
        if short is not None and not any(_same(short.text, other.text) for other in headlines):
            headlines.append(short)
    return headlines


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _alike(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / max(1, len(some | others))


def _same(text: str, other: str) -> bool:
    """Whether a headline is another one, or the beginning of it."""
    short, long = sorted((re.sub(r"\W+", " ", text).strip().lower() for text in (text, other)), key=len)
    return short == long or (text.endswith(("…", "...")) and long.startswith(short))


_NAMED = lazy(r"(?=.*[^\W\d_]{3})(?!\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Read)\w*\.?\b)")
_SITE = lazy(r"\s+[|\-–—•·»:]+\s+(?P<site>[^|–—•·»]{2,60})$")


def _without_site(block: Block, others: Sequence[str]) -> Block | None:
    """A title without the site's name behind it: "... | Example News"."""
    while match := _SITE.search(block.text):
        name = match["site"]
        if len(name.split()) > 5 or any(name.lower() in other.lower() and "|" not in other for other in others):
            break
        shorter = part(block, 0, match.start(), block.kind)
        if shorter is None:
            break
        block = shorter
    return block


def _date(candidates: Sequence[Traced]) -> tuple[Block, date] | None:
    """The first date of publication that can be read."""
    for traced in candidates:
        when, block = written_date(traced.text()), traced.block(BlockKind.DATE)
        if when is not None and block is not None:
            return block, when
    return None


def _distinct(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without alternative texts and captions that say again what another one said."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if block.kind in (BlockKind.ALT, BlockKind.CAPTION):
            if block.text in seen:
                continue
            seen.add(block.text)
        kept.append(block)
    return kept
