"""People: who is named where, with which title.  Full name first, then surname, or title and surname.

There is no coreference model: a bare surname is a person's where one person of that surname is introduced, a pronoun is
resolved only by ``People.spoken_of``, where nobody else stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from checker.data import lexicon
from checker.language.article import Article
from checker.model import BlockKind
from checker.patterns import lazy

_UPPER = "A-ZÀ-ÖØ-Þ"
_ABBREVIATED = (
    r"(?:Mrs?|Ms|Dr|Prof|Rev|Sgt|Lt|Col|Gen|Capt|Maj|Sen|Rep|Gov|Det|Insp|Supt|Const|Cpl|Adm|Cllr|Coun|Hon|Brig|Cmdr)\."
)
_WORD = rf"(?:{_ABBREVIATED}|(?:[{_UPPER}]\.-?){{1,3}}|[{_UPPER}](?:[\w-]|['’](?!s\b))*)"
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|al|el|bin|bint|ibn|ten|ter|af|zu)"
_PARTICLES = frozenset(_PARTICLE.removeprefix("(?:").removesuffix(")").split("|"))
_RUN = lazy(rf"(?<![\w'’-]){_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD})*")
_TOKEN = lazy(r"\S+")
_NAMED_AFTER = frozenset({"Abu", "Abou", "Um", "Umm"})  # "Umm Yasser" is the mother of Yasser
_SUFFIX = lazy(r"^(?:Jr|Sr|II|III|IV)\.?$")
_LOWER_TITLE = lazy(r"((?:[a-z]+ ){1,3})$")
_AGE_BEHIND = lazy(r",? ?(?:, |\()(?:aged )?\d{1,3}(?=[,).;]|$)")
_FROM = lazy(r"\b(?:from|of|in|at|near) $")
_PAIRED = lazy(rf"(?<![\w.] )\b([{_UPPER}]\w+) and $")
_WHO = lazy(
    r",? (?:who|whose)\b| (?:was|were) born\b|, born (?:in|on|into)\b| (?:has )?passed away\b|, an? [a-z-]+ of \d\d,|, the [^,.;:]{3,60} who (?:has )?died\b"
    r"| was (?:just |only )?(?:\d{1,2}\b|[a-z]+ when (?:he|she)\b)"
)
_DIES = lazy(
    rf"(?:^Obituary: {_WORD} (?P<late>{_WORD})|{_WORD} (?P<surname>{_WORD})(?:, (?:\d{{2,3}}, )?[^,;:]{{4,80}})?,? (?:[Dd]ies|[Dd]ied|[Dd]ead)\b)"
)
_NEXT_WORD = lazy(r",? ([a-z]+)\b")
_WORD_BEFORE = lazy(r"\b([a-z]+)[,:]? $")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at ``document.blocks[block].text[start:end]`` (title included); `surname_start` is its last name.

    `title` is in its long form and lower case ("detective inspector"), `given` is empty where only a surname stands.
    """

    block: int
    start: int
    end: int
    sentence: int
    title: str
    given: tuple[str, ...]
    surname: str
    surname_start: int
    surely: bool  # a title, an age or a verb of saying beside it tells a person


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `mentions` in reading order, each by full name, surname or first name."""

    given: tuple[str, ...]
    surname: str
    mentions: tuple[Mention, ...]

    @property
    def name(self) -> str:
        return " ".join((*self.given, self.surname))


@dataclass(frozen=True)
class People:
    """The people of an article.

    `strangers` are bare surnames of which no full name is given; `words` other capitalised words that may be names;
    `likely` are full names that nothing beside them says are a person's.
    """

    persons: tuple[Person, ...]
    strangers: tuple[Mention, ...]
    words: tuple[Mention, ...]
    shared: frozenset[str]  # surnames that several people have
    likely: tuple[Person, ...] = ()

    def at(self, block: int, start: int, end: int) -> Person | None:
        """The person of the mention that lies in a place."""
        for person in self.persons:
            for mention in person.mentions:
                if mention.block == block and mention.start < end and start < mention.end:
                    return person
        return None

    def in_sentence(self, sentence: int) -> list[tuple[Mention, Person | None]]:
        """The mentions of a sentence in order, strangers with no person."""
        found: list[tuple[Mention, Person | None]] = [
            (mention, person) for person in self.persons for mention in person.mentions if mention.sentence == sentence
        ]
        found += [(mention, None) for mention in self.strangers if mention.sentence == sentence]
        return sorted(found, key=lambda item: item[0].start)

    def spoken_of(self, block: int, at: int) -> Person | None:
        """Whom a "he" or "she" at a place means: the only person of the nearest sentence before that names anyone.

        None where that sentence names two, a stranger or somebody of whom nothing says that it is a person.
        """
        before = [
            (m.block, m.sentence, m, person)
            for person in self.persons
            for m in person.mentions
            if (m.block, m.start) < (block, at)
        ]
        others = (*self.strangers, *(m for person in self.likely for m in person.mentions))
        unknown = [(m.block, m.sentence, m, None) for m in others if (m.block, m.start) < (block, at)]
        last = max(((b, s) for b, s, _, _ in [*before, *unknown]), default=None)
        if last is None:
            return None
        named = {id(person): person for b, s, _, person in [*before, *unknown] if (b, s) == last}
        return next(iter(named.values())) if len(named) == 1 else None


@lru_cache(maxsize=2)
def people(article: Article) -> People:
    """Who is named in an article, and where."""
    mentions = list(_mentions(article))
    full = [m for m in mentions if m.given]
    singles = [m for m in mentions if not m.given]
    sure = {m.surname for m in mentions if m.surely} | _mourned(article)
    groups = _groups([m for m in full if m.surname in sure])
    likely = _groups([m for m in full if m.surname not in sure])
    by_surname: dict[str, list[list[Mention]]] = {}
    for group in groups:
        by_surname.setdefault(group[0].surname, []).append(group)
    shared = {name for name, found in by_surname.items() if len(found) > 1} | _couples(article, singles, by_surname)
    for surname in sorted(by_surname.keys() - shared):
        by_surname[surname][0].extend(_headlined(article, by_surname[surname][0][0]))
    strangers: list[Mention] = []
    words: list[Mention] = []
    for mention in singles:
        found = by_surname.get(mention.surname, [])
        if len(found) == 1 and mention.surname not in shared:
            found[0].append(mention)
        elif not found:
            named = [g for g in groups if g[0].given[0] == mention.surname]
            if named:
                if len(named) == 1 and mention.surely:
                    named[0].append(mention)
            else:
                (strangers if mention.surely else words).append(mention)
    return People(_persons(groups), tuple(strangers), tuple(words), frozenset(shared), _persons(likely))


def _groups(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Full names by the person whom they name."""
    groups: list[list[Mention]] = []
    by_surname: dict[str, list[list[Mention]]] = {}
    for mention in mentions:
        known = by_surname.setdefault(mention.surname, [])
        group = next((g for g in known if _one(g, mention)), None)
        if group is None:
            groups.append([mention])
            known.append(groups[-1])
        else:
            group.append(mention)
    return groups


