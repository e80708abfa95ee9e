"""None and some: "no one was hurt" beside "the two injured", a unanimous vote beside somebody who voted against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.language.article import Article
from checker.language.english import lemma
from checker.model import BlockKind, Claim, Relation
from checker.patterns import lazy

_NOBODY = r"(?:[Nn]o[- ](?:one|body)(?! else)|[Nn]obody(?! else)|[Nn]one(?: of (?:the|them|those|its|his|her|their)[a-z ‹›\d]{0,40})?|[Nn]ot (?:a single|one) (?:[a-z]+)|[Nn]o (?:people|persons?|passengers?|occupants?|residents?|guests?|patients?|pupils?|students?|workers?|employees?|customers?|shoppers?|visitors?|spectators?|members?|travell?ers?|councill?ors?|senators?)(?= (?:was|were|is|are|has|have|had|got|voted|opposed|objected)\b))"
_EVERYBODY = r"(?:[Ee]very(?:one|body)(?: (?:on board|aboard|inside|involved))?|[Ee]very [a-z]+|[Aa]ll (?:of (?:them|those(?: (?:on board|aboard|inside))?|the (?:\d+ )?[a-z]+)|(?:the )?(?:‹n\d+›|\d+|[a-z]+)(?: [a-z-]+){0,3}|those (?:on board|aboard|inside)|on board|aboard|[a-z]+))"
_WITHOUT = r"(?:[Ww]ithout (?:a|any|a single)|[Nn]ot (?:a|a single|one)|[Nn]o(?: reports? of)?|[Ll]eaving no(?: one)?|[Tt]here (?:were|was|have been) no|[Nn]o further)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may have happened to nobody, and how a text says that it did happen to somebody: `somebody` in a statement
    with a subject, `some` by a word for those whom it happened to, or for what they did."""

    name: str
    none: re.Pattern[str]
    somebody: re.Pattern[str]
    some: re.Pattern[str]


_WHO = (
    r"(?P<who>[Tt]he (?:only )?‹n\d+›|‹n\d+›(?: of (?:the|them|those)(?: ‹n\d+›)?)?(?: [a-z-]+){0,4}|[Aa]n? (?:‹a\d+› |[a-z-]+ ){0,3}(?:man|woman|boy|girl|child|teenager|passenger|driver|worker|officer|student|pupil|resident|"
    r"firefighter|councillor|councilman|councilwoman|member|suspect|engineer|guard|tenant|pensioner|cyclist|rider|pedestrian|player|spectator|couple|toddler|baby|nurse|employee|visitor|soldier|miner|sailor|pilot|neighbou?r)\b|"
    r"(?:[Cc]llr|Councillor|Councilman|Councilwoman|Councilmember|Alderman|Commissioner|Supervisor|Trustee|Mr\.?|Mrs\.?|Ms\.?|Sen(?:ator)?s?\.?|Rep\.|Directors?)? ?[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,3}|[Bb]oth(?: [a-z]+)?|[Oo]ne (?:of them|person|man|woman|member|councillor))"
)  # fmt: skip
_GAP = r"(?:(?!\b(?:not|n['’]t|never|nobody|no one|none)\b)[^.;:]){0,80}?"
_PEOPLE = r"(?:man|woman|men|women|boys?|girls?|couple|pair|people|persons?|child|children|passengers?|drivers?|workers?|crew|officers?|firefighters?|sailors?|miners?|fishermen|swimmers?|climbers?|hikers?|youths?|teenagers?|suspects?)"
_ARE = r"(?=,| (?:were|was|are|is|have|has|had|include[sd]?|ranged?)\b)"
_AT_LEAST = r"(?:at least |about |up to )?(?:‹n\d+›|an?|several|both|one|some)"
_MEMBERS = r"(?:members?|councill?ors?|senators?|councilm[ae]n|councilwom[ae]n|commissioners?|trustees?|supervisors?|judges?|justices?|one|deputy|deputies|mps?|delegates?|lawmakers?|legislators?)"
_OPPOSED = r"(?:opposed|voted against|dissented|had (?:opposed|voted against))"
_WON = r"(?:approv\w+|pass\w*|adopt\w*|carr(?:ied|y)|back\w*|reject\w*|endors\w+)"
_GRAVE = r"(?:were|was|are|is|appear\w*)(?: [a-z]+){0,3} (?:life|serious|severe|critical|major|significant|grave)"
_NIL = r"(?:[-–]| to )(?:0|nil|zero|none|nothing)\b"

