"""Articles inside other texts: the strings of JSON, the content of XML, put together block by block."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from checker.model import Block, BlockKind, Document, Origin
from checker.patterns import lazy
from checker.reading import plain
from checker.reading.assembling import document
from checker.reading.classes import Role, role
from checker.reading.datelines import written_date
from checker.reading.flow import Flow
from checker.reading.markup import Node, Tree
from checker.reading.parsing import parse
from checker.reading.spans import Traced, through

_TOLD_TWICE = (BlockKind.HEADLINE, BlockKind.DEK)
_MARKUP = lazy(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*\b[^<>]*|!--)>|&(?:amp|lt|gt|nbsp|quot|#\d+);")
_BLOCK = lazy(r"<(?:p|div|h[1-6]|ul|ol|table|figure|blockquote|section)\b|<!-- wp:", re.IGNORECASE)
_CAPTION = lazy(r"\[(?P<tag>/caption|caption\s[^\[\]]*)\]")  # WordPress
_SHORTCODE = lazy(r"\[/?[a-z][\w-]*(?:\s+[\w-]+=[^\[\]]*)?/?\]")


@dataclass
class Article:
    """An article as it grows from pieces of a source."""

    source: str
    path: str
    address: str = ""
    place: str = ""
    when: date | None = None
    blocks: list[Block] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    def has(self, kind: BlockKind) -> bool:
        return any(block.kind == kind for block in self.blocks)

    def add(self, block: Block | None, pointer: str = "") -> None:
        """A block, with the place in the file's own terms.

        A headline or standfirst that says again what one said is left out.
        """
        if block is None:
            return
        if block.kind in _TOLD_TWICE and any(block.text == other.text for other in self.blocks):
            return
        self.blocks.append(block)
        if pointer:
            self.origins.append(Origin(block.starts[0], block.ends[-1], pointer))

    def line(self, text: Traced, kind: BlockKind, pointer: str = "", plain: bool = False) -> None:
        """One block of a text that may hold inline markup, unless it is said to be `plain`."""
        content = text.text()
        if not plain and _MARKUP.search(content):
            tree = parse(content)
            inner = tree.traced(tree.root).block(kind)
            self.add(through(inner, text) if inner is not None else None, pointer)
        else:
            self.add(text.block(kind), pointer)

    def dated(self, text: Traced, pointer: str = "") -> None:
        """The date of publication, where none was found before."""
        when = written_date(text.text()) if self.when is None else None
        if when is not None:
            self.when = when
            self.add(text.block(BlockKind.DATE), pointer)

    def body(self, text: Traced, pointer: str = "", kind: BlockKind = BlockKind.BODY) -> None:
        """The blocks of a text in HTML, or of a plain one; `kind` is what its paragraphs are."""
        content = text.text()
        if _MARKUP.search(content):
            content = _CAPTION.sub(r"<\g<tag>>", content)
            content = _SHORTCODE.sub(_blank_shortcode(content), content)
            tree = parse(content)
            self.flow(
                tree,
                tree.root,
                lambda block: through(block, text),
                lambda block: pointer,
                kind,
                not _BLOCK.search(content),
            )
            return
        for block in plain.paragraphs(content, (BlockKind.HEADLINE, BlockKind.DEK), self._groups()):
            self.add(through(_as(block, kind), text), pointer)

    def flow(
        self,
        tree: Tree,
        node: Node,
        moved: Callable[[Block], Block],
        pointer: Callable[[Block], str],
        kind: BlockKind = BlockKind.BODY,
        blank_lines: bool = False,
    ) -> None:
        """The blocks below an element."""
        aside = lambda node: role(node, tree) == Role.ASIDE  # noqa: E731
        flow = Flow(tree, aside, self.has(BlockKind.HEADLINE), self._groups(), blank_lines)
        headlines = {block.text for block in self.blocks if block.kind == BlockKind.HEADLINE}
        for block in flow.read(node):
            if not (block.kind == BlockKind.SUBHEAD and block.level == 1 and block.text in headlines):
                self.add(moved(_as(block, kind)), pointer(block))

    def _groups(self) -> int:
        return max((block.group for block in self.blocks), default=0)

    def finished(self) -> Document:
        origins: list[Origin] = []
        for origin in sorted(self.origins, key=lambda origin: origin.start):
            if not origins or origin.start >= origins[-1].end:
                origins.append(origin)
        return document(
            self.path,
            self.source,
            self.blocks,
            self.when,
            place=self.place,
            address=self.address,
            origins=tuple(origins),
        )


def _as(block: Block, kind: BlockKind) -> Block:
    return replace(block, kind=kind) if block.kind == BlockKind.BODY else block


def _blank_shortcode(content: str) -> Callable[[re.Match[str]], str]:
    """Blanks what is surely a shortcode: it has attributes, or is one of a pair; "[sic]" is none."""
    closed = set(re.findall(r"\[/([a-z][\w-]*)\]", content))

    def blank(match: re.Match[str]) -> str:
        name = re.match(r"\[/?([\w-]+)", match[0])
        return " " * len(match[0]) if "=" in match[0] or (name and name[1] in closed) else match[0]

    return blank
