"""Things told one by one in running text, and the number that the text gives of them: behind a colon, in brackets, as an
apposition, as the subject of the next sentence, "First ... Second ... Third"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.language.article import Article
from checker.language.sentences import Sentence
from checker.model import BlockKind, Claim
from checker.patterns import lazy

_BODY = frozenset({BlockKind.BODY, BlockKind.QUOTE})
_FARTHEST = 2  # how far a stated number and a list may be apart and still be meant for one another


class Listed(NamedTuple):
    """A stated number, how many items are told, where they stand (block, start, end), and how surely they are all meant."""

    stated: Claim
    number: int
    place: tuple[int, int, int]
    confidence: float


# what says that not all are told
OPEN = lazy(
    r"\b(?:^also|including|include[sd]?|among (?:them|others)|such as|some of|for example|for instance|e\.g\.|notably|at least|a selection|highlights|and more|and others|etc|others|mainly|mostly|chiefly|led by|starting with|especially|particularly|like)\b",
    re.I,
)
_SAID = lazy(
    r"(?:, (?:(?!and\b|or\b)[A-Za-z.’'&-]+ ){1,5}?|,? )(?:reports?|says?|said|wrote|writes|notes|adds|tells)\b|,? according to\b"
)
_TRAILING = lazy(r",? (?:all|both|each|who|which|whose|where|with|into|for|from|on) (?:of\b|[a-z])[^,;]*$")
_AGE = lazy(r",? (?:aged )?\(?\d{1,3}\)?(?=,| and|$)")
_JOINTS = lazy(r";\s*(?:and )?")
_COMMAS = lazy(r",\s+(?:and |or )?|\s+(?:and|or|plus)\s+")
_CLAUSE = lazy(r"\b(?:is|are|was|were|has|have|had|will|would|said|says|but|because|that)\b")
_PAIRED = lazy(
    r"\b(?:(?P<a>Bosnia|Trinidad|Antigua|Saint Kitts|St Kitts|S[ãa]o Tom[eé]|Johnson|Marks|Tyne|Brighton|Turks|Windsor|Hammersmith|Dumfries|Perth|Barking|Kensington|Saint Vincent|St Vincent|Standard|Procter|Ernst|Wallis|Hastings|Redcar|Health|Science|Newfoundland) (?:and|&) (?P<b>(?:the )?[A-Z]\w+))"
)


def length(text: str) -> int | None:
    """How many items an enumeration has, None where it is none or cannot be told."""
    if ";" in text:
        pieces = _JOINTS.split(text)
        closed = "; and " in text  # what the last item holds is no further one
        return len(pieces) + (0 if closed else len(re.findall(r", and ", pieces[-1])))
    text = _PAIRED.sub(r"\g<a>", _AGE.sub("", text))
    pieces = _COMMAS.split(text)
    joints = len(re.findall(r"\b(?:and|or|plus)\b", text))
    if len(pieces) < 2 or joints != 1:
        return None
    if any(len(piece.split()) > 5 or not piece.strip() for piece in pieces) or _CLAUSE.search(text):
        return None
    names = sum(piece[:1].isupper() for piece in pieces)
    return None if 0 < names < len(pieces) and names != len(pieces) - 1 else len(pieces)


# ---------------------------------------------------------------------------------------------------- in one sentence

_SEPARATED = lazy(
    r"(?P<mid>[^:;()—–‹›]{0,120}?)(?P<joint>: | ?— ?| [–-] |,? namely | \()(?P<items>.*)$",
    re.DOTALL,
)
_NAME = r"(?:(?:the|[a-z]{3,}(?:-[a-z]+)?) ){0,2}[A-ZÀ-Þ][\w’'.&-]*(?: (?:(?:of|de|van|der|von|la|del|the) )*[A-ZÀ-Þ0-9][\w’'.&-]*){0,4}(?:, (?:aged )?\d{1,3})?"
_THING = r"(?:[Tt]he|[Aa]n?) [a-z][a-z’'-]*(?: [a-z][a-z’'-]*)?"
_NAMES = rf"{_NAME}(?:, {_NAME})+,? and {_NAME}"
_APPOSED = lazy(rf"(?:, |, in |, from | in )(?P<items>{_NAMES})(?=[,.;]|$)")
_CALLED = lazy(
    rf",? (?:which|whom|who)\b[^.;:]{{0,40}}\b(?:named|called|christened|dubbed) (?P<items>{_NAMES})(?=[,.;]|$)"
)


def in_one_sentence(article: Article, countable: Callable[[Claim], bool]) -> Iterator[Listed]:
    """ "seven stops: Ardrossan, Brodick, ... and Largs", "three players, Hogg, Teale and Ince," """
    for claim in article.claims:
        if not countable(claim) or claim.sentence < 0 or article.block(claim).kind not in _BODY:
            continue
        sentence = article.sentences[claim.sentence]
        text = article.document.blocks[sentence.block].text[claim.end : sentence.end]
        if OPEN.search(text):
            continue
        yield from _separated(article, claim, sentence, text, countable)
        yield from _apposed(claim, sentence, text)


def _separated(
    article: Article, claim: Claim, sentence: Sentence, text: str, countable: Callable[[Claim], bool]
) -> Iterator[Listed]:
    found = _SEPARATED.match(text)
    if not found:
        return
    joint, items = found["joint"].strip(), found["items"].strip()
    near = len(found["mid"]) <= _NEAR
    end = claim.end + found.end("mid")
    if any(countable(c) and claim.end <= c.start < end for c in article.by_sentence[claim.sentence]):
        return
    if _OF_TIMES.search(article.block(claim).text, max(0, claim.start - 16), claim.start) or _PLACED.match(items):
        return
    if joint != ":" and (not near or re.search(r"\d|\bwhich\b|\bwho\b", found["mid"])):
        return
    if joint in ("—", "–", "-"):
        items = re.split(r" ?[—–] ?| - ", items)[0]
    elif joint == "(":
        items = items.split(")")[0]
    items = _TRAILING.sub("", _SAID.split(items)[0].rstrip(". ”\"'"))
    number = length(items)
    if number is None:
        return
    start = claim.end + found.start("items")
    place = (sentence.block, start, min(sentence.end, start + max(20, len(items))))
    if number == claim.value:
        yield Listed(claim, number, place, 0.95)
    elif _is_miscounted(claim, number):
        yield Listed(claim, number, place, 0.92 if joint == ":" and near else 0.85)


# "after six stages: 1 Boyd; 2 Cole": what is listed is not what is counted
_OF_TIMES = lazy(
    r"\b(?:[Aa]fter|[Ww]ithin|[Tt]han|[Ee]very|[Pp]ast|[Oo]ver|[Ff]or|[Uu]ntil|[Bb]efore|[Dd]uring|[Aa]cross) $"
)
_PLACED = lazy(r"1[.)]? (?!of\b)[A-Z]")
_NEAR = 50  # characters between a number with its noun and the colon


def _is_miscounted(claim: Claim, number: int) -> bool:
    """Whether a list is so long that a slip of counting explains its number."""
    assert claim.value is not None
    return number >= 3 and abs(number - claim.value) <= (_FARTHEST if claim.value >= 3 else 1)


def _apposed(claim: Claim, sentence: Sentence, text: str) -> Iterator[Listed]:
    found = _APPOSED.match(text) or _CALLED.match(text)
    if not found or (number := length(found["items"])) is None or number < 3 or claim.value is None:
        return
    place = (sentence.block, claim.end + found.start("items"), claim.end + found.end("items"))
    if number == claim.value:
        yield Listed(claim, number, place, 0.95)
    elif abs(number - claim.value) == 1:
        yield Listed(claim, number, place, 0.85)


# ------------------------------------------------------------------------------------------------ in the next sentence

_VERB = r"(?:will|would|are|were|is|have|had|has|each|all|both|can|could|may|must|[a-z]+ed|[a-z]+s?)"
_OPENING = lazy(
    rf"[\"“]?(?:(?:They|These|Those|The [a-z]+(?: [a-z]+)?) (?:are|were) |(?:People|Residents|Teams|Men|Women|Players|Members) (?:from|of|in) )?(?P<items>{_NAMES}|{_THING}(?:, {_THING})+,? and {_THING}(?= (?:will|would|are|were|have|had|each|all|both)\b))(?=[.,;]| {_VERB}\b|$)"
)


_ONE_OUT = lazy(r"\b(?:only|except|apart from|other than|all but)\b")  # "Of the five states, only Iowa reported a rise"
_PARENT = lazy(r"(?:father|mother|parent|dad|mum|mom)s?[”\"’']* of $")  # "a proud grandfather" of four
_GOES_ON = lazy(r"(?: (?:of|from|for|at|in) [^.;:]{1,50}?)?(?: and|, with|, plus) [A-ZÀ-Þ]")


def next_to(article: Article, countable: Callable[[Claim], bool]) -> Iterator[Listed]:
    """ "Brussels put duties on steel from five countries. China, India, Turkey, Egypt and Vietnam ..." """
    for claim in article.claims:
        if not countable(claim) or article.block(claim).kind not in _BODY or not claim.noun or claim.carried:
            continue
        text = article.block(claim).text
        if _ONE_OUT.search(text, claim.end, article.sentences[claim.sentence].end) or _PARENT.search(
            text[: claim.start]
        ):
            continue
        if sum(countable(c) for c in article.by_sentence[claim.sentence]) != 1 or OPEN.search(
            article.text(claim.sentence)
        ):
            continue
        index = claim.sentence + 1
        if index >= len(article.sentences) or article.sentences[index].block not in (claim.block, claim.block + 1):
            continue
        sentence, text = article.sentences[index], article.text(index)
        found = _OPENING.match(text)
        if not found or article.block(sentence).kind not in _BODY or OPEN.search(text):
            continue
        number = length(found["items"])
        if number is None or number < 3 or any(countable(c) for c in article.by_sentence.get(index, ())):
            continue
        place = (sentence.block, sentence.start + found.start("items"), sentence.start + found.end("items"))
        if number == claim.value:
            yield Listed(claim, number, place, 0.9)
        elif _GOES_ON.match(text, found.end("items")):
            continue  # "Ames, Boyd and Cole of the Rovers and Dunn of the Town"
        elif claim.value is not None and abs(number - claim.value) == 1:
            yield Listed(claim, number, place, 0.8)


_THEY_ARE = lazy(
    r"[\"“]?(?:They|These|The [a-z]+(?: [a-z]+)?)(?: (?:are|were)| (?:stand|hang|go on sale|stood|hung|consists? of|comprises?)) (?P<items>[^.;:‹›]+?)(?=\.|$)"
)
_ITEM = (
    lazy(r"(?:the|an?|his|her|their|its) [a-z]"),
    lazy(r"(?:in|on|at|outside|inside|behind|beside|near|under|by|opposite) [a-z]"),
)
_LONGEST_ITEM = 8  # words


def they_are(article: Article, countable: Callable[[Claim], bool]) -> Iterator[Listed]:
    """ "Three were picked up. They were the skipper of the boat, his son and a deckhand": items of one form, two or more words
    each, behind the only number of the sentence before."""
    for sentence in article.sentences[1:]:
        text = article.text(sentence.index)
        found = _THEY_ARE.match(text) if article.block(sentence).kind in _BODY else None
        if found is None or OPEN.search(text) or any(countable(c) for c in article.by_sentence.get(sentence.index, ())):
            continue
        pieces = _COMMAS.split(found["items"])
        joints = len(re.findall(r"\b(?:and|or|plus)\b", found["items"]))
        alike = any(all(form.match(piece) for piece in pieces) for form in _ITEM)
        if len(pieces) < 3 or joints != 1 or not alike or _CLAUSE.search(found["items"]):
            continue
        stated = [c for c in article.by_sentence.get(sentence.index - 1, ()) if countable(c) and c.noun]
        if len(stated) != 1 or any(len(piece.split()) > _LONGEST_ITEM for piece in pieces):
            continue
        place = (sentence.block, sentence.start + found.start("items"), sentence.start + found.end("items"))
        if stated[0].value == len(pieces):
            yield Listed(stated[0], len(pieces), place, 0.9)
        elif _is_miscounted(stated[0], len(pieces)) and abs(len(pieces) - (stated[0].value or 0)) == 1:
            yield Listed(stated[0], len(pieces), place, 0.85)


# ------------------------------------------------------------------------------------------------------ First, second

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_ON = 5  # sentences between two of them at most
_ORDINAL = lazy(rf"[\"“]?(?P<word>{'|'.join(_ORDINALS)}|last|final)(?:ly)?,? ", re.I)


def in_order(article: Article, countable: Callable[[Claim], bool]) -> Iterator[Listed]:
    """ "Critics make three objections. First, it costs too much. Second, ... Third, ..." """
    told: list[tuple[int, int]] = []  # sentences that begin so, with the number told
    for sentence in article.sentences:
        if article.block(sentence).kind in _BODY and (found := _ORDINAL.match(article.text(sentence.index))):
            word = found["word"].lower()
            told.append((sentence.index, _ORDINALS.index(word) + 1 if word in _ORDINALS else 0))
    numbers = [n for _, n in told]
    last = numbers[-1:] == [0]
    if last:
        numbers[-1] = len(numbers)
    if len(numbers) < 3 or numbers != list(range(1, len(numbers) + 1)):
        return
    if any(b - a > _ON for (a, _), (b, _) in pairwise(told)):
        return
    first = told[0][0]
    opened = [c for c in article.claims if countable(c) and c.noun and 1 <= first - c.sentence <= 1]
    if len(opened) == 1 and _is_miscounted(opened[0], len(numbers)) | (opened[0].value == len(numbers)):
        sentence = article.sentences[first]
        yield Listed(
            opened[0], len(numbers), (sentence.block, sentence.start, min(sentence.end, sentence.start + 40)), 0.88
        )