_OUTCOMES = (
    Outcome(
        "injured",
        lazy(
            rf"\b{_NOBODY}\b[^.;:]{{0,40}}?\b(?:hurt|injured|wounded|harmed)\b(?! (?:seriously|badly))|\b{_WITHOUT} (?:[a-z]+ )?(?:injur(?:y|ies)|casualt(?:y|ies)|scratch)\b(?! {_GRAVE})|"
            rf"\b[Nn]o one (?:[a-z]+ )?(?:injured|hurt)\b|\b{_EVERYBODY}\b[^.;:]{{0,40}}?\b(?:unhurt|unharmed|uninjured|unscathed|without a scratch)\b|\bescaped (?:unhurt|unharmed|uninjured|unscathed|injury|without (?:injury|a scratch))"
        ),
        lazy(
            rf"{_WHO}{_GAP}\b(?:(?:was|were|been|being) (?:[a-z]+ly )?(?:hurt|injured|wounded|burned|burnt|scalded)|(?:was|were) (?:taken|rushed|flown|airlifted|driven) (?:[a-z]+ )?to [^.;:]{{0,40}}?(?:with|suffering)|"
            r"\b(?:was|were|been|being|needed) (?:taken|treated|rushed|flown|airlifted|admitted|kept|‹n\d+› stitches)(?: away)?[^.;:]{0,40}?\b(?:burns?|cuts|bruis\w+|broken|fractur\w+|concussion|injur\w+|wounds?|smoke inhalation|stitches)|\bneeded ‹n\d+› stitches|(?:suffered|sustained|broke|fractured) (?:a |an |his |her |their |two |several |minor |serious |head )?(?:[a-z]+ )?(?:injur\w+|burns?|broken|fractur\w+|concussion|arm|leg|wrist|ankle|hip|ribs?|collarbone|wounds?|cuts))"
        ),
        lazy(
            rf"\b[Tt]he (?:‹n\d+› )?(?:injured|wounded)(?:{_ARE}| {_PEOPLE}\b)|\b[Tt]he ‹n\d+› (?:injured|wounded|hurt)\b|\b[Tt]hose (?:hurt|injured|wounded)\b|\b[Aa]mong the (?:injured|wounded)\b|(?:‹n\d+›|\b[Oo]ne) of the (?:injured|wounded)\b|\b(?:injuring|wounding) {_AT_LEAST}\b|\bneeded ‹n\d+› stitches\b|"
            r"\b(?:was|were|been|being) (?:taken|treated|rushed|flown|airlifted|admitted|kept)\b[^.;:]{0,40}?\b(?:with|for) (?:[a-z]+ ){0,2}?(?:burns?|cuts|bruis\w+|broken|fractur\w+|concussion|injur\w+|wounds?)\b|"
            r"‹n\d+› (?:of (?:them|whom) )?with (?:[a-z]+ )?(?:burn(?:ed|t)|broken|cut|bruised|fractured|gashed|scalded|sprained) [a-z]+|\bwho (?:had )?(?:broken?|fractured|sprained|dislocated|burn(?:ed|t)) (?:an?|his|her|their) (?:[a-z]+ )?[a-z]+"
        ),
    ),
    Outcome(
        "dead",
        lazy(
            rf"\b{_NOBODY}\b[^.;:]{{0,30}}?\b(?:killed|died)\b|\b{_WITHOUT} (?:[a-z]+ )?(?:deaths?|fatalit(?:y|ies)|loss of life)\b|\b{_EVERYBODY}\b[^.;:]{{0,20}}?\b(?:survived|(?:came|got) out alive)\b|"
            r"\bwere all (?:brought|taken|lifted|winched|plucked|led|pulled) [^.;:]{0,25}?\b(?:safe|safely|alive|to safety)\b"
        ),
        lazy(
            rf"{_WHO}(?:{_GAP}\b(?:was|were|been) (?:killed|shot dead|found dead)\b| (?:died|drowned|lost (?:his|her|their) li(?:fe|ves))\b)"
        ),
        lazy(
            rf"\b[Tt]he (?:‹n\d+› )?dead(?:{_ARE}| {_PEOPLE}\b)|\b[Tt]he ‹n\d+› (?:dead|killed|victims)\b|\b[Tt]hose (?:killed|who died)\b|\b[Aa]mong the dead\b|\bkilling {_AT_LEAST}\b|\b[Tt]he bod(?:y|ies) of (?:an? |the |‹n\d+› )(?:[a-z]+ )?{_PEOPLE}\b(?=[^.;:]{{0,20}}? (?:was|were) (?:later )?(?:found|recovered|washed|pulled)\b)"
        ),
    ),
    Outcome(
        "arrested",
        lazy(
            rf"\b{_NOBODY}\b[^.;:]{{0,30}}?\b(?:arrested|detained|in custody)\b|\b{_WITHOUT} (?:[a-z]+ )?(?:arrests?)\b(?! warrant)"
        ),
        lazy(
            rf"{_WHO}{_GAP}\b(?:was|were|been) (?:arrested|detained|taken into custody|handcuffed|led away)\b"
        ),
        lazy(
            rf"\b[Tt]he ‹n\d+› (?:arrested|detained|suspects in custody)\b|\b[Tt]hose (?:arrested|detained|in custody)\b|\b[Tt]he (?:arrested|detained) {_PEOPLE}\b"
        ),
    ),
    Outcome(
        "missing",
        lazy(
            rf"\b{_NOBODY}\b[^.;:]{{0,30}}?\b(?:missing|unaccounted for)\b|\b{_EVERYBODY}\b (?:was|were|are|is|has been|have been|had been|got|made it|came|reached) (?:now |all )?(?:reported |known to be )?(?:safe|safely|accounted for|ashore|alive|rescued|found|brought ashore|taken off|evacuated|out)\b"
        ),
        lazy(
            rf"{_WHO} (?:is|are|remains?|remained|(?:was|were) still) (?:still )?(?:missing|unaccounted for|trapped)\b"
        ),
        lazy(
            rf"\b[Tt]he (?:‹n\d+› )?missing {_PEOPLE}\b|\b(?:still|remains?|remained) (?:missing|unaccounted for)\b|\b(?:has|have|had) not been (?:seen|heard of|heard from) since\b|"
            rf"\b(?:search|searching|look|looking|hunt|hunting|comb|combing)\b[^.;:]{{0,30}}? for (?:the |an? |‹n\d+› )(?:[a-z-]+ ){{0,2}}(?:missing(?: {_PEOPLE})?|survivors|bodies)\b"
        ),
    ),
    Outcome(
        "against",
        lazy(
            rf"\b(?:[Uu]nanimous(?:ly)?|[Ww]ithout (?:a |any |one )?(?:single )?(?:dissent(?:ing (?:voices?|votes?))?|votes? (?:being )?(?:cast )?against|opposition|objection|opposing vote|no vote)|[Nn]o (?:votes? (?:was |were )?(?:cast )?against|dissent(?:ing votes?)?)|{_NOBODY} (?:voted (?:against|no)|opposed it|dissented|objected|was against)|[Nn]em con)\b|"
            rf"\b[Vv]ot(?:e[sd]?|ing),? \d+{_NIL}|\b{_WON}\b[^.;:]{{0,40}}? (?:by )?\d+{_NIL}(?! at )|\b\d+[-–]0 vote\b|\b{_EVERYBODY}\b (?:present )?(?:voted (?:for|in favou?r|yes)|(?:was|were) in favou?r|raised (?:a|his or her|their) hands?)\b"
        ),
        lazy(
            rf"{_WHO}(?:(?!\b(?:unanim\w+)\b)[^.;:]){{0,60}}?\b(?:voted (?:against|no\b)|(?:was|were|cast|with) the (?:only|lone|sole|‹n\d+›) (?:[a-z]+ )?(?:no|dissenting|opposing|negative) votes?|dissented|opposed (?:it|the (?:motion|plan|move|measure|bill|proposal|resolution|scheme|decision|idea)))\b"
        ),
        lazy(
            rf"\b[Oo]ne of the ‹n\d+› who {_OPPOSED}\b|\b[Tt]he ‹n\d+›(?: [a-z]+)? who (?:{_OPPOSED}|voted no)\b|\b[Cc]ast(?:ing)? the (?:lone|only|sole|single|‹n\d+›) (?:[a-z]+ )?(?:votes? (?:against|in opposition)|no votes?)|\bamong (?:those|the (?:‹n\d+›|[a-z]+)) (?:to (?:oppose|vote against)|who {_OPPOSED}|against|opposed|opposing)\b|"
            rf"\bthe (?:only|lone|sole|‹n\d+›) (?:[a-z]+ )?{_MEMBERS} (?:to (?:oppose|vote against|dissent)|who {_OPPOSED})\b|‹n\d+› (?:[a-z]+ ){{0,2}}(?:voted against|voted no|(?:were|was) against)\b|\b(?:lone|only|sole) (?:dissenter|dissenting (?:voice|vote)|no vote|vote against|opponent)\b"
        ),
    ),
)  # fmt: skip
# "All of the wells met the limit" and "eight wells exceeded it"
_ALL_PASS = lazy(
    r"\b(?:[Aa]ll|[Ee]very one) (?:of )?(?:the |its |their |these |those )?(?:\d+ )?(?:[a-z-]+ ){0,2}?(?P<noun>[a-z]+s|people|children)\b(?: [a-z]+){0,2}? (?:met|meet|compl(?:y|ied) with|passed|pass|satisf(?:y|ied)|(?:(?:were|are|was|fell|fall|came) )(?:well |comfortably )?(?:within|below|under|inside))\b[^.;:]{0,40}?\b(?:limits?|standards?|requirements?|thresholds?|norms?|guidelines?|rules?|tests?|inspections?|levels?|checks?)\b"
)
_SOME_FAIL = lazy(
    r"‹n(?P<number>\d+)›(?: of (?:the|its|their))?(?: (?:other|more|further))?(?: [a-z-]+){0,2}?(?: (?P<noun>[a-z]+s|people|children))? (?:(?:that|which|who) )?(?:(?:have|had) )?(?:exceed(?:ed|s)?|fail(?:ed|s)?|breach(?:ed|es)?|broke|(?:were|was|are) (?:above|over|outside)|(?:did|do) not (?:meet|pass|comply|satisfy))\b"
)
_BUT = lazy(
    r"\b(?:nearly|almost|seriously|serious|badly|critically|major|life-threatening|further|yet known|so far known|immediate|longer|if|unless|until|initially|at first|first reports|earlier|immediately|reports? of|could|would|might|should|hoping|hoped|"
    r"feared|claimed|other|usually|normally|rarely|never|must|require[sd]?|need(?:s|ed)?|jury|jurors|verdict)\b",
    re.I,
)
_NOT = lazy(
    r"\b(?:not|n['’]t|no one|nobody|none|never|nearly|almost|could have|might have|would have|would be|if|feared|in 1\d{3}|in 20\d\d|years? (?:ago|earlier|before)|[Ll]ast (?:year|month|week|fatality|death|casualty|victim|one|time|case|arrest|injury)|previous(?:ly)?|[Ii]n(?= ‹d)|another|second|separate|unrelated|"
    r"elsewhere|before|had (?:been|begun|started)|the same|once|other|a horse|a dog|cats?|dogs?)\b"
)
_BODY = frozenset(
    {BlockKind.BODY, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.DEK, BlockKind.HEADLINE, BlockKind.CAPTION}
)


