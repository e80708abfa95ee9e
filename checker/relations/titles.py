"""A rank or an office of one person that changes: "Detective Inspector Laidlaw", then "Detective Sergeant Laidlaw"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from checker.language.article import Article
from checker.language.people import Mention, People, people, ranks
from checker.model import Relation
from checker.patterns import lazy
from checker.relations.names import Place, is_changed, one_name, slipped

_BEFORE = lazy(r"\b[Tt]he (?P<title>[a-z]+(?: [a-z]+){0,2}), $")


def find(article: Article) -> Iterable[Relation]:
    """``same-name`` relations of two ranks of one person."""
    known = people(article)
    if known.persons:
        yield from _ranks(article, known)
    yield from _titled_only(article)


_TITLED = lazy(
    r"\b(?P<title>Lady|Lord|Baroness|Baron|Dame|Judge|Justice|Bishop|Archbishop|Canon|Father|Sister|Rabbi|Dr|Professor|Prof|Mr|Mrs|Ms|Miss|Captain|Sergeant|Colonel|Major|Inspector|Senator|Mayor|Councillor|Cllr)\.? (?P<name>[A-ZÀ-Þ][a-zà-ÿ’'-]{4,})\b(?! [A-ZÀ-Þ])"
)


def _titled_only(article: Article) -> Iterator[Relation]:
    """Two surnames that are told with one title only and differ by a letter: "Lady Ferrars", then "Lady Ferrers"."""
    told: dict[str, dict[str, Place]] = {}
    for number, block in enumerate(article.document.blocks):
        for found in _TITLED.finditer(block.text):
            place = (number, found.start("name"), found.end("name"))
            told.setdefault(found["title"], {}).setdefault(found["name"].removesuffix("'s").removesuffix("’s"), place)
    for names in told.values():
        if len(names) < 2:
            continue
        given = " ".join(block.text for block in article.document.blocks)
        for one, other in combinations(names, 2):
            if not slipped(one, other) or article.sentence_at(*names[one][:2]) == article.sentence_at(
                *names[other][:2]
            ):
                continue
            if _ANOTHER.search(_around(article, names[other])):
                continue
            if not any(_has_given_name(given, name) for name in (one, other)):
                yield one_name(article, names[one], names[other], 0.86, "both name one person")


# somebody else: "In another court Judge Harman", "Dr Anderson, a surgeon,"
_ANOTHER = lazy(
    r"\b(?:[Aa]nother|[Oo]ther|[Ss]econd|[Nn]ext|[Aa]cross|[Nn]eighbou?r\w*|[Uu]nlike|[Ww]hile|[Bb]oth)\b|›,? (?:an?|the|who|of|from)\b"
)


def _around(article: Article, place: Place) -> str:
    """The sentence of a name, with a mark behind the name."""
    block, start, end = place
    sentence = article.sentences[article.sentence_at(block, start)]
    text = article.document.blocks[block].text
    return f"{text[sentence.start : end]}›{text[end : sentence.end]}"


def _has_given_name(text: str, name: str) -> bool:
    """Whether a surname also stands behind a given name, so that it is told elsewhere whose it is."""
    before = re.findall(rf"\b([A-ZÀ-Þ][\w’'.-]*) {re.escape(name)}\b", text)
    return any(not _TITLED.fullmatch(f"{word} {name}") for word in before)


def _with_title(article: Article, mention: Mention) -> Mention:
    """A mention with the title that it is in apposition to: "the consul, Renner, said"."""
    if mention.title or mention.given:
        return mention
    text = article.document.blocks[mention.block].text
    found = _BEFORE.search(text, max(0, mention.start - 40), mention.start)
    if found is None or found["title"] not in ranks():
        return mention
    return replace(mention, title=found["title"], start=found.start("title"))


def _ranks(article: Article, known: People) -> Iterator[Relation]:
    """A rank that changes: "Detective Inspector Laidlaw", then "Detective Sergeant Laidlaw"."""
    groups = ranks()
    for person in known.persons:
        if person.surname in known.shared:
            continue
        titled = [told for m in person.mentions if (told := _with_title(article, m)).title in groups]
        if len(titled) < 2:
            continue
        first = titled[0]
        if all(m.title == first.title for m in titled):
            yield one_name(article, _rank(article, first), _rank(article, titled[1]), 0.9, "", same=True)
            continue
        for mention in titled[1:]:
            if groups[mention.title] != groups[first.title] or _shortened(first.title, mention.title):
                continue
            if any(is_changed(article, m) for m in (first, mention)):
                break
            yield one_name(article, _rank(article, first), _rank(article, mention), 0.9, "nobody was promoted")
            break


def _rank(article: Article, mention: Mention) -> Place:
    """Where a title stands in the text."""
    text = article.document.blocks[mention.block].text
    found = text.find(mention.given[0], mention.start, mention.surname_start) if mention.given else -1
    end = found if found > 0 else mention.surname_start
    return mention.block, mention.start, mention.start + len(text[mention.start : end].rstrip(", "))


def _shortened(a: str, b: str) -> bool:
    """Whether one title is the other said shortly: "Lieutenant Colonel" and "Colonel", "Police Sergeant" and "Sergeant"."""
    one, other = a.split(), b.split()
    if one[-1] == other[-1] == "minister":
        return False
    plain = {
        "detective",
        "police",
        "chief",
        "deputy",
        "acting",
        "assistant",
        "senior",
        "staff",
        "lance",
        "first",
        "second",
        "vice",
        "rear",
    }
    first, second = [w for w in one if w not in plain], [w for w in other if w not in plain]
    return (
        one[-len(other) :] == other
        or other[-len(one) :] == one
        or first == second
        or first[-1:] == second[-1:]
        or {a, b} in ({"major general", "general"}, {"brigadier general", "general"}, {"lieutenant general", "general"})
    )
