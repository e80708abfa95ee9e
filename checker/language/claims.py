"""Claims: what each figure of an article counts or measures, in which clause, and in whose world it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from checker.data import lexicon
from checker.language import english, scope
from checker.language.article import Article
from checker.language.english import Token
from checker.language.figures import find_figures
from checker.language.hedges import around
from checker.language.sentences import Sentence, sentences
from checker.model import BlockKind, Claim, Document, Figure, Interval, Kind

_ZERO = re.compile(r"\b(no one|nobody|none|no(?= (?:[a-z]+ ){1,3}))\b", re.IGNORECASE)
_ZERO_NOUNS = frozenset(
    """person people one casualty fatality injury death arrest victim passenger resident vote abstention child patient
    survivor charge worker student employee officer soldier civilian""".split()
)
_NOT_OF = frozenset("lot bit kind sort number host range series variety total record rest".split())
_RATE = re.compile(
    r"\s*(?:per\b|each\b|an? (?:day|week|month|year|hour|share|head|person|barrel|tonne|ton|night|pint|litre|gallon|game)\b)"
)
_FROM = {
    "from": "from",
    "than": "than",
    "against": "than",
    "versus": "than",
    "over": "than",
    "to": "to",
    "by": "change",
}


def make_article(document: Document) -> Article:
    """Reads a document's figures and what each says.  Errors: ``CheckerError`` where the English model is missing."""
    figures = find_figures(document)
    places = sentences(document.blocks)
    by_block: dict[int, list[Sentence]] = {}
    for place in places:
        by_block.setdefault(place.block, []).append(place)
    home: list[int] = []
    wanted: set[int] = set()
    for figure in figures:
        index = next((s.index for s in by_block.get(figure.block, ()) if s.start <= figure.start < s.end), -1)
        home.append(index)
        if index >= 0 and document.blocks[figure.block].kind != BlockKind.TABLE_CELL:
            wanted.add(index)
    wanted.update(_moving_openings(document, places))
    zeros = _zeros(document, places, figures)
    majorities = _majorities(document, places, figures)
    wanted.update(sentence.index for sentence, _ in majorities)
    wanted.update(sentence.index for sentence, _, _ in zeros)
    order = sorted(wanted)
    texts = [(document.blocks[places[i].block].text[places[i].start : places[i].end], places[i].start) for i in order]
    tokens = dict(zip(order, english.parse(texts), strict=True))
    article = Article(document, figures, places, tokens)
    claims = [_claim(article, figure, index, figures) for figure, index in zip(figures, home, strict=True)]
    claims += [_zero_claim(article, sentence, start, end) for sentence, start, end in zeros]
    claims += [_majority_claim(article, sentence, match) for sentence, match in majorities]
    claims += _direction_claims(article)
    article.claims = tuple(_with_units(sorted(claims, key=lambda claim: (claim.block, claim.start)), document))
    return article


_JOINED = re.compile(r"\b(?:from|to|than|against|on|at|for|with|and|or|but|over|by|just|only|about|nearly|almost|around|some|was|were|is|had|been|stood|reached|gave|in) $|[,(] ?$", re.IGNORECASE)
_LIKE_SIZE = 30  # how many times one figure may be of another whose unit it leaves out


def _with_units(claims: Sequence[Claim], document: Document) -> list[Claim]:
    """Bare numbers take the unit that their sentence gives the others: "138 million euros, 12 million less than the 150
    million of 2022", "46 per cent would leave, as opposed to 34"."""
    found: list[Claim] = []
    last: Claim | None = None  # the last claim with a unit
    for claim in claims:
        if claim.unit and claim.kind in ("money", "measure", "percent") and claim.value is not None:
            last = claim
        elif last is not None and _leaves_out(claim, last, document):
            claim = replace(claim, kind=last.kind, unit=last.unit.split("/")[0], dimension=last.dimension, integer=False)
        found.append(claim)
    return found