def find(article: Article) -> Iterable[Relation]:
    """``none-some`` relations between nobody and somebody of one outcome."""
    for outcome in _OUTCOMES:
        none = next(_nobody(article, outcome), None)
        some = next(_somebody(article, outcome, none), None) if none is not None else None
        if none is not None and some is not None:
            yield Relation("none-some", {"none": (none,), "some": (some,)}, 0.85, "if both speak of one event")
    yield from _passed(article)


_FOR = lazy(r"\bfor (?P<what>[a-z]+)\b")  # what a limit is for: "for fluoride"


def _passed(article: Article) -> Iterator[Relation]:
    """All things of a kind that met a limit or passed a test, and some of that kind that did not."""
    told = [
        (sentence, match)
        for sentence in article.sentences
        if article.block(sentence).kind in _BODY and (match := _ALL_PASS.search(article.text(sentence.index)))
    ]
    for place, all_of in told[:1]:
        none = article.derived("none", 0, place.block, place.start + all_of.start(), place.start + all_of.end())
        for sentence in article.sentences:
            if sentence.index == place.index or abs(sentence.block - place.block) > 4:
                continue
            masked = article.masked(sentence.index)
            match = _SOME_FAIL.search(masked.text)
            if match is None or "‹d" in masked.text or _doubtful(masked.text.replace("other", ""), match):
                continue
            what, other = _FOR.search(article.text(place.index), all_of.end()), _FOR.search(masked.text, match.end())
            if what and other and what["what"] != other["what"]:
                continue
            claim = masked.claim(match, "number")
            named = (match["noun"] or "", claim.noun)
            if lemma(all_of["noun"], "NNS") in (lemma(named[0], "NNS"), named[1]) and claim.value and claim.value >= 1:
                yield Relation("none-some", {"none": (none,), "some": (claim,)}, 0.85, "if both speak of one event")
                return


