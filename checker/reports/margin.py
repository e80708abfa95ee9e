"""Comments in the margin of a DOCX: the file's own XML with insertions, so that nothing else in it changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from checker.model import CheckerError
from checker.reading.docx import Piece, Word, word
from checker.reading.markup import Node, Text, Tree

AUTHOR, INITIALS = "Checker", "C"
_STRICT = "http://purl.oclc.org/ooxml"
_WORD = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", f"{_STRICT}/wordprocessingml/main")
_RELATED = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    f"{_STRICT}/officeDocument/relationships",
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIPS = '<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment at ``document.source[start:end]``, paragraph by paragraph."""

    start: int
    end: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place in the XML where a comment begins or ends: between runs, or in one that is cut in two there."""

    at: int
    run: Node | None = None  # the run to cut
    text: Node | None = None  # and the text in it


def annotated(data: bytes, path: str, comments: Sequence[Comment]) -> bytes:
    """The DOCX in `data` with comments.  Errors: ``CheckerError`` where it is none."""
    found = word(data, path)
    tree = found.trees[found.main]
    root = next(tree.root.elements())
    prefix = _prefix(tree, root)
    package = _Package(found)
    first = package.next_id()
    marks: dict[_Cut, tuple[list[str], list[str]]] = {}  # what ends there, then what begins there
    for number, comment in enumerate(comments, first):
        start, end = _range(found, tree, comment)
        closing = f'<{prefix}commentRangeEnd {prefix}id="{number}"/><{prefix}r><{prefix}commentReference {prefix}id="{number}"/></{prefix}r>'
        marks.setdefault(end, ([], []))[0].append(closing)
        marks.setdefault(start, ([], []))[1].append(f'<{prefix}commentRangeStart {prefix}id="{number}"/>')
    insertions = [_insertion(tree, cut, "".join([*ends, *starts]), prefix) for cut, (ends, starts) in marks.items()]
    kept = {cut.text.start: cut.text for cut in marks if cut.text is not None}
    insertions += [
        (_tag_end(node), ' xml:space="preserve"') for node in kept.values() if "xml:space" not in node.attributes
    ]
    package.replace(found.main, _inserted(tree.source, insertions))
    package.add_comments(comments, first, root.space == _WORD[1])
    return package.written()


# -------------------------------------------------------------------------------------------------------------- places


def _range(found: Word, tree: Tree, comment: Comment) -> tuple[_Cut, _Cut]:
    """Where a comment begins and ends in the main part."""
    pieces = [piece for piece in found.pieces if piece.start < comment.end and comment.start < piece.end]
    here = [
        piece for piece in pieces if piece.part == found.main and _frame(piece.run) is None and not _is_raw(piece.node)
    ]
    if here:
        return _before(here[0], max(0, comment.start - here[0].start)), _behind(here[-1], comment.end - here[-1].start)
    run = _stand_in(found, tree, pieces)
    return _Cut(run.start), _Cut(run.end)


def _stand_in(found: Word, tree: Tree, pieces: Sequence[Piece]) -> Node:
    """The run at which a comment stands that may not stand in its place: a text box, a footnote, a property."""
    for piece in pieces:
        if piece.part == found.main:
            return _frame(piece.run) or piece.run
        note = piece.run
        while note.parent is not None and note.tag not in ("footnote", "endnote"):
            note = note.parent
        number = found.trees[piece.part].value(note, "w:id")
        for node in tree.root.walk():
            if node.tag == f"{note.tag}Reference" and tree.value(node, "w:id") == number and node.parent is not None:
                return node.parent
    for piece in found.pieces:
        if piece.part == found.main:
            return _frame(piece.run) or piece.run
    raise CheckerError(f"{found.archive.path}: has no text in which a comment could stand")


def _frame(run: Node) -> Node | None:
    """The run that a text box around a run hangs on."""
    found, above, boxed = None, run.parent, False
    while above is not None:
        boxed |= above.tag == "txbxContent"
        if boxed and above.tag == "r":
            found = above
        above = above.parent
    return found


def _is_raw(node: Node) -> bool:
    return any(isinstance(child, Text) and child.raw for child in node.children)


def _before(piece: Piece, character: int) -> _Cut:
    if character > 0:
        return _Cut(piece.offsets[character], piece.run, piece.node)
    shown = [child for child in piece.run.elements() if child.tag != "rPr"]
    return _Cut(piece.run.start) if shown[0] is piece.node else _Cut(piece.node.start, piece.run)


def _behind(piece: Piece, character: int) -> _Cut:
    if character < piece.end - piece.start:
        return _Cut(piece.offsets[character], piece.run, piece.node)
    *_, last = piece.run.elements()
    return _Cut(piece.run.end) if last is piece.node else _Cut(piece.node.end, piece.run)


# ----------------------------------------------------------------------------------------------------------- insertions


def _insertion(tree: Tree, cut: _Cut, marks: str, prefix: str) -> tuple[int, str]:
    """What is put at a cut: the marks, and around them the end of the run and its beginning anew."""
    if cut.run is None:
        return cut.at, marks
    source = tree.source
    properties = "".join(source[node.start : node.end] for node in cut.run.elements() if node.tag == "rPr")
    opening = source[cut.run.start : _tag_end(cut.run) + 1] + properties
    if cut.text is None:
        return cut.at, f"</{prefix}r>{marks}{opening}"
    return cut.at, f'</{prefix}t></{prefix}r>{marks}{opening}<{prefix}t xml:space="preserve">'


def _tag_end(node: Node) -> int:
    """Where the ">" of a start tag stands that something follows."""
    return node.children[0].start - 1


def _inserted(source: str, insertions: Sequence[tuple[int, str]]) -> str:
    pieces, at = [], 0
    for place, text in sorted(insertions, key=lambda insertion: insertion[0]):
        pieces += [source[at:place], text]
        at = place
    return "".join([*pieces, source[at:]])


def _prefix(tree: Tree, root: Node) -> str:
    """What stands before the names of Word's elements, "w:" as a rule."""
    for name, (start, end) in root.attributes.items():
        if name.startswith("xmlns") and tree.source[start:end] in _WORD:
            return f"{name[6:]}:" if name[6:] else ""
    return "w:"


