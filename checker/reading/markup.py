"""HTML and XML as a tree in which every element, attribute and run of text knows its place in the source.

No library that is quick gives the offsets of text, so the few rules of the two languages that reading needs stand here:
comments, CDATA, raw text, void elements and the end tags that HTML lets out.  It is linear in the source and never
resolves anything: a document type is skipped, an entity that it defines stays as it is written, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from checker.model import CheckerError
from checker.reading.spans import TooMuch, Traced

DEEPEST = 150  # open elements; what is nested deeper in HTML is taken as lying beside
MOST_TAGS, MOST_XML_TAGS = 300_000, 1_500_000
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr basefont frame keygen".split())
_RAW = frozenset("script style xmp iframe noembed noframes textarea title".split())
_HTML_TAG = re.compile(r"<(?:(?P<end>/)?(?P<name>[A-Za-z][^\s/>]*)|[!?/])")
_NAME = re.compile(r"[^\W\d][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s=>/"'][^\s=>/]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*)))?"""
)
_REST = re.compile(r"[^>]*")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)|\r\n?")
# An element that ends by itself where one of these begins.
_BLOCKS = frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr main menu nav ol p pre search section summary table ul".split()
)
_ENDED_BY: Mapping[str, frozenset[str]] = {
    "p": _BLOCKS,
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "tr": frozenset(["tr", "tbody", "thead", "tfoot"]),
    "td": frozenset(["td", "th", "tr", "tbody", "thead", "tfoot"]),
    "th": frozenset(["td", "th", "tr", "tbody", "thead", "tfoot"]),
    "thead": frozenset(["tbody", "tfoot"]),
    "tbody": frozenset(["tbody", "tfoot"]),
    "option": frozenset(["option", "optgroup"]),
    "head": frozenset(["body"]),
}
_ENDS = {
    tag: frozenset(other for other, tags in _ENDED_BY.items() if tag in tags)
    for tag in frozenset().union(*_ENDED_BY.values())
}
_TABLE = frozenset(["table", "template", "html"])
_TABLE_PARTS = frozenset(["tr", "td", "th", "thead", "tbody", "tfoot"])
_BOUNDS = frozenset(["td", "th", "button", "object", *_TABLE])  # what an element outside is not ended from
_OWN_BOUNDS = {"li": _BOUNDS | {"ul", "ol"}, "dt": _BOUNDS | {"dl"}, "dd": _BOUNDS | {"dl"}}


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


def parse(source: str) -> Tree:
    """The tree of HTML, whatever it is like: nothing in it is an error.

    Errors: ``TooMuch`` past 300,000 tags.
    """
    return _Builder(source, MOST_TAGS).html()


def parse_xml(source: str, path: str) -> Tree:
    """The tree of XML, namespaces resolved.

    Errors: ``CheckerError`` with file and line where tags do not match, it ends too early, is nested too deep or defines
    entities; ``TooMuch`` past 1,500,000 tags.
    """
    return _Builder(source, MOST_XML_TAGS).xml(path)


