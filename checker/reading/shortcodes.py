"""What stands in Markdown without being Markdown: shortcodes of Hugo and Jekyll, MDX, attribute lists, boxes.

All of it is blanked out, one character for one, so that what is left keeps its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.model import Block, BlockKind
from checker.patterns import lazy
from checker.reading.classes import Role, told_by
from checker.reading.spans import Traced

_LONGEST = 2000  # characters of a shortcode
_MARKS = (("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}"))
_NAME = lazy(r"[{<%]+-?\s*(?P<end>/|end)?\s*(?:include\s+)?(?P<name>[\w.-]+)")
_UNREAD = frozenset(
    ["highlight", "comment", "mermaid", "katex", "gist", "code"]
)  # what such a pair encloses is no text
_SAID = lazy(r"""\b(?P<name>caption|alt)\s*=\s*\{?\s*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)')""")
_ATTRIBUTES = lazy(r"\{:[^{}\n]*\}|(?<=[ \t])\{[#.][^{}\n]*\}(?=[ \t]*$)", re.MULTILINE)
_NOTE_SIGN = lazy(r"<sup[^<>]*>\s*<a\s[^<>]*href=[\"']?#[^<>]*>[^<>]{1,6}</a>\s*</sup>", re.IGNORECASE)
_FENCE = lazy(r"^:{3,}[ \t]*(?:\{?\.?(?P<name>[\w-]+)\}?)?.*$", re.MULTILINE)
_ALERT = lazy(r"^ {0,3}> ?(?P<sign>\[!\w+\]).*(?:\r?\n {0,3}>.*)*", re.MULTILINE)
_ASIDE = lazy(r"<(?P<end>/?)aside\b[^<>]*>", re.IGNORECASE)
_MODULE = lazy(r"^(?:import|export)\s.*$", re.MULTILINE)
_COMPONENT = lazy(r"<(?P<end>/?)(?P<name>[A-Z][\w.]*)")
_EXPRESSION = lazy(r"\{[^{}]{0,500}\}")
_BOXES = frozenset(
    "note info tip notice callout aside admonition box sidebar details important warning caution danger".split()
)
KINDS = {
    Role.FACT_BOX: BlockKind.FACT_BOX,
    Role.PULL_QUOTE: BlockKind.PULL_QUOTE,
    Role.CORRECTION: BlockKind.CORRECTION,
}


@dataclass
class Blanked:
    """A text with what is not Markdown blanked out, the captions that stood in it, and where its boxes are."""

    text: str
    captions: list[Block] = field(default_factory=list)
    boxes: list[tuple[int, int, BlockKind]] = field(default_factory=list)

    def kind(self, at: int) -> BlockKind | None:
        """The kind of the innermost box around an offset."""
        around = [(start, kind) for start, end, kind in self.boxes if start <= at < end]
        return max(around)[1] if around else None


def blank(source: str, begin: int, mdx: bool) -> Blanked:
    """A Markdown body, ``source[begin:]``, without its shortcodes; `mdx`: without imports, components and expressions."""
    found = Blanked(source)
    spans: list[tuple[int, int]] = [match.span() for match in _NOTE_SIGN.finditer(source, begin)]
    spans += [match.span() for match in _ATTRIBUTES.finditer(source, begin)]
    tags = sorted(_shortcodes(source, begin))
    if mdx:
        spans += [match.span() for match in _MODULE.finditer(source, begin)]
        tags = sorted([*tags, *_components(source, begin)])
    for start, end, _, closing in tags:
        spans.append((start, end))
        if not closing:
            found.captions += _captions(source, start, end)
    for name, outer, inner in _pairs(tags):
        if name in _UNREAD:
            spans.append(outer)
        elif kind := _kind(name):
            found.boxes.append((*inner, kind))
    fences = [(*match.span(), match["name"] or "", not match["name"]) for match in _FENCE.finditer(source, begin)]
    asides = [(*match.span(), "aside", bool(match["end"])) for match in _ASIDE.finditer(source, begin)]
    spans += [(start, end) for start, end, _, _ in fences]
    for name, _, inner in [*_pairs(fences), *_pairs(asides)]:
        found.boxes += [(*inner, kind)] if (kind := _kind(name)) else []
    for alert in _ALERT.finditer(source, begin):
        spans.append(alert.span("sign"))
        found.boxes.append((*alert.span(), BlockKind.FACT_BOX))
    found.text = _without(source, spans)
    for _ in range(3 if mdx else 0):  # expressions within expressions
        expressions = [match.span() for match in _EXPRESSION.finditer(found.text, begin)]
        found.text = _without(found.text, expressions)
    return found


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            pieces += [text[at:start], re.sub(r"[^\r\n]", " ", text[start:end])]
            at = end
    return "".join([*pieces, text[at:]])


