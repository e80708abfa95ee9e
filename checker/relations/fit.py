"""Fits the linker of same quantities to a corpus of published articles:

    python -m checker.relations.fit CORPUS.jsonl[.gz] [--limit N] [--out rules/linker] [--figure docs/reliability.svg]

Each line of the corpus is {"id", "source", "headline", "date", "body"}.  Published news is nearly always consistent, so
among pairs of figures that share some features the share whose values agree estimates how far those features mean one
quantity.  Weights are those of a logistic regression; every score below is out of its source's fold.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from checker.language.article import Article
from checker.language.claims import make_article
from checker.reading import read_text
from checker.relations import same
from checker.relations.slips import shape, size

# How often each shape is met among slips of the hand (typing and copying studies agree on the order, not the digits):
# the rest are figures taken from elsewhere.
SLIPS = {"transposition": 0.25, "scale": 0.15, "dropped": 0.1, "one-digit": 0.3, "other": 0.2}
FOLDS = 5
PENALTY = 3.0


def corpus(path: Path, limit: int) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    yield from rows[:: max(1, len(rows) // limit)] if limit else rows


def markdown(row: dict[str, Any]) -> str:
    head = f"---\ntitle: {json.dumps(row['headline'] or '', ensure_ascii=False)}\n---\n\n"
    return head + row["body"] + "\n"


def pairs(article: Article) -> Iterator[tuple[dict[str, float], bool, str, int, bool]]:
    """Features, agreement, slip shape, digits and whether other mentions explain the difference, for each candidate."""
    siblings = same.siblings_of(article)
    repeated = same.explained(article)
    for a, b in same.candidates(article):
        assert a.value is not None and b.value is not None
        agrees = same.repeats(a, b)
        if not agrees and same.agree(a, b):
            continue  # within what a hedge allows: says nothing either way
        others = (repeated[a.id] | repeated[b.id]) - {a.id, b.id}
        yield (
            same.features(article, a, b, siblings),
            agrees,
            "" if agrees else shape(a.value, b.value),
            size(a.value, b.value),
            bool(others),
        )


def fit(matrix: np.ndarray, labels: np.ndarray, rounds: int = 30) -> np.ndarray:
    """Weights of a ridge logistic regression by Newton's method; column 0 is the constant and is not penalised."""
    weights = np.zeros(matrix.shape[1])
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[0] = 1e-6
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        gradient = matrix.T @ (labels - p) - penalty * weights
        hessian = (matrix * (p * (1 - p))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="read about so many articles, evenly spread (0: all)")
    parser.add_argument("--out", type=Path, default=Path("rules/linker"))
    parser.add_argument("--figure", type=Path, help="write the reliability curve there, as SVG")
    options = parser.parse_args()
    rows: list[tuple[dict[str, float], bool, str, int, bool]] = []
    homes: list[tuple[str, int]] = []
    frequencies: Counter[str] = Counter()
    articles = 0
    for row in corpus(options.corpus, options.limit):
        article = make_article(read_text(markdown(row), path=f"{row['id']}.md"))
        words = {word for claim in article.claims for word in claim.context | claim.names | {claim.noun}}
        frequencies.update({word.lower() for word in words})
        for pair in pairs(article):
            if pair[3] >= 2:  # one digit agrees by chance
                rows.append(pair)
                homes.append((row["source"], articles))
        articles += 1
    names = ["intercept", *sorted({name for pair in rows for name in pair[0]})]
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    matrix[:, 0] = 1
    for i, pair in enumerate(rows):
        for name, value in pair[0].items():
            matrix[i, column[name]] = value
    labels = np.array([pair[1] for pair in rows], dtype=float)
    sources = sorted({source for source, _ in homes})
    if len(sources) >= FOLDS:
        fold = np.array([sources.index(source) % FOLDS for source, _ in homes])
    else:
        fold = np.array([number % FOLDS for _, number in homes])
    scores = np.zeros(len(rows))
    for k in range(FOLDS):
        if (fold == k).any():
            scores[fold == k] = matrix[fold == k] @ fit(matrix[fold != k], labels[fold != k])
    weights = fit(matrix, labels)
    slips = ratios(rows, scores)
    report(rows, homes, scores, labels, slips, articles)
    write(options.out, names, weights, slips, frequencies, articles)
    if options.figure:
        options.figure.write_text(curve(scores, labels), encoding="utf-8")