def _leaves_out(claim: Claim, last: Claim, document: Document) -> bool:
    """Whether a bare count leaves out the unit of a figure before it."""
    figure = claim.figure
    if claim.kind != Kind.COUNT or figure is None or claim.noun or not claim.value or not last.value or claim.value < 0:
        return False
    if claim.block != last.block or not 0 <= claim.sentence - last.sentence <= (1 if last.kind == "percent" else 0):
        return False
    if last.unit in ("pp", "bp") or (claim.value.denominator == 1 and 1900 <= claim.value <= 2100 and figure.step == 1):
        return False
    text = document.blocks[claim.block].text
    before, behind = text[max(0, claim.start - 20) : claim.start], text[figure.end : figure.end + 2]
    ends = behind[:1] in tuple(".,;)") and not before.endswith((" of ", " of the ", ", ", "(", " aged ", " No. "))
    if not _JOINED.search(before) and not (ends and claim.sentence == last.sentence) and not (figure.step >= 1000 and before.endswith(" the ")):
        return False
    if last.kind == "percent":
        return claim.value <= 100 and not figure.worded and figure.hedge not in ("up", "down")
    if (figure.step >= 1000 or figure.step < 1) != (last.figure is not None and (last.figure.step >= 1000 or last.figure.step < 1)):
        return False
    return max(claim.value, last.value) <= _LIKE_SIZE * min(claim.value, last.value)


def _moving_openings(document: Document, places: Sequence[Sentence]) -> list[int]:
    """Headlines, standfirsts and first sentences that say that something rose or fell, perhaps without a figure."""
    lede = next((i for i, block in enumerate(document.blocks) if block.kind == BlockKind.BODY), -1)
    found, seen = [], False
    for place in places:
        kind = document.blocks[place.block].kind
        if kind in (BlockKind.HEADLINE, BlockKind.DEK) or (place.block == lede and not seen):
            seen = seen or place.block == lede
            words = re.findall(r"[a-z]+", document.blocks[place.block].text[place.start : place.end].lower())
            if any(english.lemma(word, tag) in _moving() for word in words for tag in ("VBD", "VBZ")):
                found.append(place.index)
    return found


# ------------------------------------------------------------------------------------------------------ one figure


def _claim(article: Article, figure: Figure, sentence: int, figures: Sequence[Figure]) -> Claim:
    document = article.document
    text = document.blocks[figure.block].text
    tokens = article.tokens(sentence) if sentence >= 0 else ()
    _, hedge_start, hedge_end = around(text, figure.start, figure.end)
    start, end = min(figure.start, hedge_start), max(figure.end, hedge_end)
    inside = [t for t in tokens if t.start < figure.end and figure.start < t.end]
    noun, modifiers, stop, verb, subject, tense = _unit_noun(figure), frozenset[str](), figure.end, "", "", ""
    definite = other = False
    if inside:
        root = _root(inside)
        head, partitive = _counted(tokens, inside, root, figure)
        phrase = root if head is None else (root if partitive else head)
        if head is not None:
            noun = head.lemma
            modifiers = _modifiers(tokens, head, figure)
            if not partitive and figure.kind != Kind.MONEY:
                stop = _stretched(text, figure, head)
        governor = _governor(tokens, phrase, inside)
        if governor is not None:
            verb = governor.lemma
            subject = _subject(tokens, governor)
            tense = _tense(tokens, governor)
        if not noun or (figure.kind in (Kind.MONEY, Kind.PERCENT) and head is None):
            noun = _measured(tokens, root, governor) or noun
        changed = _changed(tokens, head if head is not None else tokens[root.head], inside)
        if changed is not None:
            noun, modifiers = changed
        before = text[max(0, start - 14) : start].lower()
        definite = bool(re.search(r"\b(the|those|these|all|its|their|his|her)\s+$", before))
        other = bool(re.search(r"\b(another|further|additional|extra|other|more)\s+$", before)) or bool(
            re.match(r"\s+(?:more|other|others|additional|further)\b(?!\s+than)", text[end:])
        )
    claim_id = article.next_id()
    article._hedges[claim_id] = (start, end)
    world = scope.world(article, figure, sentence, tokens, inside)
    return Claim(
        id=claim_id,
        block=figure.block,
        start=min(start, figure.start),
        end=max(stop, end),
        text=text[min(start, figure.start) : max(stop, end)],
        kind=figure.kind.value,
        widest=figure.widest,
        intended=figure.intended,
        integer=figure.kind == Kind.COUNT and figure.step.denominator == 1 and not figure.unit.startswith("point"),
        figure=figure,
        value=figure.value,
        unit=figure.unit,
        dimension=figure.dimension,
        sentence=sentence,
        noun=noun,
        modifiers=modifiers,
        verb=verb,
        subject=subject,
        context=frozenset(_content(tokens, inside)),
        names=frozenset(t.text for t in tokens if t.tag in ("NNP", "NNPS")),
        role=_role(text, start, figure, verb),
        outcome=_outcome(noun, modifiers, verb),
        tense=tense,
        time=world.time,
        when=world.when,
        place=world.place,
        speaker=world.speaker,
        modality=world.modality,
        definite=definite,
        other=other,
    )


