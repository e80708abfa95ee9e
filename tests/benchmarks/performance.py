"""``python tests/benchmarks/performance.py [CORPUS] [--articles N] [--out docs/performance]``: how fast the whole way is.

Writes a table (``OUT-table.md``) and a plot (``OUT.svg``: time by stage, cost against length, processes).  CORPUS is a
folder of articles; without one they are made of the examples that the rules carry.  Times are CPU seconds where nothing
else is said, and what is compared is measured in turn in one run: on a machine that others use too only ratios mean much.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from plot import Panel, draw

from checker import pipeline
from checker.articles import Item, load
from checker.builtin import all_rules
from checker.cache import Cache
from checker.checking import Checking
from checker.language import english, loading
from checker.layers import load as configured
from checker.reading import read
from checker.reports.building import build_article
from checker.scheduling import Known, packed, results
from checker.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "examples" / "border-campaign-wrong.md")
LENGTHS = (100, 300, 1_000, 3_000, 10_000, 20_000)  # words
Row = tuple[str, str, str]  # measure, floor, figure


def cpu(*call: str) -> float:
    """The least CPU seconds of a command in three runs, of which the first may compile its modules."""
    seconds = []
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(seconds)


def taken(work: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> float:
    began = clock()
    work()
    return clock() - began


def resident() -> float:
    """Megabytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def made(folder: Path, number: int) -> list[Path]:
    """Articles of some 300 words from the rules' examples."""
    rules = all_rules().rules
    texts = [re.sub(r"\[\[|\]\]", "", e.text) for rule in rules for e in (*rule.bad, *rule.good, *rule.silent)]
    for n in range(number):
        body = "\n\n".join(texts[(n * 13 + k * 31) % len(texts)] for k in range(12))
        (folder / f"{n:05}.md").write_text(f"---\ntitle: Article {n}\n---\n\n{body}\n", encoding="utf-8")
    return sorted(folder.iterdir())


# ------------------------------------------------------------------------------------------------------- the measures


def commands() -> Iterator[Row]:
    me = [sys.executable, "-m", "checker"]
    said = [cpu(*me, *call) for call in (["--help"], ["rules"], ["explain", "part-exceeds-whole"])]
    yield "`--help`, `rules`, `explain`", "0.15 s", ", ".join(f"{seconds:.2f}" for seconds in said) + " s"
    model = english.pipeline().meta["lang"] + "_" + english.pipeline().meta["name"]
    spacy = cpu(sys.executable, "-c", f"import spacy; spacy.load('{model}')")
    cold = cpu(*me, "check", EXAMPLE, "--no-cache")
    yield "one file, nothing cached, against loading spaCy's model", "1.35 x", f"{cold / spacy:.2f} x ({cold:.2f} s)"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*me, "check", EXAMPLE, "--cache-dir", folder], stdout=subprocess.DEVNULL)
        known = cpu(*me, "check", EXAMPLE, "--cache-dir", folder)
    yield "one file, cached", "0.15 s", f"{known:.2f} s"


def check(path: Path) -> None:
    build_article(pipeline.check_document(read(path)))


def stages(files: list[Path]) -> dict[str, float]:
    """CPU seconds of each stage on some articles."""
    found: Counter[str] = Counter()

    def timed(home: Any, name: str, stage: str) -> Callable[[], None]:
        work = getattr(home, name)

        def measured(*given: Any) -> Any:
            began = time.process_time()
            made = work(*given)
            made = list(made) if isinstance(made, Iterator) else made
            found[stage] += time.process_time() - began
            return made

        setattr(home, name, measured)
        return lambda: setattr(home, name, work)

    undo = [
        timed(english, "parse", "parse"),
        timed(pipeline, "make_article", "claims"),
        timed(pipeline, "relate", "relate"),
        timed(pipeline, "find_formulas", "formulas"),
        timed(pipeline, "build", "constraints"),
        timed(pipeline, "solve", "solve"),
    ]
    whole = taken(lambda: [check(path) for path in files])
    found["read"] = taken(lambda: [read(path) for path in files])
    for restore in undo:
        restore()
    found["claims"] -= found["parse"]
    found["the rest"] = whole - found.total()
    return dict(found)


def against_spacy(files: list[Path]) -> float:
    """How many times as many articles a second as spaCy's full pipeline alone, the median of three turns."""
    import spacy

    nlp = spacy.load(next(name for name in loading.MODELS if spacy.util.is_package(name)))
    texts = ["\n\n".join(block.text for block in read(path).blocks) for path in files]
    list(nlp.pipe(texts[:5]))
    ratios = []
    for _ in range(3):
        theirs = taken(lambda: list(nlp.pipe(texts, batch_size=32)))
        ratios.append(theirs / taken(lambda: [check(path) for path in files]))
    return statistics.median(ratios)


