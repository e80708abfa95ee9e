"""The way through the house: what may be left out on it changes no finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker import pipeline
from checker.builtin import all_rules
from checker.language.claims import make_article
from checker.precedence import explained
from checker.reading import read_text
from checker.relations import relate

ARTICLES = 300


def articles() -> Iterator[str]:
    """Articles of four examples of the rules each, so that figures of some are near those of others."""
    rules = all_rules().rules
    texts = sorted(example.text for rule in rules for example in (*rule.bad, *rule.good, *rule.silent))
    for number in range(ARTICLES):
        chosen = [texts[(number * step + step) % len(texts)] for step in (1, 7, 31, 97)]
        yield re.sub(r"\[\[|\]\]", "", "\n\n".join(chosen))


def test_what_leans_on_chance_is_asked_only_where_it_may_excuse() -> None:
    rules = all_rules()
    leaning = silent = 0
    for text in articles():
        article = make_article(read_text(text, path="a.md"))
        relations = relate(article)
        pairs = explained([(relation, rule) for relation in relations for rule in rules.of(relation.kind)])
        fast, _ = pipeline._contradictions(article, pairs)
        plain, _ = pipeline._blamed(article, pairs)
        assert [(f.rule, f.message, f.level) for f in fast] == [(f.rule, f.message, f.level) for f in plain]
        leaning += any(relation.agrees for relation in relations)
        silent += not fast
    assert leaning > ARTICLES / 20 and ARTICLES / 20 < silent < ARTICLES