def _unit_noun(figure: Figure) -> str:
    if figure.kind != Kind.COUNT or not figure.unit_name:
        return ""
    return english.lemma(figure.unit_name.lower(), "NNS")


def _root(inside: list[Token]) -> Token:
    """The figure's own head: the token of it whose head lies outside (the last such)."""
    own = {t.index for t in inside}
    outside = [t for t in inside if t.head not in own or t.head == t.index]
    return outside[-1] if outside else inside[-1]


def _counted(tokens: Sequence[Token], inside: list[Token], root: Token, figure: Figure) -> tuple[Token | None, bool]:
    """The noun that the figure counts, and whether it stands behind "of" ("twelve of the ships")."""
    own = {t.index for t in inside}
    head = tokens[root.head]
    attached = ("nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "appos", "advmod", "dep")
    after = inside[-1].index + 1
    if after + 1 < len(tokens) and tokens[after].lower == "of":
        for follower in tokens[after + 1 : after + 8]:
            if follower.is_noun and not _inside_phrase(tokens, follower):
                return follower, True
            if follower.lower in ("them", "those", "these", "whom", "which"):
                return None, True
            if follower.is_verb or follower.tag in (",", "."):
                break
    if head.index not in own and head.is_noun and root.dep in attached and head.start >= figure.end:
        return (None if _on_year(tokens, head) else head), False
    # the parser lost it: the first noun after the figure that ends its phrase
    if figure.kind in (Kind.COUNT, Kind.ORDINAL):
        for follower in tokens[after : after + 5]:
            if follower.is_noun:
                if not _inside_phrase(tokens, follower):
                    return follower, False
            elif not (
                follower.tag in ("JJ", "VBN", "HYPH", "JJR", "POS", "CD", "VBG") or follower.lower in ("and", "or")
            ):
                break
    return None, False


_OF_A_CHANGE = frozenset(
    """rise increase gain jump hike growth boost surge uplift climb improvement leap expansion fall drop decline decrease cut
    reduction slide slump dip plunge downturn contraction saving change swing shift""".split()
)


def _changed(tokens: Sequence[Token], head: Token, inside: list[Token]) -> tuple[str, frozenset[str]] | None:
    """What a figure that is the size of a rise or fall is a change of: "a 19 per cent increase in construction output"."""
    own = {t.index for t in inside}
    if head.index in own or head.lemma not in _OF_A_CHANGE:
        return None
    after = head.index + 1
    if after + 1 >= len(tokens) or tokens[after].lower not in ("in", "of", "for", "to"):
        return None
    modifiers: list[str] = []
    for follower in tokens[after + 1 : after + 8]:
        if follower.is_noun and not _inside_phrase(tokens, follower):
            return follower.lemma, frozenset(modifiers)
        if follower.is_noun or follower.tag.startswith("JJ"):
            modifiers.append(follower.lemma)
        elif follower.tag not in ("DT", "PRP$", "POS", "HYPH", "VBG", "VBN", "CD"):
            return None
    return None


def _on_year(tokens: Sequence[Token], head: Token) -> bool:
    """ "up 21.4 percent year on year" counts no years."""
    return [t.lower for t in tokens[head.index + 1 : head.index + 3]] in (["on", head.lower], ["over", head.lower])


def _inside_phrase(tokens: Sequence[Token], noun: Token) -> bool:
    """Whether the noun only qualifies the next one ("police" in "police officers")."""
    following = noun.index + 1
    return following < len(tokens) and tokens[following].is_noun and tokens[noun.index].tag in ("NN", "NNP", "NNS")


def _modifiers(tokens: Sequence[Token], head: Token, figure: Figure) -> frozenset[str]:
    """Adjectives and nouns between the figure and its noun, and the noun of an "of" behind it."""
    kept = {
        t.lemma
        for t in tokens
        if figure.end <= t.start < head.start
        and (t.is_noun or t.tag in ("JJ", "VBN", "VBG", "NNP"))
        and t.text.isalpha()
    }
    after = head.index + 1
    if after + 1 < len(tokens) and tokens[after].lower in ("of", "in"):
        for follower in tokens[after + 1 : after + 6]:
            if follower.is_noun and not _inside_phrase(tokens, follower):
                if tokens[after].lower == "of":
                    kept.add("of " + follower.lemma)
                break
    return frozenset(kept)


def _stretched(text: str, figure: Figure, head: Token) -> int:
    """The claim's end: behind its noun where that follows closely, so that reports quote "40 members"."""
    between = text[figure.end : head.start]
    return (
        head.end
        if head.start >= figure.end and between.count(" ") <= 3 and not re.search(r"[,;:()]", between)
        else figure.end
    )


def _governor(tokens: Sequence[Token], phrase: Token, inside: list[Token]) -> Token | None:
    """The verb that the figure's phrase depends on, through prepositions and conjunctions."""
    at, seen = phrase, 0
    while seen < 12:
        head = tokens[at.head]
        if head.index == at.index:
            return at if at.is_verb else None
        if head.is_verb:
            return head
        at, seen = head, seen + 1
    return None


def _subject(tokens: Sequence[Token], verb: Token) -> str:
    at = verb
    for _ in range(4):
        for token in tokens:
            if token.head == at.index and token.dep in ("nsubj", "nsubjpass"):
                return token.lemma
        if at.dep in ("conj", "xcomp", "ccomp", "advcl") and at.head != at.index:
            at = tokens[at.head]
        else:
            break
    return ""


def _tense(tokens: Sequence[Token], verb: Token) -> str:
    """The tense of a verb with its auxiliaries; of a participle or infinitive without any, that of the verb above it."""
    for _ in range(4):
        helpers = {t.lower for t in tokens if t.head == verb.index and t.dep in ("aux", "auxpass")}
        if helpers & {"will", "'ll", "’ll", "shall", "wo"}:
            return "future"
        if helpers & {"had", "'d", "’d"} and verb.tag in ("VBN", "VBD"):
            return "pluperfect"
        if helpers & {"has", "have", "'ve", "’ve"}:
            return "perfect"
        if verb.lower == "used" and any(t.head == verb.index and t.dep == "xcomp" for t in tokens):
            return "pluperfect"
        if verb.tag == "VBD" or helpers & {"was", "were", "did"}:
            return "past"
        if verb.tag in ("VBZ", "VBP") or helpers & {"is", "are", "am", "does", "do"}:
            if verb.lower in ("goes", "go", "is", "are") and any(
                t.head == verb.index and t.dep == "xcomp" and t.tag in ("VB", "VBG") for t in tokens
            ):
                return "future"
            return "present"
        if verb.tag == "VB" and "to" in helpers and tokens[verb.head].lemma in ("be", "expect", "plan", "due", "set"):
            return "future"
        head = tokens[verb.head]
        if head.index == verb.index:
            return ""
        verb = head
        if not verb.is_verb:
            return ""
    return ""


def _measured(tokens: Sequence[Token], root: Token, governor: Token | None) -> str:
    """What a bare amount measures: the noun before it ("profit of $4m"), else the subject ("sales were $4m")."""
    head = tokens[root.head]
    if head.lower == "of" and head.head != head.index and tokens[head.head].is_noun:
        noun = tokens[head.head]
        return "" if noun.lemma in _NOT_OF else noun.lemma
    if governor is not None:
        subject = _subject(tokens, governor)
        if governor.lemma in _moving() or governor.lemma in lexicon("claims")["verbs"]["linking"]:
            return subject
        for token in tokens:
            if (
                token.head == governor.index
                and token.dep in ("dobj", "attr")
                and token.is_noun
                and token.end <= root.start
            ):
                return token.lemma
    return ""


def _content(tokens: Sequence[Token], inside: list[Token]) -> list[str]:
    own = {t.index for t in inside}
    return [
        t.lemma
        for t in tokens
        if t.index not in own
        and (t.is_noun or t.is_verb or t.tag.startswith("JJ"))
        and len(t.lemma) > 2
        and t.lemma not in _light()
    ]


@cache
def _light() -> frozenset[str]:
    return frozenset("have say tell make take year month week day time last first new other more than people".split())


@cache
def _moving() -> frozenset[str]:
    verbs = lexicon("claims")["verbs"]
    return frozenset(verbs["rising"]) | frozenset(verbs["falling"])


def _role(text: str, start: int, figure: Figure, verb: str) -> str:
    """Whether the figure is a level, a change, or the one that another is compared with."""
    before = text[max(0, start - 40) : start].lower().rstrip()
    word = re.search(r"([a-z]+)$", before)
    if word and word.group(1) == "by" and verb and verb not in _moving() and figure.hedge not in ("up", "down"):
        return "level"  # "worked by 162 tenants"
    if word and word.group(1) in _FROM:
        return _FROM[word.group(1)]
    if re.search(r"compared (?:with|to)(?: (?:the|a|an|just|only))?$", before):
        return "than"
    if figure.hedge in ("up", "down"):
        return "change"
    if _RATE.match(text[figure.end : figure.end + 24].lower()):
        return "rate"
    return "level"


@cache
def _outcomes() -> dict[str, str]:
    return {word: name for name, words in lexicon("claims")["outcomes"].items() for word in words}


def _outcome(noun: str, modifiers: frozenset[str], verb: str) -> str:
    classes = _outcomes()
    for word in (noun, *sorted(modifiers), verb):
        if word in classes:
            return classes[word]
    return ""


# ---------------------------------------------------------------------------------------------------- nothing at all


def _zeros(
    document: Document, places: Sequence[Sentence], figures: Sequence[Figure]
) -> list[tuple[Sentence, int, int]]:
    """Where the text counts nothing: "no one", "nobody", "no arrests"."""
    found = []
    taken = {(f.block, f.start) for f in figures}
    for place in places:
        text = document.blocks[place.block].text
        for match in _ZERO.finditer(text, place.start, place.end):
            if (place.block, match.start()) in taken:
                continue
            if match.group(1).lower() == "no":
                words = re.match(r"\s*((?:[a-z]+ ?){1,3})", text[match.end() :])
                nouns = [english.lemma(word, "NNS") for word in words.group(1).split()] if words else []
                if not any(noun in _ZERO_NOUNS for noun in nouns):
                    continue
            found.append((place, match.start(), match.end()))
    return found


def _zero_claim(article: Article, place: Sentence, start: int, end: int) -> Claim:
    document = article.document
    text = document.blocks[place.block].text
    tokens = article.tokens(place.index)
    inside = [t for t in tokens if t.start < end and start < t.end]
    noun = verb = subject = ""
    modifiers = frozenset[str]()
    stop = end
    if inside:
        head = next((t for t in tokens if t.start >= end and t.is_noun and not _inside_phrase(tokens, t)), None)
        if text[start:end].lower() == "no" and head is not None and text[end : head.start].count(" ") <= 3:
            noun, stop, phrase = head.lemma, head.end, head
        else:
            noun, phrase = "person", inside[-1]
        governor = _governor(tokens, phrase, inside)
        verb = governor.lemma if governor is not None else ""
        subject = _subject(tokens, governor) if governor is not None else ""
    world = scope.world(article, None, place.index, tokens, inside)
    return Claim(
        id=article.next_id(),
        block=place.block,
        start=start,
        end=stop,
        text=text[start:stop],
        kind="none",
        widest=Interval.point(0),
        intended=Interval.point(0),
        integer=True,
        value=Interval.point(0).low,
        sentence=place.index,
        noun=noun,
        modifiers=modifiers,
        verb=verb,
        subject=subject,
        context=frozenset(_content(tokens, inside)),
        names=frozenset(t.text for t in tokens if t.tag in ("NNP", "NNPS")),
        outcome=_outcome(noun, modifiers, verb),
        time=world.time,
        place=world.place,
        speaker=world.speaker,
        modality=world.modality,
    )


# ------------------------------------------------------------------------------------------------- most and minorities

_OF_SOMETHING = r"\b(?= of (?:the|its|their|his|her|those|them|these|all|our|it|which|whom)\b)"
_MAJORITY = re.compile(
    r"\b(?:(?P<more>[Mm]ost|(?:[Tt]he|[Aa]) (?:clear |large |vast |overwhelming |narrow |slim )?majority)|(?P<less>[Aa] minority))"
    + _OF_SOMETHING
)


def _majorities(
    document: Document, places: Sequence[Sentence], figures: Sequence[Figure]
) -> list[tuple[Sentence, re.Match[str]]]:
    """Where the text says "most of the schools" or "a minority of them"."""
    return [
        (place, match)
        for place in places
        for match in _MAJORITY.finditer(document.blocks[place.block].text, place.start, place.end)
        if not any(f.block == place.block and f.start < match.end() and match.start() < f.end for f in figures)
    ]


def _majority_claim(article: Article, place: Sentence, match: re.Match[str]) -> Claim:
    """A share without a number: more than half, or less."""
    half = Fraction(1, 2)
    widest = Interval(half, Fraction(1), True) if match["more"] else Interval(Fraction(0), half, True, True)
    tokens = article.tokens(place.index)
    inside = [t for t in tokens if t.start < match.end() and match.start() < t.end]
    noun = next((t.lemma for t in tokens if t.start > match.end() and t.is_noun and not _inside_phrase(tokens, t)), "")
    governor = _governor(tokens, inside[-1], inside) if inside else None
    return Claim(
        id=article.next_id(),
        block=place.block,
        start=match.start(),
        end=match.end(),
        text=match.group(),
        kind="most",
        widest=widest,
        intended=widest,
        sentence=place.index,
        noun=noun,
        verb=governor.lemma if governor is not None else "",
        context=frozenset(_content(tokens, inside)),
        names=frozenset(t.text for t in tokens if t.tag in ("NNP", "NNPS")),
    )


# ---------------------------------------------------------------------------------------------------------- directions


def _direction_claims(article: Article) -> list[Claim]:
    """What the display text and the first paragraphs say rises or falls: "The unemployment rate eased in June"."""
    found = []
    for place in article.sentences:
        if not (article.is_display(place) or place.block in article.openings):
            continue
        tokens = article.tokens(place.index)
        for verb in tokens:
            sign = _sign_of(verb.lemma) if verb.is_verb else 0
            if not sign or any(t.head == verb.index and t.dep in ("neg", "dobj", "aux") and t.lower not in ("has", "have", "had", "'s", "’s") for t in tokens):
                continue
            subject = next((t for t in tokens if t.head == verb.index and t.dep == "nsubj" and t.is_noun), None)
            if subject is None:
                continue
            near = {subject.index}
            for _ in range(3):
                near |= {t.index for t in tokens if t.head in near and t.dep in ("compound", "amod", "nmod", "prep", "pobj")}
            modifiers = frozenset(tokens[i].lemma for i in near if i != subject.index and (tokens[i].is_noun or tokens[i].tag.startswith("JJ")))
            world = scope.world(article, None, place.index, tokens, [verb])
            found.append(
                Claim(
                    id=article.next_id(),
                    block=place.block,
                    start=verb.start,
                    end=verb.end,
                    text=verb.text,
                    kind="direction",
                    widest=Interval.point(sign),
                    intended=Interval.point(sign),
                    value=Fraction(sign),
                    sentence=place.index,
                    noun=subject.lemma,
                    modifiers=modifiers,
                    verb=verb.lemma,
                    subject=subject.lemma,
                    context=frozenset(_content(tokens, [verb])),
                    tense=_tense(tokens, verb),
                    time=world.time,
                    when=world.when,
                    modality=world.modality,
                )
            )
    return found


def _sign_of(lemma: str) -> int:
    verbs = lexicon("claims")["verbs"]
    return 1 if lemma in verbs["rising"] else -1 if lemma in verbs["falling"] else 0
