"""Throws broken articles at every reader: ``python tests/fuzz/readers.py --seconds 3600``.

Seeds are one article in every format that is read (``tests/unit/reading/writers.py``).  With ``atheris`` installed the code
of the readers is instrumented and inputs that reach new code are kept; without it they are changed at random.  An input
fails where anything but a ``CheckerError`` is raised, a place of the result is not sound, or it takes more than 5 seconds
of the processor.  Failing inputs are written to ``--failures`` and counted; the exit status is 1 where there are any.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import time
import traceback
from collections import Counter
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "unit" / "reading")]

PARTS = {"story.docx": "word/document.xml", "story.odt": "content.xml"}
SLOW = 5.0  # seconds of the processor


class Trial:
    """Counts what the readers make of inputs."""

    def __init__(self, names: list[str], failures: Path, seconds: float) -> None:
        self.names = names
        self.failures = failures
        self.end = time.monotonic() + seconds
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()

    def run(self, data: bytes) -> None:
        """One input: its first byte says as what it is read, the rest is the file."""
        if not data:
            return
        name, body = self.names[data[0] % len(self.names)], data[1:]
        began = time.process_time()
        try:
            outcome = self.read(name, body)
        except Exception as error:
            outcome = "failed"
            self.keep(name, body, f"{type(error).__name__}: {error}\n{traceback.format_exc()}")
        spent = time.process_time() - began
        if spent > SLOW:
            outcome = "slow"
            self.keep(name, body, f"{spent:.1f} s")
        self.counts[outcome] += 1
        self.kinds[name] += 1
        if time.monotonic() > self.end:
            self.report()
            sys.stdout.flush()
            os._exit(1 if self.counts["failed"] or self.counts["slow"] else 0)

    def read(self, name: str, body: bytes) -> str:
        from test_places import sound

        from checker.model import CheckerError
        from checker.reading import read_bytes

        try:
            for document in read_bytes(_whole(name, body), name):
                sound(document)
        except CheckerError as error:
            assert str(error).startswith(name), error
            return "refused"
        return "read"

    def keep(self, name: str, body: bytes, why: str) -> None:
        self.failures.mkdir(parents=True, exist_ok=True)
        stem = hashlib.sha256(body).hexdigest()[:12]
        (self.failures / f"{stem}-{name}").write_bytes(body)
        (self.failures / f"{stem}-{name}.why").write_text(why, encoding="utf-8")

    def report(self) -> None:
        print(
            f"{self.counts.total():,} inputs: " + ", ".join(f"{n:,} {kind}" for kind, n in sorted(self.counts.items()))
        )
        print("  ".join(f"{name} {number:,}" for name, number in sorted(self.kinds.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    atheris = _atheris()
    from test_places import SEED
    from writers import WRITERS

    trial = Trial(list(WRITERS), options.failures, options.seconds)
    seeds = [bytes([number]) + write(SEED) for number, write in enumerate(WRITERS.values())]
    for name, part in PARTS.items():
        with ZipFile(BytesIO(WRITERS[name](SEED))) as file:
            seeds.append(bytes([trial.names.index(name)]) + file.read(part))
    if atheris is not None:
        corpus = options.failures.with_name(options.failures.name + "-corpus")
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds):
            (corpus / f"seed-{number}").write_bytes(seed)
        flags = ["-max_len=40000", "-timeout=60", "-rss_limit_mb=2000", "-verbosity=0", f"-seed={options.seed}"]
        atheris.Setup([sys.argv[0], str(corpus), *flags], trial.run)
        atheris.Fuzz()
    chance = random.Random(options.seed)
    while True:
        trial.run(_changed(chance.choice(seeds), chance))


def _whole(name: str, body: bytes) -> bytes:
    """The file: XML where an archive is meant is packed as its main part, for a changed archive is seldom one."""
    if name not in PARTS or not body.startswith(b"<"):
        return body
    target = BytesIO()
    with ZipFile(target, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(PARTS[name], body)
    return target.getvalue()


def _atheris() -> ModuleType | None:
    """The fuzzer with the readers instrumented; None where it is not installed."""
    try:
        import atheris
    except ImportError:
        return None
    with atheris.instrument_imports(include=["checker.reading"]):
        import checker.reading

        checker.reading.formats()
    return atheris  # type: ignore[no-any-return]


def _changed(data: bytes, chance: random.Random) -> bytes:
    """A seed with pieces cut out, doubled or moved, and bytes written over."""
    for _ in range(chance.randint(1, 6)):
        low, high = sorted(chance.randrange(1, len(data) + 1) for _ in range(2))
        high = min(high, low + chance.choice((1, 4, 60, 2000)))
        piece = data[low:high]
        put = chance.choice(
            (b"", piece * 2, piece * 50, bytes(chance.randrange(256) for _ in range(3)), b"<", b"\\", b'"', b"&#")
        )
        data = data[:low] + put + data[high:]
    return data


if __name__ == "__main__":
    main()