# -------------------------------------------------------------------------------------------------------------- package


class _Package:
    """The parts of a DOCX with some of them replaced or added."""

    def __init__(self, found: Word) -> None:
        self.found = found
        self.archive = found.archive
        self.folder = found.main.rpartition("/")[0]
        self.texts: dict[str, bytes] = {}
        self.links = f"{self.folder}/_rels/{found.main.rpartition('/')[2]}.rels"
        links = self.archive.xml(self.links)
        targets = [
            links.value(node, "Target")
            for node in (links.root.walk() if links else ())
            if links is not None and links.value(node, "Type").endswith("/comments")
        ]
        self.comments = (
            (targets[0].lstrip("/") if targets[0].startswith("/") else f"{self.folder}/{targets[0]}") if targets else ""
        )

    def replace(self, name: str, text: str) -> None:
        """A part with other text, in the encoding that it had."""
        old = self.archive.bytes(name)
        marks = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
        self.texts[name] = text.encode(next((encoding for mark, encoding in marks if old.startswith(mark)), "utf-8"))

    def next_id(self) -> int:
        """The first number that no comment has yet."""
        tree = self.archive.xml(self.comments) if self.comments else None
        numbers = [tree.value(node, "w:id") for node in tree.root.walk() if node.tag == "comment"] if tree else []
        return 1 + max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=-1)

    def add_comments(self, comments: Sequence[Comment], first: int, strict: bool) -> None:
        tree = self.archive.xml(self.comments) if self.comments else None
        prefix = _prefix(tree, next(tree.root.elements())) if tree else "w:"
        written = "".join(_comment(comment, number, prefix) for number, comment in enumerate(comments, first))
        if tree is not None:
            root = next(tree.root.elements())
            end = tree.source.rfind("</", root.start, root.end)
            self.replace(self.comments, tree.source[:end] + written + tree.source[end:])
            return
        self.comments = f"{self.folder}/comments.xml"
        self.texts[self.comments] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{_WORD[strict]}">{written}</w:comments>'
        ).encode()
        override = f'<Override PartName="/{self.comments}" ContentType="{_TYPE}"/>'
        self._append("[Content_Types].xml", "", override)
        used = self.archive.xml(self.links)
        names = {used.value(node, "Id") for node in used.root.walk()} if used else set()
        name = next(
            f"rIdComments{number}" for number in range(1, len(names) + 2) if f"rIdComments{number}" not in names
        )
        link = f'<Relationship Id="{name}" Type="{_RELATED[strict]}/comments" Target="comments.xml"/>'
        self._append(self.links, _RELATIONSHIPS, link)

    def _append(self, name: str, empty: str, element: str) -> None:
        """An element at the end of a part's root."""
        tree = self.archive.xml(name)
        source = tree.source if tree is not None else empty
        end = source.rfind("</")
        if end < 0:  # a root without content: <Relationships .../>
            source = re.sub(r"<(\w+)([^<>]*?)/>\s*$", r"<\1\2></\1>", source)
            end = source.rfind("</")
        text = source[:end] + element + source[end:]
        if tree is None:
            self.texts[name] = text.encode()
        else:
            self.replace(name, text)

    def written(self) -> bytes:
        """The archive: every part as it was but those that have changed."""
        target = BytesIO()
        with ZipFile(target, "w") as file:
            for name, info in self.archive.parts.items():
                copy = ZipInfo(name, info.date_time)
                copy.compress_type, copy.external_attr = info.compress_type, info.external_attr
                file.writestr(copy, self.texts.pop(name) if name in self.texts else self.archive.bytes(name))
            stamp = self.archive.parts[self.found.main].date_time
            for name, text in self.texts.items():
                info = ZipInfo(name, stamp)
                info.compress_type = ZIP_DEFLATED
                file.writestr(info, text)
        return target.getvalue()


def _comment(comment: Comment, number: int, prefix: str) -> str:
    paragraphs = "".join(
        f'<{prefix}p><{prefix}r><{prefix}t xml:space="preserve">{escape(_allowed(text), quote=False)}</{prefix}t></{prefix}r></{prefix}p>'
        for text in comment.paragraphs
    )
    return f'<{prefix}comment {prefix}id="{number}" {prefix}author="{AUTHOR}" {prefix}initials="{INITIALS}">{paragraphs}</{prefix}comment>'


def _allowed(text: str) -> str:
    """Text without the characters that XML may not hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
