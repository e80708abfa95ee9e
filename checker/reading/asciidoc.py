"""AsciiDoc: header, sections, paragraphs, lists, tables, blocks; nothing is included, no macro carried out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from checker.model import Block, BlockKind, Cell, CheckerError, Document
from checker.patterns import lazy
from checker.reading import frontmatter
from checker.reading.assembling import document
from checker.reading.classes import told_by
from checker.reading.datelines import written_date
from checker.reading.lightmarkup import Line, lines, shown, traced
from checker.reading.shortcodes import KINDS
from checker.reading.spans import Traced

NAME = "asciidoc"
SUFFIXES = (".adoc", ".asciidoc", ".asc")
MEDIA_TYPES = ("text/asciidoc",)
BINARY = False

DEEPEST = 40
_SECTION = lazy(r"(?P<signs>={1,6}|#{1,6})\s+(?=\S)")
_SKIPPED = lazy(r"//(?!/)|\+\s*$|:!?[\w-]+!?:(?:\s|$)")  # comments, continuations, attributes
_ATTRIBUTE = lazy(r":(?P<name>!?[\w-]+!?):(?:\s+|$)")
_BLOCK_ATTRIBUTES = lazy(r"\[(?P<style>[^\[\]]*)\]\s*$")
_TITLE = lazy(r"\.(?=[^\s.])")
_DELIMITER = lazy(r"(?P<sign>-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|/{4,}|\+{4,}|--|```\w*|[|,:!]===)\s*$")
_ITEM = lazy(
    r"\s*(?:(?P<bullet>\*{1,5}|-)|(?P<number>\.{1,5}|\d{1,3}\.|[a-z]\.))\s+(?=\S)|(?P<term>\S[^\n]{0,200}?)(?:::|;;)(?:\s+|$)"
)
_ADMONITION = lazy(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")
_MACRO = lazy(
    r"(?P<name>image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::(?P<target>[^\[\]\n]*)\[(?P<text>[^\]\n]*)\]\s*$"
)
_REVISION = lazy(r"(?:v?\d[\w.]*,\s*)?(?P<date>(?:\d{4}-\d\d-\d\d|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}))")
_AUTHOR = lazy(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}(?: <[^<>]*>)?(?:; .*)?$")
_UNREAD = ("-", ".", "/", "+", "`")
_INLINE = lazy(
    r"\\(?P<keep0>[*_`#^~\[{<+])"
    r"|\+\+\+(?P<raw0>[^\n]{0,400}?)\+\+\+|`\+(?P<raw1>[^`\n]{1,400}?)\+`"
    r"|footnote(?:ref)?:(?:\w+)?\[(?P<note>[^\[\]]{0,2000})\]"
    r"|image:[^\s\[\]:]{1,300}\[[^\]]{0,300}\]"
    r"|(?:link:|xref:|mailto:|https?://|ftp://)[^\s\[\]<>]{1,400}\[(?P<keep1>[^\]\n,^]{0,400})[^\]\n]{0,200}\]"
    r"|<<[^<>,\n]{1,200}(?:,\s*(?P<keep2>[^<>\n]{1,200}))?>>"
    r"|(?:\[[^\[\]\n]{0,80}\])?(?:"
    r"\*\*(?P<keep3>[^*\n]{1,600}?)\*\*|__(?P<keep4>[^_\n]{1,600}?)__|``(?P<keep5>[^`\n]{1,600}?)``|##(?P<keep6>[^#\n]{1,600}?)##"
    r"|(?<![\w*])\*(?=\S)(?P<keep7>[^*]{1,600}?)(?<=\S)\*(?!\w)|(?<![\w_])_(?=\S)(?P<keep8>[^_]{1,600}?)(?<=\S)_(?!\w)"
    r"|(?<![\w`\"'])`(?=\S)(?P<keep9>[^`]{1,600}?)(?<=\S)`(?![\w\"'])|(?<![\w#])#(?=\S)(?P<keep10>[^#]{1,600}?)(?<=\S)#(?!\w))"
    r"|\^(?P<keep11>[^\s^]{1,40})\^|~(?P<keep12>[^\s~]{1,40})~"
    r"|(?P<keep13>[\"'])`(?=\S)|(?<=\S)`(?P<keep14>[\"'])"
    r"|[ \t]\+(?=\n|$)|\{(?:empty|zwsp)\}"
)


def recognises(source: str) -> bool:
    """Never: its marks may be those of any text."""
    return False


def read(source: str, path: str) -> tuple[Document, ...]:
    """The article.  Errors: ``CheckerError`` where it would include another file, or is nested too deep."""
    matter = frontmatter.read(source, path)
    reader = _Reader(source, path, list(matter.blocks) if matter else [], matter.date if matter else None)
    some = lines(source, matter.end if matter else 0)
    reader.body(some[reader.header(some) :])
    notes = [block for note in reader.notes if (block := note.block(BlockKind.BODY)) is not None]
    return (document(path, source, [*reader.blocks, *notes], reader.when),)


@dataclass
class _Reader:
    source: str
    path: str
    blocks: list[Block] = field(default_factory=list)
    when: date | None = None
    notes: list[Traced] = field(default_factory=list)
    groups: int = 0

    def add(
        self,
        some: Sequence[Line] | Traced,
        kind: BlockKind,
        group: int = -1,
        level: int = 0,
        ordered: bool = False,
        cell: Cell | None = None,
    ) -> None:
        text = some if isinstance(some, Traced) else traced(self.source, some)
        block = shown(text, _INLINE, self.notes).block(kind, group, level, ordered, cell)
        if block is not None:
            self.blocks.append(block)

    def dated(self, line: Line, start: int, end: int) -> None:
        text = traced(self.source, [Line(line.start + start, line.start + end, line.text[start:end], 0)])
        when = written_date(text.text()) if self.when is None else None
        block = text.block(BlockKind.DATE) if when else None
        if when and block is not None:
            self.when = when
            self.blocks.append(block)

    # ------------------------------------------------------------------------------------------------------ header

    def header(self, some: Sequence[Line]) -> int:
        """Behind the title with author, revision and attributes.  What is included there are attributes, no text."""
        at = 0
        while at < len(some) and (some[at].blank or some[at].text.startswith("//") or _ATTRIBUTE.match(some[at].text)):
            self.attribute(some[at])
            at += 1
        title = _SECTION.match(some[at].text) if at < len(some) else None
        if title is None or len(title["signs"]) > 1:
            return at
        kinds = [block.kind for block in self.blocks]
        self.add(
            [some[at].cut(title.end())],
            BlockKind.SUBHEAD if BlockKind.HEADLINE in kinds else BlockKind.HEADLINE,
            level=1,
        )
        at += 1
        first = at
        while at < len(some) and not some[at].blank:
            line = some[at]
            if _ATTRIBUTE.match(line.text):
                self.attribute(line)
            elif at == first and _AUTHOR.match(line.text):
                self.add([Line(line.start, line.end, line.text, 0)], BlockKind.BYLINE)
            elif at <= first + 1 and (found := _REVISION.match(line.text)):
                self.dated(line, *found.span("date"))
            elif not line.text.startswith("//") and not _MACRO.match(line.text):
                break
            at += 1
        return at

    def attribute(self, line: Line) -> None:
        found = _ATTRIBUTE.match(line.text)
        if found is None:
            return
        name = found["name"].lower()
        if name in ("date", "revdate", "published", "docdate"):
            self.dated(line, found.end(), len(line.text))
        elif name in ("description", "standfirst", "subtitle", "summary"):
            self.add([line.cut(found.end())], BlockKind.DEK)
        elif name in ("author", "byline"):
            self.add([line.cut(found.end())], BlockKind.BYLINE)

    # -------------------------------------------------------------------------------------------------------- body

    def body(self, some: Sequence[Line], kind: BlockKind = BlockKind.BODY, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise CheckerError(f"{self.path}:{self.number(some[0])}: is nested more than {DEEPEST} deep")
        at, style, title = 0, "", None
        while at < len(some):
            line = some[at]
            text = line.text
            if line.blank or _SKIPPED.match(text):
                at += 1
            elif found := _BLOCK_ATTRIBUTES.match(text):
                style, at = found["style"] or style, at + 1
            elif _TITLE.match(text) and at + 1 < len(some) and not some[at + 1].blank:
                title, at = line.cut(1), at + 1
            else:
                at = self.block(some, at, style, title, kind, depth)
                style, title = "", None

    def number(self, line: Line) -> int:
        return len(re.findall(r"\r\n?|\n", self.source[: line.start])) + 1

    def block(self, some: Sequence[Line], at: int, style: str, title: Line | None, kind: BlockKind, depth: int) -> int:
        """Behind one block with its style ("quote, Ann Bell") and title."""
        line = some[at]
        kind = _styled(style) or kind
        if found := _MACRO.match(line.text):
            self.macro(found, line, title)
            return at + 1
        if title is not None:
            self.add([title], BlockKind.CAPTION if line.text.startswith("|===") else BlockKind.SUBHEAD, level=6)
        if found := _DELIMITER.match(line.text):
            sign = found["sign"]
            closing = "```" if sign[0] == "`" else sign
            end = next((i for i in range(at + 1, len(some)) if some[i].text.rstrip() == closing), len(some))
            if sign[0] in "|,:!":
                self.table(some[at + 1 : end], sign[0], "header" in style)
            elif sign == "--" or sign[0] not in _UNREAD:
                inner = {"*": BlockKind.FACT_BOX, "_": BlockKind.QUOTE}.get(sign[0], kind)
                self.body(some[at + 1 : end], _styled(style) or inner, depth + 1)
            return end + 1
        if found := _SECTION.match(line.text):
            self.add([line.cut(found.end())], BlockKind.SUBHEAD, level=len(found["signs"]))
            return at + 1
        if _ITEM.match(line.text):
            return self.items(some, at)
        end = next(
            (i for i in range(at, len(some)) if some[i].blank or (i > at and _DELIMITER.match(some[i].text))), len(some)
        )
        if line.indent and not style:  # a literal paragraph
            return end
        admonition = _ADMONITION.match(line.text)
        first = line.cut(admonition.end()) if admonition else line
        self.add([first, *some[at + 1 : end]], BlockKind.FACT_BOX if admonition else kind)
        return end

    def macro(self, found: re.Match[str], line: Line, title: Line | None) -> None:
        if found["name"] == "include":
            raise CheckerError(
                f"{self.path}:{self.number(line)}: includes {found['target']!r}, and no other file is read; put the text in"
            )
        if found["name"] == "image":
            if title is not None:
                self.add([title], BlockKind.CAPTION)
            said = re.match(r"\"(?P<quoted>[^\"]*)\"|(?P<bare>[^,=\]]+)(?=,|$)", found["text"])
            if said:
                start, end = said.span("quoted" if said["quoted"] is not None else "bare")
                start, end = start + found.start("text"), end + found.start("text")
                self.add([Line(line.start + start, line.start + end, line.text[start:end], 0)], BlockKind.ALT)

    def items(self, some: Sequence[Line], at: int) -> int:
        """Behind a list: its items follow each other, blank lines may stand between them."""
        open_lists: list[tuple[str, int]] = []  # the sign of every level and its group
        while at < len(some) and (mark := _ITEM.match(some[at].text)):
            sign = re.sub(r"\d+|[a-z]", "1", mark["bullet"] or mark["number"] or "::")
            known = next((i for i, (other, _) in enumerate(open_lists) if other == sign), None)
            if known is None:
                self.groups += 1
                open_lists.append((sign, self.groups))
            else:
                del open_lists[known + 1 :]
            level, group = len(open_lists), open_lists[-1][1]
            if mark["term"]:
                term = _part(some[at], *mark.span("term"))
                self.add([term], BlockKind.LIST_ITEM, group, level)
            end = next((i for i in range(at + 1, len(some)) if _ends_item(some[i])), len(some))
            text = [some[at].cut(mark.end()), *some[at + 1 : end]]
            self.add(text, BlockKind.LIST_ITEM, group, level, bool(mark["number"]))
            at = end
            following = next((i for i in range(at, len(some)) if not some[i].blank), len(some))
            at = following if following < len(some) and _ITEM.match(some[following].text) else at
        return at

    def table(self, some: Sequence[Line], sign: str, headed: bool) -> None:
        """The cells of a table: each begins with the sign; a first row on one line and a blank line after it is the head."""
        self.groups += 1
        separator = {"|": r"(?<!\\)\|", "!": r"(?<!\\)!", ",": ",", ":": ":"}[sign]
        filled = [line for line in some if not line.blank and not line.text.startswith("//")]
        if not filled:
            return
        width = max(1, len(re.findall(separator, filled[0].text)) + (sign in ",:"))
        head = headed or (len(some) > 1 and some[0] is filled[0] and some[1].blank)
        cells: list[list[Line]] = []
        for line in filled:
            starts = [match.end() for match in re.finditer(separator, line.text)]
            cuts = [match.start() for match in re.finditer(separator, line.text)]
            if sign in ",:":
                starts, cuts = [0, *starts], [*cuts, len(line.text)]
            else:
                if cells and (not cuts or line.text[: cuts[0]].strip()):
                    cells[-1].append(_part(line, 0, cuts[0] if cuts else len(line.text)))
                cuts = [*cuts[1:], len(line.text)]
            cells += [[_part(line, start, end)] for start, end in zip(starts, cuts, strict=False)]
        for number, cell in enumerate(cells):
            row, column = divmod(number, width)
            place = Cell(row if head else row + 1, column, head and row == 0)
            self.add(cell, BlockKind.TABLE_CELL, self.groups, cell=place)


def _ends_item(line: Line) -> bool:
    return line.blank or line.text.strip() == "+" or bool(_ITEM.match(line.text) or _DELIMITER.match(line.text))


def _part(line: Line, start: int, end: int) -> Line:
    return Line(line.start + start, line.start + max(start, end), line.text[start:end], 0)


def _styled(style: str) -> BlockKind | None:
    """What the attributes before a block make of it: "quote", "NOTE", ".pull-quote", "role=correction"."""
    first = style.split(",")[0].strip().lower()
    if first in ("quote", "verse"):
        return BlockKind.QUOTE
    if first in ("note", "tip", "important", "warning", "caution", "sidebar"):
        return BlockKind.FACT_BOX
    return KINDS.get(told_by(" ".join(re.findall(r"[\w-]+", style))).role)
