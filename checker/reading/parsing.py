"""HTML and XML to a tree with exact places.

No library that is quick gives the offsets of text, so the few rules of the two languages that reading needs stand here:
comments, CDATA, raw text, void elements and the end tags that HTML lets out.  It is linear in the source and never
resolves anything: a document type is skipped, an entity that it defines is an error, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.garbage import uncollected
from checker.model import CheckerError
from checker.patterns import lazy
from checker.reading.markup import Node, Text, Tree
from checker.reading.spans import TooMuch

DEEPEST = 150  # open elements; what is nested deeper in HTML is taken as lying beside
MOST_TAGS, MOST_XML_TAGS = 200_000, 250_000  # start tags, end tags and comments
MOST_ATTRIBUTES = 500  # of a tag; further ones are left out
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr basefont frame keygen".split())
_RAW = frozenset("script style xmp iframe noembed noframes textarea title".split())
_HTML_TAG = lazy(r"<(?:(?P<end>/)?(?P<name>[A-Za-z][^\s/>]*)|[!?/])")
_NAME = lazy(r"[^\W\d][^\s/>]*")
_ATTRIBUTE = lazy(
    r"""[\s/]*(?P<name>[^\s=>/"'][^\s=>/]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*)))?"""
)
_REST = lazy(r"[^>]*")
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


_PROLOG = lazy(
    r"\s*(?:<\?(?:[^?]|\?(?!>))*+\?>\s*|<!--(?:[^-]|-(?!->))*+-->\s*|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\])?[^<>]*>\s*)*+"
)


def root_tag(source: str) -> str:
    """The tag of the first element, without its prefix; "" where the source does not begin as XML does."""
    prolog = _PROLOG.match(source)
    assert prolog is not None
    name = re.compile(r"<(?:[\w.-]+:)?(?P<name>[\w.-]+)").match(source, prolog.end())
    return name["name"] if name else ""


def parse(source: str) -> Tree:
    """The tree of HTML, whatever it is like: nothing in it is an error.

    Errors: ``TooMuch`` past 200,000 tags.
    """
    with uncollected():
        return _Builder(source, MOST_TAGS).html()


def parse_xml(source: str, path: str, most: int = MOST_XML_TAGS) -> Tree:
    """The tree of XML, namespaces resolved.

    Errors: ``CheckerError`` with file and line where tags do not match, it ends too early, is nested too deep or defines
    entities; ``TooMuch`` past `most` tags.
    """
    with uncollected():
        return _Builder(source, most).xml(path)


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

    def count(self) -> None:
        self.tags += 1
        if self.tags > self.most:
            raise TooMuch(f"more than {self.most:,} tags")

    def start_tag(self, at: int, name: str, lower: bool) -> tuple[Node, int, bool]:
        """The element whose tag begins at `at`, where the tag ends, and whether it ends the element ("/>")."""
        source = self.source
        self.count()
        node = Node(name.lower() if lower else name, at)
        place = at + 1 + len(name)
        for _ in range(MOST_ATTRIBUTES):
            if source.startswith(">", place):
                return node, place + 1, False
            match = _ATTRIBUTE.match(source, place)
            if match is None:
                break
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
            self.count()
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
            kind = source[sign + 1 : sign + 2]
            if kind == "!" and source.startswith("<!--", sign):
                at = ending("-->", sign + 4, "a comment") + 3
            elif kind == "!" and source.startswith("<![CDATA[", sign):
                end = ending("]]>", sign + 9, "a CDATA section")
                self.add(sign + 9, end, raw=True)
                at = end + 3
            elif kind == "?":
                at = ending("?>", sign + 2, "an instruction") + 2
            elif kind == "!":
                at = self.declaration(sign, wrong)
            elif kind == "/":
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
        declared = [name for name in node.attributes if name.startswith("xmlns")] if node.attributes else None
        if not declared:
            return known
        found = dict(known)
        for name in declared:
            found[name[6:]] = self.source[slice(*node.attributes[name])]
        return found
