"""What publishers call the parts of a page: the roles that class names, identifiers and attributes tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from checker.patterns import lazy
from checker.reading.markup import Node, Tree

_TELLING = ("class", "id", "role", "itemprop", "data-component", "data-testid", "data-type", "data-name", "aria-label")


class Role(Enum):
    """What an element of a page is."""

    NONE = "none"
    ASIDE = "aside"  # no part of the article: navigation, related links, advertising, comments, forms
    CORRECTION = "correction"
    PULL_QUOTE = "pull quote"
    FACT_BOX = "fact box"
    CAPTION = "caption"
    DEK = "dek"
    BYLINE = "byline"
    DATELINE = "dateline"


_ROLES = (
    (Role.CORRECTION, r"corrections?|clarifications?|editors?-?s?-note|editorial-note|erratum|update-note"),
    (Role.PULL_QUOTE, r"pull-?quotes?|quote-pull|pulled-quote|pullout"),
    (
        Role.FACT_BOX,
        r"fact-?box|fact-?file|fast-?facts|quick-?facts|info-?box|key-?(?:points|facts|takeaways)|box-?out|breakout-box|"
        r"in-?numbers|at-a-glance|text-?box|explainer-box|highlight-box",
    ),
    (
        Role.CAPTION,
        r"caption(?:-text)?|cutline|(?:photo|image|picture|media|figure|video)-(?:caption|description|desc|credit|source)|credit",
    ),
    (
        Role.DEK,
        r"stand-?first|dek|sub-?headline|sub-?heading|sub-?title|strap-?line|(?:article|story|post|entry)-(?:dek|deck|summary|"
        r"excerpt|subtitle|intro|strap|description)|alternativeheadline|headline-sub|sub-?head",
    ),
    (Role.BYLINE, r"by-?lines?|byline-(?:name|author)|author-?names?|authors?|(?:article|story|post|entry)-authors?"),
    (Role.DATELINE, r"dateline(?:-text)?"),
    (
        Role.ASIDE,
        r"related|relateds?-[a-z-]+|recommend\w*|recirc\w*|read-?(?:more|next|also|on)|see-also|also-(?:read|like)|you-may[a-z-]*|"
        r"more-(?:on|from|stories|news|like|in|articles|coverage|about)|next-(?:article|up|story|post)|"
        r"most-?(?:read|popular|viewed|commented)|trending|top-stories|editors?-?s?-picks?|promo\w*|newsletters?|sign-?up|"
        r"sign-?in|log-?in|subscri\w+|registration|regwall|advert\w*|ad-(?:slot|unit|container|wrapper|label|block|box)|"
        r"sponsor\w*|outbrain|taboola|dianomi|zergnet|connatix|shar(?:e|ing)(?:-\w+)*|social(?:-\w+)*|follow-us|comments?|"
        r"comment-\w+|disqus|coral|viafoura|openweb|breadcrumbs?|navbar|navigation|masthead|site-header|header-nav|"
        r"cookie[a-z-]*|consent[a-z-]*|gdpr|onetrust[a-z-]*|tag-list|topic-list|toolbar|video-player|jw-?player|audio-player|"
        r"playlist|skip-?(?:link|to[a-z-]*)|sr-only|visually-?hidden|screen-reader(?:-text)?|pop-?up|lightbox|tooltip|drop-?down|"
        r"right-?(?:rail|col|column)|about-the-author|author-?(?:bio|box|card|info|about|description)|affiliate-\w+|donat\w+|"
        r"support-us|stock-?ticker|text-to-speech|speechify|reading-?time|read-?time|pagination|live-blog-nav|"
        r"table-of-contents|google-preferred|preferred-source|complementary|contentinfo",
    ),
)
# Words that put an element beside the article only where it holds little running text.
_WEAK = (
    r"popular|latest|teasers?|ads?|menu|nav|footer|foot|tags?|topics?|keywords|categories|player|hidden|print-only|print|modal|overlay|"
    r"widgets?|sidebar|side-?bar|rail|bio|profile|contact|copyright|disclaimer|membership|poll|quiz|games?|weather|ticker|"
    r"carousel|slider|gallery-(?:nav|thumb\w*)|listen|feedback|rating|survey|banner\w*|search|pager|jobs|classifieds|"
    r"horoscope|toc"
)
_BEHIND = (
    r"(?=$|-(?:\d|text|wrapper|container|inner|block|box|content|list|section|module|component|area|p|item|group)\b)"
)
_STRONG_PATTERNS = tuple((told, lazy(rf"(?:^|.*-)(?:{pattern}){_BEHIND}")) for told, pattern in _ROLES)
_WEAK_PATTERN = lazy(rf"(?:{_WEAK}){_BEHIND}")
_SHOWN = lazy(r"(?:xs|sm|md|lg|xl)-(?:block|flex|inline|grid|visible)")  # hidden on some screens only
_WORD = lazy(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*|\d+")


@dataclass(frozen=True, slots=True)
class Told:
    """What an element's names tell: its role, the names that tell it, and whether they do so only weakly."""

    role: Role = Role.NONE
    names: tuple[str, ...] = ()
    weakly: bool = False


def role(node: Node, tree: Tree) -> Role:
    """The role that an element's names tell surely; ``Role.NONE`` where they tell nothing."""
    found = told(node, tree)
    return Role.NONE if found.weakly else found.role


def told(node: Node, tree: Tree) -> Told:
    """All that an element's names tell."""
    attributes = node.attributes
    called = " ".join(tree.value(node, name) for name in _TELLING if name in attributes) if attributes else ""
    return told_by(called[:2000])


@lru_cache(maxsize=4096)
def told_by(called: str) -> Told:
    """All that some names tell, with spaces between them."""
    words = ["-".join(_WORD.findall(name)).lower() for name in called.split()]
    if "hidden" in words and not any(_SHOWN.match(word) for word in words):
        return Told(Role.ASIDE, ("hidden",))
    for found, pattern in _STRONG_PATTERNS:
        if names := tuple(word for word in words if pattern.match(word)):
            return Told(found, names)
    names = tuple(word for word in words if _WEAK_PATTERN.match(word))
    return Told(Role.ASIDE, names, weakly=True) if names else Told()
