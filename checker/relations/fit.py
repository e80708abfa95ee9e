"""``python -m checker.relations.fit CORPUS...`` weighs what speaks for a link, by the consistency of published news.

A corpus is a file of JSON lines, one article a line: ``headline`` and ``date`` (may be null), ``body``, and ``source``,
whose articles are held out together; plain or ``.gz``.  Published articles are nearly all consistent, so where the figures
of a candidate bear a claim out although chance seldom would, the candidate was meant, and where none does, none was.  The
weights of every family (``rules/linker/FAMILY.toml``) are those that make this likeliest, held near what an editor
expects (``FAMILY.prior.toml``) by a Gaussian prior; thresholds are left as they are.  Five folds by source say how often
a fitted family flags articles it has not seen, and how often its surest candidates hold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from checker.data import rules_folder
from checker.language.claims import make_article
from checker.model import CheckerError
from checker.reading import read_text
from checker.relations import ranking
from checker.relations.reliability import Band, plot

FAMILIES = ("changes", "shares", "totals", "rates", "same", "elapsed", "hours", "measures", "told")
_FOLDS = 5
_STEPS, _RATES = 250, ((150, 0.03), (250, 0.008))  # of Adam: until which step, how far
_AT = (5.0, 4.0, 3.0, 2.0, 1.0, 0.0, -1.0)


@dataclass
class Questions:
    """What one family asked in a corpus: a row for every candidate, with its features one after another."""

    names: dict[str, int] = field(default_factory=dict)
    feature: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    count: list[int] = field(default_factory=list)  # features of each candidate
    question: list[int] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    chance: list[float] = field(default_factory=list)
    slip: list[float] = field(default_factory=list)
    source: list[str] = field(default_factory=list)  # of each question
    article: list[int] = field(default_factory=list)

    def add(self, article: int, source: str, candidates: Sequence[ranking.Candidate]) -> None:
        for candidate in candidates:
            features = candidate.features or {}
            for name, value in features.items():
                self.feature.append(self.names.setdefault(name, len(self.names)))
                self.value.append(value)
            self.count.append(len(features))
            self.question.append(len(self.source))
            self.holds.append(candidate.holds)
            self.chance.append(max(candidate.chance, ranking.LEAST_CHANCE))
            self.slip.append(candidate.slip)
        self.source.append(source)
        self.article.append(article)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the corpora, fits every family asked for, writes its weights and a reliability plot.  Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m checker.relations.fit", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS", help="JSON lines, .gz or not")
    parser.add_argument("--family", action="append", choices=FAMILIES, help="only this one; may be repeated")
    parser.add_argument("--articles", type=int, default=0, help="about so many, evenly spread; 0 (default): all")
    parser.add_argument("--prior", type=float, default=4.0, help="how strongly the prior holds (default 4)")
    parser.add_argument("--dry-run", action="store_true", help="print what would be fitted, write nothing")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write the reliability curves as SVG")
    options = parser.parse_args(arguments)
    families = tuple(options.family or FAMILIES)
    try:
        asked, articles = read(options.corpora, families, options.articles)
    except CheckerError as error:
        print(error, file=sys.stderr)
        return 2
    curves = {}
    for family in families:
        if not asked[family].source:
            print(f"{family}: nothing to learn from")
            continue
        prior = _table(family, ".prior")
        weights, curves[family] = fit(family, asked[family], prior, options.prior, articles)
        if not options.dry_run:
            write(family, weights)
    if options.plot:
        options.plot.write_text(plot(curves), encoding="utf-8")
    return 0


def read(corpora: Sequence[Path], families: Sequence[str], most: int) -> tuple[dict[str, Questions], int]:
    """Every family's questions in the corpora, and the number of articles.

    Errors: ``CheckerError`` for a file that cannot be read or a line that is no article.
    """
    rows = [row for corpus in corpora for row in _rows(corpus)]
    if most and len(rows) > most:
        rows = rows[:: len(rows) // most]
    asked = {family: Questions() for family in families}
    modules = {family: import_module(f"checker.relations.{family}") for family in families}
    for family in families:
        ranking.MODELS[family] = ranking.Model(_table(family, ".prior"), {})
    for number, row in enumerate(rows):
        article = make_article(read_text(_markdown(row), path="article.md"))
        for family, module in modules.items():
            for question in module.questions(article):
                candidates = list(module.candidates(article, question, keep=True))
                if candidates:
                    asked[family].add(number, str(row["source"]), candidates)
    return asked, len(rows)


def _rows(corpus: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if corpus.suffix == ".gz" else open
    try:
        with opened(corpus, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise CheckerError(f"{corpus}:{number}: is no JSON: {error}") from error
                if not isinstance(row, dict) or not {"body", "source"} <= row.keys():
                    raise CheckerError(f"{corpus}:{number}: an article needs body and source")
                yield row
    except OSError as error:
        raise CheckerError(f"{corpus}: cannot be read: {error.strerror or error}") from error


def _markdown(row: dict[str, Any]) -> str:
    head = [f"title: {json.dumps(row.get('headline') or '', ensure_ascii=False)}"]
    if row.get("date"):
        head.append(f"date: {json.dumps(str(row['date']), ensure_ascii=False)}")
    return "\n".join(["---", *head, "---", "", row["body"], ""])


# ------------------------------------------------------------------------------------------------------------- weights


def fit(
    family: str, asked: Questions, prior: dict[str, float], strength: float, articles: int
) -> tuple[dict[str, float], list[Band]]:
    """The weights of a family, and how its surest candidates fare out of fold; both are printed as well."""
    import numpy as np

    rows = _Rows(asked, prior, strength)
    everything = np.ones(len(asked.source), bool)
    weights, before, after = rows.train(everything)
    sources = sorted(set(asked.source))
    fold = np.array([sources.index(source) % _FOLDS for source in asked.source])
    scores = np.zeros(len(asked.question))
    for number in range(min(_FOLDS, len(sources))):
        inside = fold == number
        fitted = rows.train(~inside)[0] if len(sources) > 1 else weights
        mine = inside[rows.question]
        scores[mine] = rows.scores(fitted)[mine]
    print(f"\n{family}: {len(asked.source):,} questions, {len(asked.question):,} candidates, {len(weights):,} features")
    print(f"log-likelihood a question: {before:.4f} as expected, {after:.4f} fitted")
    odds, bands = rows.judged(scores)
    flagged = [f"{at:g}: {1000 * len({a for a, o in odds if o >= at}) / articles:.1f}" for at in _AT]
    print("articles flagged in 1,000 at odds of at least", ", ".join(flagged))
    for band in bands:
        print(f"  score {band.low:+d} to {band.low + 1:+d}: {band.number:6,} candidates, {band.holding:.0%} hold")
    return {name: float(weights[at]) for name, at in asked.names.items()}, bands


class _Rows:
    """The questions of a family as arrays, and the likelihood of published news under a set of weights."""

    def __init__(self, asked: Questions, prior: dict[str, float], strength: float) -> None:
        import numpy as np

        self.feature, self.value = np.array(asked.feature), np.array(asked.value)
        self.row = np.repeat(np.arange(len(asked.count)), asked.count)
        self.question = np.array(asked.question)
        self.article = np.array(asked.article)
        self.holds, self.slip = np.array(asked.holds), np.array(asked.slip)
        chance = np.clip(np.array(asked.chance), ranking.LEAST_CHANCE, 0.95)
        self.chance = np.array(asked.chance)
        self.gain = np.where(self.holds, ranking.AGREES / chance, (1 - ranking.AGREES) / (1 - chance))
        self.prior = np.array([prior.get(name, 0.0) for name in asked.names])
        self.strength = strength
        self.questions = len(asked.source)

    def scores(self, weights: Any) -> Any:
        import numpy as np

        return np.bincount(self.row, weights=self.value * weights[self.feature], minlength=len(self.question))

    def train(self, mask: Any) -> tuple[Any, float, float]:
        """The weights by Adam on the questions of a mask; the log-likelihood a question with the prior's and with them."""
        import numpy as np

        weights = self.prior.copy()
        mean, square = np.zeros_like(weights), np.zeros_like(weights)
        inside = mask[self.question]
        first = last = 0.0
        for step in range(1, _STEPS + 1):
            raised = np.exp(np.clip(self.scores(weights), -30, 30)) * inside
            total = 1 + np.bincount(self.question, weights=raised, minlength=self.questions)
            gained = 1 + np.bincount(self.question, weights=raised * self.gain, minlength=self.questions)
            last = float((np.log(gained) - np.log(total))[mask].mean())
            first = last if step == 1 else first
            pull = raised / total[self.question] - raised * self.gain / gained[self.question]
            slope = np.bincount(self.feature, weights=self.value * pull[self.row], minlength=len(weights))
            slope += self.strength * (weights - self.prior)
            mean = 0.9 * mean + 0.1 * slope
            square = 0.99 * square + 0.01 * slope**2
            rate = next(rate for until, rate in _RATES if step <= until)
            weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        return weights, first, last

    def judged(self, scores: Any) -> tuple[list[tuple[int, float]], list[Band]]:
        """The article and the odds of every question's likeliest slip, and the surest candidates by their score."""
        import numpy as np

        starts = np.searchsorted(self.question, np.arange(self.questions + 1))
        odds: list[tuple[int, float]] = []
        surest: list[tuple[float, bool]] = []
        for number in range(self.questions):
            part = slice(starts[number], starts[number + 1])
            score, holds = scores[part], self.holds[part]
            best = int(score.argmax())
            surest.append((float(score[best]), bool(holds[best])))
            if not holds.all():
                borne = score[holds] + np.log(ranking.AGREES / self.chance[part][holds])
                explained = np.log1p(np.exp(np.clip(borne, -50, 50)).sum())
                odds.append((int(self.article[number]), float((score + self.slip[part])[~holds].max() - explained)))
        bands = []
        for low in range(-6, 7):
            inside = [holds for score, holds in surest if low <= score < low + 1]
            if len(inside) >= 10:
                bands.append(Band(low, len(inside), sum(inside) / len(inside)))
        return odds, bands


# --------------------------------------------------------------------------------------------------------------- files


def _table(family: str, kind: str = "") -> dict[str, float]:
    with (rules_folder() / "linker" / f"{family}{kind}.toml").open("rb") as file:
        table: dict[str, float] = tomllib.load(file)
    return table


def write(family: str, weights: dict[str, float]) -> None:
    """Puts weights into a family's file; its head and its thresholds stay."""
    path = rules_folder() / "linker" / f"{family}.toml"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("[weights]\n")
    thresholds = rest[rest.index("[thresholds]") :]
    lines = [f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items()) if abs(weight) >= 0.005]
    path.write_text("\n".join([head + "[weights]", *lines, "", thresholds]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