def run(files: list[Path], known: Known, jobs: int) -> tuple[float, float]:
    """Seconds on the clock for some files, and CPU seconds of this process, from when the first tenth of them is done, so
    that all is warm."""
    checking = Checking(configured(ROOT, isolated=True), Settings(()))
    items = [Item(str(path), path, lambda path=path: load(path)) for path in files]  # type: ignore[misc]
    began, busy, warm = 0.0, 0.0, len(files) // 10
    for number, (_, reports) in enumerate(results(items, checking, known, jobs, working)):
        list(reports)
        if number == warm:
            began, busy = time.perf_counter(), time.process_time()
    all_of = len(files) / (len(files) - warm)
    return (time.perf_counter() - began) * all_of, (time.process_time() - busy) * all_of


def working() -> Any:
    return packed(Checking(configured(ROOT, isolated=True), Settings(())))


def lengths(files: list[Path]) -> list[tuple[float, float]]:
    """Words and CPU seconds of articles that are ever longer, made of the paragraphs of many."""
    paragraphs = [block.text for path in files for block in read(path).blocks if len(block.text) > 80]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for words in LENGTHS:
            body, count, at = [], 0, 0
            while count < words:
                body.append(paragraphs[at % len(paragraphs)])
                count += len(body[-1].split())
                at += 7
            path = Path(folder, f"{words}.txt")
            path.write_text("\n\n".join(body) + "\n", encoding="utf-8")
            found.append((float(count), min(taken(lambda path=path: check(path)) for _ in range(2))))  # type: ignore[misc]
    return found


def exponent(points: list[tuple[float, float]]) -> float:
    """The slope of a line through the points on logarithmic scales."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    return statistics.linear_regression(xs, ys).slope


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, help="a folder of articles")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "performance")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "articles")
        place.mkdir()
        files = sorted(options.corpus.rglob("*.*")) if options.corpus else made(place, options.articles)
        files = files[:: max(1, len(files) // options.articles)][: options.articles]
        rows = list(commands())
        for path in files[:10]:
            check(path)
        before = resident()
        by_stage = stages(files)
        # before spaCy's full pipeline is loaded beside ours
        memory = f"{resident():.0f} MB, {resident() - before:+.0f} since the tenth article"
        total = sum(by_stage.values())
        speed = f"{against_spacy(files[:100]):.1f} x ({len(files) / total:.0f} articles a second)"
        rows.append(("whole check, warm, against spaCy's full pipeline", "4 x", speed))
        with Cache(None) as cache:
            nothing = Known(cache, None)
            (one, alone), (two, leading) = run(files, nothing, 1), run(files, nothing, 2)
        rows.append(("two processes against one, warm, by the clock", "1.6 x", f"{one / two:.2f} x"))
        rows.append(("what the process that leads two others does itself, of the work", "", f"{leading / alone:.1%}"))
        with Cache(Path(folder, "kept")) as cache:
            known = Known(cache, b"bench")
            run(files, known, 1)
            rate = len(files) / min(run(files, known, 1)[0] for _ in range(3))
        rows.append(("unchanged articles from the cache", "5,000 a second", f"{rate:,.0f} a second"))
        rows.append(("resident memory, one process", "350 MB", memory))
        rows.append(("solver's share of the time", "5 %", f"{100 * by_stage['solve'] / total:.1f} %"))
        points = lengths(files)
        rows.append(("cost against length, exponent", "1.1", f"{exponent(points):.2f}"))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    versions = ", ".join(f"{name} {version(name)}" for name in ("spacy", "thinc", "numpy", "sympy"))
    head = f"{len(files)} articles; {machine}; {versions}; load {os.getloadavg()[0]:.1f}"
    table = ["| measure | floor | here |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    text = "\n".join([*table, "", head, ""])
    Path(f"{options.out}-table.md").write_text(text, encoding="utf-8")
    bars = [(stage, 1000 * seconds / len(files)) for stage, seconds in sorted(by_stage.items(), key=lambda x: -x[1])]
    panels = [
        Panel("milliseconds an article by stage", bars=bars),
        Panel("CPU seconds against words", points=points),
        Panel("articles a second by processes", bars=[("1", len(files) / one), ("2", len(files) / two)]),
    ]
    Path(f"{options.out}.svg").write_text(draw(panels), encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