def _persons(groups: Sequence[Sequence[Mention]]) -> tuple[Person, ...]:
    persons = []
    for group in groups:
        longest = max(group, key=lambda m: len(m.given))
        ordered = tuple(sorted(group, key=lambda m: (m.block, m.start)))
        persons.append(Person(longest.given, longest.surname, ordered))
    return tuple(sorted(persons, key=lambda person: (person.mentions[0].block, person.mentions[0].start)))


def _mourned(article: Article) -> set[str]:
    """Surnames that a headline says are dead: "Gwyn Pritchard, dies at 84"."""
    headlines = [block.text for block in article.document.blocks if block.kind == BlockKind.HEADLINE]
    return {found["surname"] or found["late"] for text in headlines for found in _DIES.finditer(text)}


def _headlined(article: Article, known: Mention) -> Iterator[Mention]:
    """Where a headline, all in capitals as it may be, names somebody whom the text names."""
    for number, block in enumerate(article.document.blocks):
        if block.kind == BlockKind.HEADLINE and known.surname in block.text:
            name = rf"\b(?:{re.escape(known.given[0])} (?:[{_UPPER}][\w.]* )?)?(?P<surname>{re.escape(known.surname)})\b(?!-)"
            for found in re.finditer(name, block.text):
                sentence = article.sentence_at(number, found.start())
                given = known.given if found.start("surname") > found.start() else ()
                yield Mention(
                    number, found.start(), found.end(), sentence, "", given, known.surname, found.start("surname"), True
                )


def _one(group: Sequence[Mention], mention: Mention) -> bool:
    """Whether a full name is of the same person: one given name in common, or an initial of it."""
    for other in group:
        if not other.given:
            continue
        first, second = other.given[0].rstrip("."), mention.given[0].rstrip(".")
        if first == second or other.given[0] in mention.given or mention.given[0] in other.given:
            return True
        if min(len(first), len(second)) == 1 and first[0] == second[0]:
            return True
    return False


def _couples(article: Article, singles: Sequence[Mention], known: dict[str, list[list[Mention]]]) -> set[str]:
    """Surnames of couples and families: "Rob and Ishbel Turnbull", "Mr and Mrs Smith", "Mr X" beside "Mrs X"."""
    found = set()
    for name, groups in known.items():
        for mention in (m for group in groups for m in group):
            before = article.document.blocks[mention.block].text[max(0, mention.start - 24) : mention.start]
            if not mention.title and _PAIRED.search(before):
                found.add(name)
    titles: dict[str, set[str]] = {}
    for mention in singles:
        titles.setdefault(mention.surname, set()).add(mention.title)
    for groups in known.values():
        for mention in (m for group in groups for m in group):
            titles.setdefault(mention.surname, set()).add(mention.title)
    for name, used in titles.items():
        if "mr" in used and used & {"mrs", "ms", "miss", "dame", "lady"}:
            found.add(name)
    return found


# ------------------------------------------------------------------------------------------------------ mentions