def _shortcodes(source: str, begin: int) -> Iterator[tuple[int, int, str, bool]]:
    """Where each shortcode stands, its name, and whether it closes another one."""
    at = begin
    closings = {mark: [match.end() for match in re.finditer(re.escape(mark), source[begin:])] for _, mark in _MARKS}
    while (start := source.find("{", at)) >= 0:
        at = start + 1
        for opening, closing in _MARKS:
            if source.startswith(opening, start):
                ends = closings[closing]
                place = bisect_left(ends, start + len(opening) + len(closing) - begin)
                if place < len(ends) and begin + ends[place] - start <= _LONGEST:
                    at = begin + ends[place]
                    name = _NAME.match(source, start)
                    yield start, at, name["name"].lower() if name else "", bool(name and name["end"])
                break


def _components(source: str, begin: int) -> Iterator[tuple[int, int, str, bool]]:
    """The tags of MDX components: braces and quotation marks in them may hold what looks like an end."""
    behind = begin
    for tag in _COMPONENT.finditer(source, begin):
        if tag.start() < behind:  # in one without an end, where what looks like a tag may be anything
            continue
        depth, quote = 0, ""
        for at in range(tag.end(), min(len(source), tag.end() + _LONGEST)):
            character = source[at]
            if quote:
                quote = "" if character == quote else quote
            elif character in "\"'":
                quote = character
            elif character in "{}":
                depth += 1 if character == "{" else -1
            elif character == "<" and depth == 0:
                break
            elif character == ">" and depth == 0:
                closed = source[at - 1] == "/"
                name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", tag["name"]).lower()
                yield tag.start(), at + 1, "" if closed else name, bool(tag["end"])
                break
        else:
            behind = min(len(source), tag.end() + _LONGEST)


def _pairs(tags: list[tuple[int, int, str, bool]]) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Opening and closing tags of one name: the name, the span with the tags and the one between them.

    A closing tag without a name (":::") closes the last one that is open.
    """
    waiting: dict[str, list[tuple[int, int]]] = {}
    order: list[str] = []
    for start, end, name, closing in tags:
        if not closing and name:
            waiting.setdefault(name, []).append((start, end))
            order.append(name)
        elif closing:
            while not name and order:
                last = order.pop()
                name = last if waiting.get(last) else ""
            if waiting.get(name):
                opened = waiting[name].pop()
                yield name, (opened[0], end), (opened[1], start)


def _kind(name: str) -> BlockKind | None:
    return BlockKind.FACT_BOX if name in _BOXES else KINDS.get(told_by(name).role)


def _captions(source: str, start: int, end: int) -> Iterator[Block]:
    """What a figure's shortcode says in words: ``{{< figure src="a.jpg" caption="..." >}}``."""
    for match in _SAID.finditer(source, start, end):
        traced = Traced()
        traced.copy(source, *match.span("double" if match["double"] is not None else "single"))
        block = traced.block(BlockKind.CAPTION if match["name"] == "caption" else BlockKind.ALT)
        if block is not None:
            yield block