def _nobody(article: Article, outcome: Outcome) -> Iterator[Claim]:
    """Statements that it happened to nobody, in the paper's own voice and time."""
    for sentence in article.sentences:
        if article.block(sentence).kind not in _BODY:
            continue
        text = article.text(sentence.index)
        match = outcome.none.search(text)
        if match and _OTHER_TIME.search(text, 0, match.end() + 25):
            continue
        if match and _is_partial(article, sentence.index, text[match.end() :]):
            continue
        if match and not _BUT.search(text[max(0, match.start() - 40) : match.end()] + _clause(text[match.end() :])):
            yield article.derived(
                "none", 0, sentence.block, sentence.start + match.start(), sentence.start + match.end()
            )


_OTHER_TIME = lazy(
    r"\b(?:[Ii]n (?:1[89]|20)\d\d|[Ll]ast (?:year|month|week)|[Pp]revious|[Ee]arlier|[Ss]ince|[Bb]etween (?:[A-Z][a-z]+|\d{4})|[Ff]or (?:the (?:first|second|third) |an? |\d+ |[a-z]+ )(?:straight |whole |consecutive )?(?:days?|weeks?|months?|years?)|(?:years?|months?|weeks?) (?:ago|before))\b"
)
_PLACE_FIRST = lazy(r"(?:In|At|Near|Outside|On|Around) (?P<place>[A-Z][\w’'-]+)")


