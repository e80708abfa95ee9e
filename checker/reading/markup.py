"""HTML and XML as a tree in which every element, attribute and run of text knows its place in the source.

``parsing`` makes it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from checker.model import Block
from checker.patterns import lazy
from checker.reading.spans import Traced

_ENTITY = lazy(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)|\r\n?")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text, ``source[start:end]``; `raw` where nothing in it is an entity (CDATA, a script)."""

    start: int
    end: int
    raw: bool = False


@dataclass(eq=False, slots=True)
class Node:
    """An element, ``source[start:end]``.  In HTML the tag is in lower case; in XML without prefix, its namespace beside it."""

    tag: str
    start: int
    end: int = -1
    space: str = ""
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)  # where each value stands; XML: with prefix
    children: list[Node | Text] = field(default_factory=list)
    parent: Node | None = None
    number: int = 1  # XML: among its parent's elements of this tag

    def elements(self) -> Iterator[Node]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in the order of the source."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def find(self, *tags: str) -> Node | None:
        """The first element below with one of these tags."""
        return next((node for node in self.walk() if node.tag in tags and node is not self), None)

    def path(self) -> str:
        """Its XPath: "/nitf/body/body.content/p[3]"."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None and node.tag:
            above, tag = node.parent, node.tag
            several = node.number > 1 or (
                above and any(other.tag == tag and other.number == 2 for other in above.elements())
            )
            steps.append(f"/{tag}[{node.number}]" if several else f"/{tag}")
            node = node.parent
        return "".join(reversed(steps))


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed source; its `root` has no tag and holds all that stands at the top."""

    source: str
    root: Node

    def holder(self, block: Block) -> Node:
        """The innermost element that holds a whole block."""
        node = self.root
        while True:
            at = bisect_right(node.children, block.starts[0], key=lambda child: child.start) - 1
            child = node.children[at] if at >= 0 else None
            if not isinstance(child, Node) or not child.start <= block.starts[0] < block.ends[-1] <= child.end:
                return node
            node = child

    def value(self, node: Node, *names: str) -> str:
        """The value of the first of these attributes that the element has, entities resolved; "" without one."""
        for name in names:
            if name in node.attributes:
                return unescape(self.source[slice(*node.attributes[name])])
        return ""

    def attribute(self, node: Node, name: str) -> Traced:
        """The value of an attribute with its places."""
        start, end = node.attributes.get(name, (0, 0))
        return resolved(self.source, Text(start, end))

    def traced(self, node: Node) -> Traced:
        """All text below an element with its places."""
        text = Traced()
        waiting: list[Node | Text] = [node]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Text):
                text.extend(resolved(self.source, item))
            else:
                waiting.extend(reversed(item.children))
        return text

    def text(self, node: Node) -> str:
        """All text below an element, white space folded."""
        return " ".join(self.traced(node).text().split())


def resolved(source: str, text: Text) -> Traced:
    """The characters of a run of text, entities resolved."""
    traced = Traced()
    at = text.start
    if not text.raw:
        for match in _ENTITY.finditer(source, text.start, text.end):
            character = "\n" if match[0][0] == "\r" else unescape(match[0])
            if character != match[0]:
                traced.copy(source, at, match.start())
                traced.put(character, match.start(), match.end())
                at = match.end()
    traced.copy(source, at, text.end)
    return traced
