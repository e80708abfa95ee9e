"""What the paragraph styles of a DOCX say: headline, subhead, caption, quotation, list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from checker.model import BlockKind
from checker.patterns import lazy
from checker.reading.classes import Role, told_by
from checker.reading.markup import Node, Tree

_NAMES = {
    "title": BlockKind.HEADLINE,
    "headline": BlockKind.HEADLINE,
    "heading1": BlockKind.HEADLINE,
    "subtitle": BlockKind.DEK,
    "quote": BlockKind.QUOTE,
    "quotations": BlockKind.QUOTE,
    "intensequote": BlockKind.QUOTE,
    "blocktext": BlockKind.QUOTE,
    "date": BlockKind.DATE,
}
_ROLES = {
    Role.CORRECTION: BlockKind.CORRECTION,
    Role.PULL_QUOTE: BlockKind.PULL_QUOTE,
    Role.FACT_BOX: BlockKind.FACT_BOX,
    Role.CAPTION: BlockKind.CAPTION,
    Role.DEK: BlockKind.DEK,
    Role.BYLINE: BlockKind.BYLINE,
    Role.DATELINE: BlockKind.DATELINE,
}
_HEADING = lazy(r"heading([1-9])")
_LIST = lazy(r"list(?:bullet|number|paragraph)?\d?")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph's style tells: its kind where it tells one, and the list it belongs to ("" for none)."""

    kind: BlockKind | None = None
    level: int = 0
    list: str = ""
    depth: int = 0
    ordered: bool = False


def named(name: str) -> Style:
    """What a style's name tells: "Heading 2", "Standfirst", "Fact box"."""
    plain = re.sub(r"[\W_]+", "", name).lower()
    heading = _HEADING.fullmatch(plain)
    if heading and heading[1] != "1":
        return Style(BlockKind.SUBHEAD, int(heading[1]))
    kind = _NAMES.get(plain) or _ROLES.get(told_by("-".join(name.split())).role)
    return Style(kind, 1 if heading else 0)


class Styles:
    """The styles and numberings of a document, from its ``styles.xml`` and ``numbering.xml``."""

    def __init__(self, styles: Tree | None, numbering: Tree | None) -> None:
        self._names: dict[str, str] = {}  # style identifier -> its name, and that of the style it is based on
        self._bases: dict[str, str] = {}
        self._numbers: dict[str, str] = {}  # style identifier -> the list that its paragraphs belong to
        self._bullets: set[str] = set()  # lists without numbers
        for node in styles.root.walk() if styles is not None else ():
            if node.tag == "style" and styles is not None:
                name, base, number = (node.find(tag) for tag in ("name", "basedOn", "numId"))
                key = styles.value(node, "w:styleId")
                self._names[key] = styles.value(name, "w:val") if name is not None else key
                self._bases[key] = styles.value(base, "w:val") if base is not None else ""
                self._numbers[key] = styles.value(number, "w:val") if number is not None else ""
        if numbering is not None:
            self._bullets = _bullets(numbering)

    def of(self, tree: Tree, paragraph: Node) -> Style:
        """The style of a paragraph."""
        properties = next((node for node in paragraph.elements() if node.tag == "pPr"), None)
        if properties is None:
            return Style()
        found = {node.tag: node for node in properties.elements()}
        key = tree.value(found["pStyle"], "w:val") if "pStyle" in found else ""
        style, number = self._told(key)
        depth = "0"
        if "numPr" in found:
            for node in found["numPr"].elements():
                value = tree.value(node, "w:val")
                number, depth = (value, depth) if node.tag == "numId" else (number, value)
        if number in ("", "0") or style.kind in (BlockKind.HEADLINE, BlockKind.SUBHEAD):
            return style
        level = int(depth) + 1 if depth.isascii() and depth.isdigit() and len(depth) < 3 else 1
        return replace(style, list=number, depth=level, ordered=number not in self._bullets)

    def _told(self, key: str) -> tuple[Style, str]:
        """What a style or those that it is based on tell, and its list."""
        found, number = Style(), ""
        for _ in range(10):
            if not key:
                break
            name = self._names.get(key, key)
            plain = re.sub(r"[\W_]+", "", name).lower()
            number = number or self._numbers.get(key, "")
            if _LIST.fullmatch(plain) and not number and plain != "listparagraph":
                number = f"style {plain}"
                if "bullet" in plain:
                    self._bullets.add(number)
            found = found if found.kind else named(name)
            key = self._bases.get(key, "")
        return found, number


def _bullets(numbering: Tree) -> set[str]:
    """The lists whose first level has bullets."""
    bulleted = set()
    for node in numbering.root.walk():
        if node.tag == "abstractNum":
            form = node.find("numFmt")
            if form is not None and numbering.value(form, "w:val") in ("bullet", "none"):
                bulleted.add(numbering.value(node, "w:abstractNumId"))
    found = set()
    for node in numbering.root.walk():
        if node.tag == "num":
            abstract = node.find("abstractNumId")
            if abstract is not None and numbering.value(abstract, "w:val") in bulleted:
                found.add(numbering.value(node, "w:numId"))
    return found