class _Builder:
    def __init__(self, source: str, most: int) -> None:
        self.source = source
        self.most = most
        self.root = Node("", 0, len(source))
        self.open = [self.root]
        self.counts: dict[str, int] = {}  # how often each tag is open
        self.tags = 0
        self.numbers: list[dict[str, int]] = [{}]  # XML: of the open elements, how many children have each tag

    # ------------------------------------------------------------------------------------------------------- both

    def add(self, start: int, end: int, raw: bool = False) -> None:
        if end > start:
            self.open[-1].children.append(Text(start, end, raw))

    def start_tag(self, at: int, name: str, lower: bool) -> tuple[Node, int, bool]:
        """The element whose tag begins at `at`, where the tag ends, and whether it ends the element ("/>")."""
        source = self.source
        self.tags += 1
        if self.tags > self.most:
            raise TooMuch(f"more than {self.most:,} tags")
        node = Node(name.lower() if lower else name, at)
        place = at + 1 + len(name)
        while match := _ATTRIBUTE.match(source, place):
            key = match["name"].lower() if lower else match["name"]
            kind = match.lastgroup if match.lastgroup != "name" else None
            node.attributes.setdefault(key, match.span(kind) if kind else (match.end(), match.end()))
            place = match.end()
        rest = _REST.match(source, place)
        assert rest is not None
        end = min(rest.end() + 1, len(source))
        return node, end, source.endswith("/", place, rest.end())

    def push(self, node: Node) -> None:
        node.parent = self.open[-1]
        self.open[-1].children.append(node)
        self.open.append(node)
        self.counts[node.tag] = self.counts.get(node.tag, 0) + 1

    def pop(self, at: int) -> Node:
        node = self.open.pop()
        node.end = at
        self.counts[node.tag] -= 1
        return node

    # ------------------------------------------------------------------------------------------------------- HTML

    def html(self) -> Tree:
        source, at = self.source, 0
        size, unended = len(source), False
        while tag := _HTML_TAG.search(source, at):
            self.add(at, tag.start())
            if tag["name"] and not tag["end"]:
                at = self.html_start(tag.start(), tag["name"])
                continue
            comment = not unended and source.startswith("<!--", tag.start())
            end = source.find("-->" if comment else ">", tag.start() + 2)
            unended |= end < 0
            at = size if end < 0 else end + (3 if comment else 1)
            if tag["name"]:
                self.html_end(tag["name"].lower(), tag.start(), at)
        self.add(at, size)
        while len(self.open) > 1:
            self.pop(size)
        return Tree(source, self.root)

    def html_start(self, at: int, name: str) -> int:
        """Behind the start tag at `at`, and behind the whole element where its content is no markup."""
        node, end, closed = self.start_tag(at, name, lower=True)
        self.end_before(node.tag, at)
        if node.tag in _VOID or len(self.open) > DEEPEST or (closed and node.tag not in _BLOCKS):
            node.parent, node.end = self.open[-1], end
            self.open[-1].children.append(node)
            return end
        self.push(node)
        if node.tag in _RAW:
            finish = re.compile(rf"</{node.tag}[\s/>]", re.IGNORECASE).search(self.source, end)
            stop = finish.start() if finish else len(self.source)
            self.add(end, stop, raw=node.tag not in ("title", "textarea"))
            end = self.source.find(">", stop) + 1 if finish else stop
            end = end or len(self.source)
            self.pop(end)
        return end

    def end_before(self, tag: str, at: int) -> None:
        """End the elements that end by themselves where `tag` begins."""
        bounds = _TABLE if tag in _TABLE_PARTS else _OWN_BOUNDS.get(tag, _BOUNDS)
        ended = _ENDS.get(tag, frozenset())
        while any(self.counts.get(other) for other in ended):
            for depth in range(len(self.open) - 1, 0, -1):
                other = self.open[depth].tag
                if other in ended:
                    self.pop_to(depth, at)
                    break
                if other in bounds:
                    return
            else:
                return

    def html_end(self, tag: str, at: int, end: int) -> None:
        """The end tag ``source[at:end]``; one without a start is left out."""
        bounds = _TABLE if tag in _TABLE_PARTS else _BOUNDS
        for depth in range(len(self.open) - 1, 0, -1) if self.counts.get(tag) else ():
            other = self.open[depth].tag
            if other == tag:
                self.pop_to(depth + 1, at)
                self.pop(end)
                return
            if other in bounds and tag not in ("html", "body", "table"):
                return

    def pop_to(self, depth: int, at: int) -> None:
        while len(self.open) > depth:
            self.pop(at)

    # -------------------------------------------------------------------------------------------------------- XML

    def xml(self, path: str) -> Tree:
        source, at, shown = self.source, 0, 0
        spaces: list[dict[str, str]] = [{"xml": "http://www.w3.org/XML/1998/namespace"}]

        def wrong(place: int, why: str) -> CheckerError:
            line = len(re.findall(r"\r\n?|\n", source[:place])) + 1
            return CheckerError(f"{path}:{line}: is broken XML: {why}")

        def ending(mark: str, place: int, what: str) -> int:
            end = source.find(mark, place)
            if end < 0:
                raise wrong(place, f"{what} without an end")
            return end

        while (sign := source.find("<", at)) >= 0:
            self.add(shown, sign)
            if source.startswith("<!--", sign):
                at = ending("-->", sign + 4, "a comment") + 3
            elif source.startswith("<![CDATA[", sign):
                end = ending("]]>", sign + 9, "a CDATA section")
                self.add(sign + 9, end, raw=True)
                at = end + 3
            elif source.startswith("<?", sign):
                at = ending("?>", sign + 2, "an instruction") + 2
            elif source.startswith("<!", sign):
                at = self.declaration(sign, wrong)
            elif source.startswith("</", sign):
                end = ending(">", sign + 2, "an end tag")
                name = source[sign + 2 : end].strip()
                opened = self.open[-1]
                tag = name.rpartition(":")[2]
                if opened.tag != tag:
                    raise wrong(sign, f"</{name[:80]}> where <{opened.tag or 'nothing'}> is open")
                self.xml_end(end + 1)
                spaces.pop()
                at = end + 1
            else:
                found = _NAME.match(source, sign + 1)
                if found is None:
                    raise wrong(sign, f"{source[sign : sign + 20]!r} is no tag")
                node, at, closed = self.start_tag(sign, found[0], lower=False)
                if not source.endswith(">", sign, at):
                    raise wrong(sign, f"the tag <{found[0][:80]} without an end")
                spaces.append(self.namespaces(node, spaces[-1]))
                prefix, _, node.tag = node.tag.rpartition(":")
                node.space = spaces[-1].get(prefix, prefix)
                if len(self.open) > DEEPEST:
                    raise wrong(sign, f"elements nested more than {DEEPEST} deep")
                node.number = self.numbers[-1][node.tag] = self.numbers[-1].get(node.tag, 0) + 1
                self.push(node)
                self.numbers.append({})
                if closed:
                    self.xml_end(at)
                    spaces.pop()
            shown = at
        if len(self.open) > 1:
            raise wrong(len(source), f"it ends before </{self.open[-1].tag}>")
        self.add(shown, len(source))
        return Tree(source, self.root)

    def xml_end(self, at: int) -> None:
        self.pop(at)
        self.numbers.pop()

    def declaration(self, sign: int, wrong: object) -> int:
        """Behind a document type.  Errors: ``CheckerError`` where it defines entities: they are how XML does harm."""
        assert callable(wrong)
        depth, at = 0, sign + 2
        for match in re.compile(r"<!ENTITY|[\[\]>]").finditer(self.source, at):
            if match[0] == "<!ENTITY":
                raise wrong(match.start(), "it defines entities, which are not read")
            depth += {"[": 1, "]": -1}.get(match[0], 0)
            if match[0] == ">" and depth <= 0:
                return match.end()
        raise wrong(sign, "a document type without an end")

    def namespaces(self, node: Node, known: dict[str, str]) -> dict[str, str]:
        declared = [name for name in node.attributes if name.startswith("xmlns")]
        if not declared:
            return known
        found = dict(known)
        for name in declared:
            found[name[6:]] = self.source[slice(*node.attributes[name])]
        return found
