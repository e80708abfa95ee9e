"""Names: one person's spelt in two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from checker.data import lexicon
from checker.language.article import Article
from checker.language.english import lemma
from checker.language.people import Mention, People, Person, people
from checker.language.protagonist import sex
from checker.language.words import rarity
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy

CHANGED = lazy(
    r"\b(?:promot\w+|demot\w+|former\w*|then-|then an?|then the|ex-|now an?|now the|retired|became|becomes?|acting|previously|at the time|succeed\w*|replac\w+|née|"
    r"formerly|known as|real name|stage name|misspell\w*|spell\w*|spelt|nickname\w*|wrongly|mistaken\w*|typo|changed (?:his|her|its) name|"
    r"renamed|pseudonym|alias|aka|also called)\b",
    re.I,
)
Place = tuple[int, int, int]  # (block, start, end)
_ENDINGS = frozenset("s es e n an ian ese ish i ic ist ism er ers y ans".split())
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"})
_PLURAL = frozenset(("s", "es"))


def find(article: Article) -> Iterable[Relation]:
    """``same-name`` relations of two spellings that can only be one name."""
    known = people(article)
    if known.persons or known.likely:
        yield from _strangers(article, known)
        yield from _near_names(article, known)


def one_name(
    article: Article,
    first: Place,
    second: Place,
    confidence: float,
    assumes: str,
    same: bool = False,
) -> Relation:
    """Two spellings as claims that number them, one number where they are the `same`."""
    a: Claim = article.derived("name", 1, *first)
    b: Claim = article.derived("name", 1 if same else 2, *second)
    return Relation("same-name", {"a": (a,), "b": (b,)}, confidence, assumes)


def _surname(mention: Mention) -> Place:
    return mention.block, mention.surname_start, mention.end


def apart(a: str, b: str) -> int:
    """The edit distance of two words, two letters turned round counted as one (Damerau 1964, adjacent only)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """A word in lower case without accents and apostrophes, which papers leave out."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(c for c in plain if c.isalnum())


def alike(a: str, b: str, endings: frozenset[str] = _ENDINGS, most: int = 0) -> bool:
    """Whether two names may be one, misspelt: they begin alike and differ by little (by `most` letters where that is said),
    in no mere ending."""
    one, other = _folded(a), _folded(b)
    if one == other or min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) and longer[len(shorter) :] in endings:
        return False  # Smith and the Smiths, China and Chinese
    distance = apart(one, other)
    return distance <= (most or (1 if len(shorter) < 6 else 2)) or (distance == 3 and len(shorter) >= 8)


# --------------------------------------------------------------------------------------------------- people


def _strangers(article: Article, known: People) -> Iterator[Relation]:
    """A bare surname that nobody introduced, like one that somebody has ("says Marchesi" of Guido Marchetti)."""
    surnames = {person.surname for person in known.persons}
    done: set[str] = set()
    acting = [word for word in known.words if _acts(article, word)]
    for stranger in (*known.strangers, *acting):
        if stranger.surname in surnames or stranger.surname in done or stranger.block < 0:
            continue
        alikes = [p for p in known.persons if _one_surname(article, p, stranger)]
        if not alikes and stranger.surely:
            alikes = [p for p in known.likely if _is_introduced_as(article, p, stranger)]
        if len(alikes) != 1 or not _before(alikes[0], stranger) or _elsewhere(article, stranger.surname, alikes[0]):
            continue
        first = alikes[0].mentions[0]
        if is_changed(article, stranger) or _is_another(article, alikes[0], stranger):
            continue
        done.add(stranger.surname)
        yield one_name(article, _surname(first), _surname(stranger), 0.94, "both name one person")


def _one_surname(article: Article, person: Person, stranger: Mention) -> bool:
    """Whether a bare surname may be a person's, misspelt: the surer it is that it names somebody, the less alike it must be."""
    a, b = person.surname, stranger.surname
    if _folded(a)[:1] != _folded(b)[:1] and _folded(a)[-5:] != _folded(b)[-5:]:
        return False  # nothing below finds them alike
    if stranger.surely and alike(
        a, b, endings=_PLURAL if _is_somebody(article, stranger) or _speaks(article, stranger) else _ENDINGS
    ):
        return True
    if _half_alike(_folded(a), _folded(b)) and _is_unintroduced(article, person, stranger):
        return True
    if stranger.title and any(m.title == stranger.title for m in person.mentions):
        return alike(a, b, endings=_PLURAL)  # "Detective Carol Ostrander", "Detective Ostrand"
    if slipped(a, b):
        return True
    # "Sørbø refused" of Annika Sørbye: a deed of people, by a name that is no word
    return _wills(article, stranger) and _folded(a)[:4] == _folded(b)[:4] and alike(a, b, endings=_PLURAL, most=2)