_PLACE_BEHIND = lazy(r"(?: [a-z]+)? in (?P<place>[A-Z][\w’'-]+)")
_IN_A_PLACE = lazy(r" in (?:the )?[A-Z]")


def _is_elsewhere(article: Article, none: Claim, text: str) -> bool:
    """Whether one of both sentences begins with a place that the other does not tell of: "In Oakley two were injured"."""
    found, own = _PLACE_FIRST.match(text), _PLACE_FIRST.match(article.text(none.sentence))
    if own and sum(own["place"] in block.text for block in article.document.blocks) == 1:
        return True  # a place of which nothing else is told
    behind = _PLACE_BEHIND.match(article.block(none).text, none.end)
    if behind and behind["place"] not in text and _IN_A_PLACE.search(text):
        return True  # "no deaths in Tasmania", "Five people have died in Queensland"
    return found is not None and found["place"] not in article.text(none.sentence)


def _is_partial(article: Article, sentence: int, behind: str) -> bool:
    """Whether a sentence says of some only that they escaped, or goes on to tell of those who did not."""
    masked = article.masked(sentence).text
    escaped = _ESCAPED.search(masked)
    return (escaped is not None and _SOME_ONLY.search(masked[: escaped.start()]) is not None) or (
        _BUT_OTHERS.search(behind) is not None
    )