@cache
def _words(group: str, name: str) -> frozenset[str]:
    return frozenset(lexicon("people")[group][name])


@cache
def ranks() -> dict[str, str]:
    """Titles of which a person has one at a time, each with the group it belongs to."""
    return {title: group for group, titles in lexicon("people")["ranks"].items() for title in titles}


@cache
def _titles() -> frozenset[str]:
    table = lexicon("people")
    return frozenset(ranks()) | frozenset(table["titles"]["courtesy"]) | frozenset(table["titles"]["office"])


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word for title in _titles() for word in title.split()) | frozenset(lexicon("people")["short"])


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lexicon("people")["given"]["names"])


def _long(words: Sequence[str]) -> str:
    """A title's long form: "Det. Insp." is "detective inspector"."""
    short: dict[str, str] = lexicon("people")["short"]
    lower = [word.lower().rstrip(".") for word in words]
    return " ".join(short.get(word, word) for word in lower)


def _mentions(article: Article) -> Iterator[Mention]:
    for number, block in enumerate(article.document.blocks):
        if block.kind in (BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.TABLE_CELL):
            continue
        for run in _RUN.finditer(block.text):
            sentence = -2
            for mention in _read(block.text, number, run.start(), run.group()):
                if sentence == -2:
                    sentence = article.sentence_at(number, mention.start)
                yield Mention(
                    number, mention.start, mention.end, sentence, mention.title, mention.given, mention.surname,
                    mention.surname_start, mention.surely,
                )  # fmt: skip


def _read(text: str, block: int, at: int, run: str) -> Iterator[Mention]:
    """The person that a run of capitalised words names, if it can be one."""
    words = [(found.group(), at + found.start()) for found in _TOKEN.finditer(run)]
    while len(words) > 0 and words[0][0].lower() in _words("starters", "words") and not _opens_title(words):
        words = words[1:]
    title, words, title_start = _titled(text, words)
    while words and _SUFFIX.match(words[-1][0]):
        words = words[:-1]
    while words and not words[0][0][0].isupper():
        words = words[1:]
    if not words or len(words) > 5:
        return
    plain = [word.rstrip(".").lower() for word, _ in words]
    others = _words("others", "words")
    if any(word in others for word in (plain[1:] if plain[0] in _words("given", "plain") else plain)) or any(
        len(w) > 1 and w.isupper() and "." not in w for w, _ in words
    ):
        return
    last, last_start = words[-1]
    last = last.rstrip("'’-")
    if len(last) < 2 or "." in last:
        return
    if len(words) > 1 and words[-2][0] in _NAMED_AFTER:
        last, last_start, words = f"{words[-2][0]} {last}", words[-2][1], words[:-1]
    given = tuple(word for word, _ in words[:-1] if word.lower() not in _PARTICLES)
    if len(given) >= 1 and not given[0][0].isupper():
        return
    start, end = title_start if title else words[0][1], last_start + len(last)
    surely = bool(title) or (bool(given) and given[0] in _given_names()) or _is_person(text, start, end, bool(given))
    yield Mention(block, start, end, -1, title, given, last, last_start, surely)


def _opens_title(words: Sequence[tuple[str, int]]) -> bool:
    return len(words) > 1 and words[0][0].lower() in ("judge", "sister", "father", "police") and (
        _long([words[0][0]]) in _titles() or _long([w for w, _ in words[:2]]) in _titles()
    )  # fmt: skip


def _titled(text: str, words: list[tuple[str, int]]) -> tuple[str, list[tuple[str, int]], int]:
    """The title before a name, in capitals or (a rank) in lower case before the run, and the name's words."""
    known = _title_words()
    titled = any(word.rstrip(".").lower() in known for word, _ in words[:-1])
    for length in range(min(6, len(words) - 1) if titled else 0, 0, -1):
        for first in range(length):  # "Defense Minister", "U.S. President"
            title = _long([word for word, _ in words[first:length]])
            if title in _titles():
                return title, words[length:], words[first][1]
    at = words[0][1] if words else 0
    if at > 1 and text[at - 2].islower() and (found := _LOWER_TITLE.search(text, max(0, at - 40), at)):
        before = found.group(1).split()
        for length in range(len(before), 0, -1):
            title = " ".join(before[-length:])
            if title in ranks():
                start = words[0][1] - len(title) - 1
                return title, words, start
    return "", words, -1


def _is_person(text: str, start: int, end: int, full: bool) -> bool:
    """Whether an age, "who" or a verb of saying stands beside a name."""
    age = _AGE_BEHIND.match(text, end)
    if age and not full and _FROM.search(text, max(0, start - 6), start):
        return False  # "Jodie Wells, from Leeds, aged 34"
    if _WHO.match(text, end) or (age and (full or "(" not in age.group())):  # "Wheatley for Hatley (71)" is a minute
        return True
    saying = _words("cues", "saying")
    following = _NEXT_WORD.match(text, end)
    if following and following[1] in saying and not following.group().startswith(","):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 16), start)
    return before is not None and before[1] in saying and before[1] not in ("told", "asked", "believes", "hopes")