def rareness(word: str) -> float:
    """How rare a capitalised word is in news, as it stands and as a plural."""
    return min(rarity(word.lower()), rarity(lemma(word.lower(), "NNS")))


def _speaks(article: Article, stranger: Mention) -> bool:
    """Whether a verb of saying or an age stands right behind a bare surname."""
    text = article.document.blocks[stranger.block].text
    behind = re.match(r" ([a-z]+)\b|, \d{1,2},", text[stranger.end : stranger.end + 20])
    return bool(behind and (behind[1] is None or behind[1] in lexicon("people")["cues"]["saying"]))


def _is_introduced_as(article: Article, person: Person, stranger: Mention) -> bool:
    """Whether a full name that nothing says is a person's may be that of a bare surname, which surely is one's."""
    if any(word in _not_given() or "." in word for word in (*person.given, person.surname)):
        return False
    behind = article.document.blocks[stranger.block].text[stranger.end :]
    if not stranger.title and not _AGED.match(behind) and rareness(stranger.surname) < _KNOWN:
        return False  # "Bankers said"
    return _one_surname(article, person, stranger)


@cache
def _not_given() -> frozenset[str]:
    """Capitalised words of places that begin or end a full name as people's names do."""
    places = lexicon("places")
    return frozenset(
        w.capitalize() for w in (*places["names"]["words"], *places["regions"]["words"], *places["kinds"]["words"])
    )


# "Rutherford was given six years": what befalls only people
_BEFALLS = lazy(
    r" (?:was|had been|has been|is) (?:also |then |later |never )?(?:given|jailed|sentenced|arrested|born|charged|convicted|released|fined|banned|elected|appointed|"
    r"acquitted|cleared|ordered|treated|remanded|bailed|found guilty|questioned|interviewed|handcuffed|sacked|suspended|promoted|married|engaged|buried)\b"
    r"| (?:admitted|denied|pleaded|confessed|apologi[sz]ed|testified|resigned|retired|drowned|died)\b"
)


def _is_somebody(article: Article, stranger: Mention) -> bool:
    """Whether a bare surname can only be of a person whom the article ought to have introduced."""
    if stranger.title in lexicon("people")["titles"]["courtesy"]:
        return True
    text = article.document.blocks[stranger.block].text
    opens = stranger.start == 0 or re.search(r"[.!?][”\"’']? $", text[max(0, stranger.start - 3) : stranger.start])
    return bool(opens and (_BEFALLS.match(text, stranger.end) or _AGED.match(text, stranger.end)))


_AGED = lazy(r", \d{1,2}, (?!an? |the )[a-z]+")  # "Osman, 22, scored"
_ROLE = lazy(r", (?:an?|his|her|their|its) [a-z]")


def _is_another(article: Article, person: Person, stranger: Mention) -> bool:
    """Whether a bare surname is somebody else's: named in one sentence with the person, or introduced where it stands."""
    if stranger.sentence in {m.sentence for m in person.mentions}:
        return True
    return _ROLE.match(article.document.blocks[stranger.block].text, stranger.end) is not None


_INTRODUCED = lazy(r",? \((?!\d)|,(?! who\b| (?:aged )?\d{1,3},) [^.;]{2,80}[,.]")


def _is_unintroduced(article: Article, person: Person, stranger: Mention) -> bool:
    """Whether a bare surname comes as one already known, apart from the paragraphs that name the person whom it may mean."""
    if any(m.block == stranger.block for m in person.mentions) or not _is_somebody(article, stranger):
        return False
    told = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}.get(stranger.title, "")
    if told and sex(article, person) not in ("", told):
        return False
    return not _INTRODUCED.match(article.document.blocks[stranger.block].text, stranger.end)