def ratios(
    rows: list[tuple[dict[str, float], bool, str, int, bool]], scores: np.ndarray
) -> dict[str, dict[str, float]]:
    """Log of how much likelier each shape is among slips than among natural differences that the words allow."""
    table: dict[str, dict[str, float]] = {}
    for name, digits in (("short", (2, 2)), ("long", (3, 99))):
        natural = Counter(
            pair[2]
            for pair, score in zip(rows, scores, strict=True)
            if not pair[1] and digits[0] <= pair[3] <= digits[1] and score > -3
        )
        total = sum(natural.values())
        table[name] = {
            kind: round(float(np.log(share / ((natural[kind] + 1) / (total + len(SLIPS))))), 2)
            for kind, share in SLIPS.items()
        }
    return table


def report(
    rows: list[tuple[dict[str, float], bool, str, int, bool]],
    homes: list[tuple[str, int]],
    scores: np.ndarray,
    labels: np.ndarray,
    slips: dict[str, dict[str, float]],
    articles: int,
) -> None:
    print(f"{articles} articles, {len(rows)} pairs, {int(labels.sum())} agree")
    print("log-odds     pairs   agree (out of fold)")
    for low in range(-7, 6):
        inside = (scores >= low) & (scores < low + 1)
        if inside.any():
            print(f"{low:3} to {low + 1:3} {int(inside.sum()):8} {labels[inside].mean():8.3f}")
    flagged: dict[float, set[int]] = defaultdict(set)
    for (_, agrees, kind, digits, others), score, (_, number) in zip(rows, scores, homes, strict=True):
        if agrees or others:
            continue
        total = score + slips["short" if digits == 2 else "long"][kind]
        for threshold in np.arange(0, 7, 0.5):
            if total >= threshold:
                flagged[float(threshold)].add(number)
    print("threshold   articles flagged in 1,000")
    for threshold, numbers in sorted(flagged.items()):
        print(f"{threshold:9.1f} {1000 * len(numbers) / articles:12.2f}")


def write(
    folder: Path,
    names: list[str],
    weights: np.ndarray,
    slips: dict[str, dict[str, float]],
    frequencies: Counter[str],
    articles: int,
) -> None:
    """The weights and ratios into the data file (its thresholds stay: they are chosen by reading), and the words."""
    path = folder / "same-quantity.toml"
    old = path.read_text(encoding="utf-8")
    head, tail = old[: old.index("[weights]")], old[old.index("[thresholds]") :]
    lines = ["[weights]", *(f"{name} = {weight:.3f}" for name, weight in zip(names, weights, strict=True)), ""]
    lines += [
        "# Log likelihood ratios of a slip's shape against natural differences; by significant digits.",
        "[slips]",
    ]
    lines += ["single = -3.0"]
    for size_name, table in slips.items():
        lines += [f"[slips.{size_name}]", *(f"{kind} = {ratio}" for kind, ratio in table.items())]
    path.write_text(head + "\n".join(lines) + "\n\n" + tail, encoding="utf-8")
    words = sorted((word, number) for word, number in frequencies.items() if number >= 20 and word.isalpha())
    table_text = "".join(f"{word}\t{number}\n" for word, number in words)
    (folder / "document-frequencies.tsv").write_text(f"articles\t{articles}\n{table_text}", encoding="utf-8")


def curve(scores: np.ndarray, labels: np.ndarray) -> str:
    """A reliability plot: predicted against observed share of agreeing pairs, in twenty bins of equal size."""
    p = 1 / (1 + np.exp(-scores))
    order = np.argsort(p)
    points = [(p[part].mean(), labels[part].mean()) for part in np.array_split(order, 20) if len(part)]
    spots = "".join(f'<circle cx="{40 + 300 * x:.1f}" cy="{340 - 300 * y:.1f}" r="4"/>' for x, y in points)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 390" font-family="sans-serif" font-size="12">'
        '<rect width="380" height="390" fill="#fff"/><path d="M40 340V40M40 340H340" stroke="#333" fill="none"/>'
        f'<path d="M40 340L340 40" stroke="#999" stroke-dasharray="4"/><g fill="#0b62a4">{spots}</g>'
        '<text x="120" y="375">share of pairs predicted to agree</text>'
        '<text transform="translate(16 270) rotate(-90)">share that agrees in print</text>'
        '<text x="36" y="355">0</text><text x="335" y="355">1</text><text x="26" y="45">1</text></svg>\n'
    )


if __name__ == "__main__":
    main()