_ESCAPED = lazy(
    r"\b(?:escaped|survived|emerged|(?:came|got|climbed|walked|crawled)(?: out| away| off)?) (?:unhurt|unharmed|uninjured|unscathed|injury|without)"
)
# "44 of the 46 escaped without injury", "escaped without a scratch, but five others": some of them, or all of one group
_SOME_ONLY = lazy(
    r"(?:\b(?:most|many|several|some|others?|the rest|the remaining|who|which|that)\b|(?<!\ball )(?<!\ball of the )(?<!\ball the )(?<!\bthe )‹n\d+›)[^.;:]{0,60}$",
    re.I,
)
_BUT_OTHERS = lazy(
    r"\b(?:but|while|whereas|although|though|apart from|except\w*)\b[^.;:]{0,60}\b(?:others?|people|hurt|injured|wounded|treated|hospital)\b"
)
_GROUP = lazy(
    r"(?:[Nn]o|[Nn]one of the|[Nn]ot (?:a single|one)|[Aa]ll (?:of )?(?:the )?(?:‹?\w+› )?|[Ee]very) ?(?P<group>passenger|guest|patient|pupil|student|customer|shopper|visitor|spectator|travell?er)"
)
_STAFF = lazy(
    r"\b(?:crew|drivers?|pilots?|officers?|polic\w+|firefighters?|guards?|engineers?|conductors?|staff|workers?|employees?|teachers?|nurses?|doctors?|captain|cooks?|chefs?|waiters?|waitresses|porters?|cleaners?|maids?|sailors?|soldiers?|residents?|pedestrians?|cyclists?|motorists?)\b",
    re.I,
)


# "police said the drivers had been taken to hospital": told as past, not as earlier
_SAYS = lazy(r"\b(?:said|says|told|confirmed|added)\b")
_TOLD = lazy(r"\bhad been(?= (?:taken|treated|rushed|flown|airlifted|hurt|injured|killed|arrested)\b)")


def _others(none: Claim, who: str) -> bool:
    """Whether one is said of a group ("no passengers") and the other of those who do not belong to it ("two of the crew")."""
    return _GROUP.match(none.text) is not None and _STAFF.search(who) is not None


_ANYBODY = frozenset("person people man occupant passenger one soul crew worker employee member other of".split()) | {
    ""
}


def _is_of_others(article: Article, none: Claim, text: str) -> bool:
    """Whether nobody of a number is told of ("The 19 children escaped unharmed") and somebody is not called one of them."""
    before = [c for c in article.by_sentence.get(none.sentence, ()) if c.kind == "count" and c.start < none.end]
    reach = none.start - 60 * none.text.startswith("escaped")
    if not before or before[-1].start < reach or before[-1].noun in _ANYBODY:
        return False
    return before[-1].noun not in {lemma(word, "NNS") for word in re.findall(r"[a-z]+", text.lower())}


def _doubtful(text: str, match: re.Match[str]) -> bool:
    """Whether the words around say that it did not happen, or to others at another time."""
    told = text[match.start() : match.end()].replace("not been", "been")  # "had not been seen since" is what happened
    behind = _CLAUSE_ENDS.split(text[match.end() : match.end() + 25])[0]
    around = _BEEN_THERE.sub("who were", text[max(0, match.start() - 50) : match.start()] + told + behind)
    return _NOT.search(around) is not None


_CLAUSE_ENDS = lazy(r"[;.]|,? (?:and|but|while) ")
# where somebody was when it happened, not what had happened before: "two workers who had been on a catwalk were treated"
_BEEN_THERE = lazy(r"\bwho had been(?= (?:on|in|at|inside|aboard|near|under|below|working|standing|sitting|sleeping|asleep|travell?ing|walking)\b)")  # fmt: skip


def _clause(text: str) -> str:
    """The next few words, up to where another statement begins."""
    return re.split(r"[,;.]| and | but ", text[:20])[0]


def _somebody(article: Article, outcome: Outcome, none: Claim) -> Iterator[Claim]:
    """Statements that it happened to somebody."""
    for sentence in article.sentences:
        if sentence.index == none.sentence or article.block(sentence).kind not in _BODY:
            continue
        masked = article.masked(sentence.index)
        text = _TOLD.sub("    were", masked.text) if _SAYS.search(masked.text) else masked.text
        tries = (pattern.search(text) for pattern in (outcome.some, outcome.somebody))
        match = next((m for m in tries if m and not _doubtful(text, m)), None)
        if (
            match is None
            or _is_elsewhere(article, none, text)
            or _is_of_others(article, none, text)
            or _others(none, match.groupdict().get("who") or text[: match.end()])
        ):
            continue
        told = match.groupdict().get("who") or match.group()
        numbers = re.findall(r"‹n(\d+)›", told)
        if numbers:
            claim = masked.claims[int(numbers[0])]
            if claim.value and claim.value >= 1 and claim.modality == "asserted":
                yield claim
            continue
        start = match.end() - len(match.group().lstrip())
        yield article.derived("count", 1, sentence.block, masked.place(start), masked.place(match.end()))