def _half_alike(one: str, other: str) -> bool:
    """Whether one half of two longer names is the same: Rutledge and Rutherford, Holloway and Galloway; or the two ends of
    shorter ones that differ by two letters at most: Lyle and Lisle."""
    if min(len(one), len(other)) >= 4 and one[0] == other[0] and one[-2:] == other[-2:] and apart(one, other) <= 2:
        return True
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 2:
        return False
    return one[:3] == other[:3] or (one[-5:] == other[-5:] and apart(one, other) <= 2)


def _wills(article: Article, word: Mention) -> bool:
    """Whether a capitalised word that news hardly knows opens a sentence and does what only people do."""
    text = article.document.blocks[word.block].text
    verb = re.match(r" (?:also |then |never |had |has )?([a-z]+)\b", text[word.end : word.end + 24])
    opens = word.start == 0 or re.search(r"[.!?][”\"’']? $", text[max(0, word.start - 3) : word.start])
    return bool(
        opens
        and verb
        and rarity(word.surname.lower()) > 0.99
        and (verb[1] in lexicon("people")["cues"]["saying"] or verb[1] in lexicon("people")["cues"]["willing"])
    )


def slipped(a: str, b: str) -> bool:
    """Whether two longer names differ by one slip of a key."""
    return alike(a, b) and apart(_folded(a), _folded(b)) == 1 and min(len(a), len(b)) > 5


def _acts(article: Article, word: Mention) -> bool:
    """Whether a capitalised word does or owns something as a person does, and is no country or city."""
    if word.surname.lower() in lexicon("places")["names"]["words"]:
        return False
    behind = article.document.blocks[word.block].text[word.end : word.end + 24]
    if re.match(r"['’]s? ", behind):
        return True
    before = article.document.blocks[word.block].text[max(0, word.start - 16) : word.start]
    if re.search(r"\b[a-z]{3,}ed $|\b(?:told|asked|for|with|by|against|when|while|that|if|but) $", before) and re.match(
        r"[,. ;]", behind
    ):
        return True
    if _is_somebody(article, word):
        return True
    verb = re.match(r" (?:also |then |now |never )?([a-z]+)\b", behind)
    return verb is not None and (
        verb[1] in lexicon("people")["cues"]["doing"] or (verb[1].endswith("ed") and len(verb[1]) > 4)
    )


def _before(person: Person, mention: Mention) -> bool:
    first = person.mentions[0]
    return (first.block, first.start) < (mention.block, mention.start)


def _elsewhere(article: Article, surname: str, person: Person) -> bool:
    """Whether a surname stands in a longer name, or with a title that is not the person's: "Anne Marchesi" and "President
    Reagan" (beside Donald Regan) are somebody else, "Mr Marchesi" is not."""
    pattern = re.compile(rf"\b[A-Z][\w.’'-]* {re.escape(surname)}\b|\b{re.escape(surname)} [A-Z][a-z]")
    table = lexicon("people")
    plain = frozenset((*table["starters"]["words"], *table["titles"]["courtesy"]))
    own = {word for mention in person.mentions for word in mention.title.split()}
    own |= {short for short, long in table["short"].items() if long.split()[-1] in own}
    return any(
        found.group().split()[0].rstrip(".").lower() not in plain | own
        for block in article.document.blocks
        for found in pattern.finditer(block.text)
    )


def is_changed(article: Article, mention: Mention) -> bool:
    text = article.document.blocks[mention.block].text
    return bool(CHANGED.search(text, max(0, mention.start - 60), mention.end + 60))


_RARE = (
    0.97  # a surname from which two alike full names, of which nothing says that they are people's, are one person's
)
_RARE_GIVEN = 0.85
_KNOWN = 0.9  # the rarity below which a word of news is a plain one too


def _are_rare(one: Person, other: Person) -> bool:
    """Whether two full names, of which nothing else says that they are people's, are of words that are nothing but names."""
    if any("." in word for word in (*one.given, *other.given)):
        return False
    return rarity(one.surname.lower()) > _RARE and min(rarity(p.given[0].lower()) for p in (one, other)) > _RARE_GIVEN


_COMPOUND = lazy(r"-[a-z]")  # "Indian-administered Kashmir"


def _near_names(article: Article, known: People) -> Iterator[Relation]:
    """Two full names that differ by a letter or two in one part: "Guido Marchetti" and "Guido Marchesi"."""
    everybody = (*known.persons, *(p for p in known.likely if not _not_given().intersection((*p.given, p.surname))))
    everybody = tuple(p for p in everybody if not any(_COMPOUND.search(word) for word in p.given))
    everybody = tuple(sorted(everybody, key=lambda p: (p.mentions[0].block, p.mentions[0].start)))
    likely = {id(person) for person in known.likely}
    by_part: dict[tuple[bool, str], list[int]] = {}
    for i, person in enumerate(everybody):
        for key in ((True, person.given[0]), (False, person.surname)):
            by_part.setdefault(key, []).append(i)
    for i, one in enumerate(everybody):
        for j in sorted({*by_part[True, one.given[0]], *by_part[False, one.surname]}):
            other = everybody[j]
            if j <= i:
                continue
            if id(one) in likely and id(other) in likely and not _are_rare(one, other):
                continue
            same_given = one.given[:1] == other.given[:1] and len(one.given[0]) > 2
            if same_given and alike(one.surname, other.surname):
                pass
            elif one.surname != other.surname or not _one_given(article, one, other) or _are_kin(article, one, other):
                continue
            if is_changed(article, other.mentions[0]) or _both_near(one, other):
                continue
            first, second = one.mentions[0], other.mentions[0]
            yield one_name(
                article,
                (first.block, first.start, first.end),
                (second.block, second.start, second.end),
                0.85,
                "both name one person",
            )


def _one_given(article: Article, one: Person, other: Person) -> bool:
    """Whether two given names may be of one person: they are alike, or begin alike, and the bare surname serves for both."""
    a, b = one.given[0], other.given[0]
    if not _forms().get(a, frozenset()).isdisjoint(_forms().get(b, frozenset())):
        return False
    if alike(a, b):
        return not _sexes(a, b)
    if a[:2] != b[:2] or len(other.mentions) > 1 or len(a) < 3 or len(b) < 3 or a.startswith(b) or b.startswith(a):
        return False
    first = one.mentions[0]
    bare = re.compile(rf"(?:^|[.!?”\"] |\b[a-z]+,? |\bM(?:r|rs|s)\.? ){re.escape(one.surname)}\b(?! [A-Z])")
    return any(
        bare.search(block.text, first.end if number == first.block else 0)
        for number, block in enumerate(article.document.blocks)
        if number >= first.block and block.kind == BlockKind.BODY
    )


def _are_kin(article: Article, one: Person, other: Person) -> bool:
    """Whether a word for relatives stands near either of two people of one surname."""
    kin = frozenset(lexicon("people")["kin"]["words"])
    for mention in (m for person in (one, other) for m in person.mentions):
        text = article.document.blocks[mention.block].text
        if not kin.isdisjoint(re.findall(r"[a-zé-]+", text[max(0, mention.start - 160) : mention.end + 120].lower())):
            return True
    return False


def _both_near(one: Person, other: Person) -> bool:
    """Whether two people are named in one sentence, so that they are two."""
    return bool({m.sentence for m in one.mentions} & {m.sentence for m in other.mentions})


def _sexes(a: str, b: str) -> bool:
    """Whether two given names are a man's and a woman's form of one: Paul and Paula, Louis and Louise, Jean and Joan."""
    one, other = sorted((a.lower(), b.lower()), key=len)
    return (
        other[:-1] == one
        or other[:-2] == one
        or (one[:-1] == other[:-1] and {one[-1], other[-1]} & set("aeoy") != set())
        or ({a, b} <= _given_names() and apart(one, other) > 1)
    )


@cache
def _forms() -> dict[str, frozenset[int]]:
    """For each given name the groups of names for short that it belongs to."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(lexicon("people")["forms"]["groups"]):
        for name in group.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lexicon("people")["given"]["names"])
