"""What changed since a git revision: files, sentences, and figures that were edited in one place only."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker.history import History, new_sentences
from checker.language.claims import make_article
from checker.model import CheckerError
from checker.reading import read_text
from checker.relations import relate
from checker.stale import find

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    command = [
        "git",
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
        *arguments,
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet")
    for name in ("a.md", "b.md", "desk/ü c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n\nThe council of {name} has 40 members. It met.\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "one")
    return tmp_path


def test_files_that_changed_were_renamed_or_are_new(repository: Path) -> None:
    git(repository, "mv", "b.md", "renamed.md")
    (repository / "desk" / "ü c.md").write_text("# c\n\nThe council has 41 members.\n", encoding="utf-8")
    (repository / "new.md").write_text("# new\n", encoding="utf-8")
    history = History("HEAD")
    changed = {name: history.changed(repository / name) for name in ("a.md", "renamed.md", "desk/ü c.md", "new.md")}
    assert changed == {"a.md": False, "renamed.md": True, "desk/ü c.md": True, "new.md": True}
    assert (history.before(Path("renamed.md")) or b"").startswith(b"# b.md")
    assert (history.before(Path("desk/ü c.md")) or b"").startswith("# desk/ü c.md".encode())
    assert history.before(Path("new.md")) is None


def test_what_only_the_other_branch_changed_is_not_changed_here(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "feature")
    (repository / "a.md").write_text("# a\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "two")
    git(repository, "checkout", "--quiet", "main")
    (repository / "b.md").write_text("# b\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "three")
    git(repository, "checkout", "--quiet", "feature")
    history = History("main")
    assert history.changed(Path("a.md")) and not history.changed(Path("b.md"))


def test_a_shallow_clone_says_how_to_fetch_the_revision(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (repository / "a.md").write_text("# a\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "two")
    clone = tmp_path_factory.mktemp("clones") / "clone"
    git(repository, "clone", "--quiet", "--depth=1", repository.as_uri(), str(clone))
    with pytest.raises(
        CheckerError, match=r"no such revision in .*, a shallow clone; fetch it first: git fetch --depth=1"
    ):
        History("origin/release").look(clone)
    with pytest.raises(CheckerError, match="fetch it first: git fetch --unshallow, or clone"):
        History("HEAD~1").look(clone)
    git(clone, "fetch", "--quiet", "--depth=2", "origin", "main")
    history = History("HEAD~1")
    assert history.changed(clone / "a.md") and not history.changed(clone / "b.md")


@pytest.mark.parametrize("revision", ["nope", "--help", "HEAD~99"])
def test_a_revision_that_is_missing(repository: Path, revision: str) -> None:
    with pytest.raises(CheckerError) as caught:
        History(revision).look(repository)
    assert str(caught.value) == f"--changed-since {revision}: there is no such revision in {repository}"


def test_a_folder_without_git(tmp_path: Path) -> None:
    with pytest.raises(CheckerError, match="is in no git work tree"):
        History("HEAD").look(tmp_path)


def test_new_sentences_are_those_with_other_words() -> None:
    old = read_text("# Council meets\n\nIt has 40 members. It met on Monday.\n\nIt met.\n", "a.md")
    new = read_text(
        "# Council meets\n\nIt met on “Monday”.  It met on Monday. It has 41 members.\n\nIt met.\n\nIt met.\n", "a.md"
    )
    found = [new.source[start:end] for start, end in new_sentences(new, old)]
    assert found == ["It met on “Monday”.", "It has 41 members.", "It met."]
    assert len(new_sentences(new, None)) == 6


# ----------------------------------------------------------------------------------------------------- stale figures

STORY = """# Storm kills 1,412 cattle on the islands

The storm killed 1,412 cattle on the outer islands, the farmers' union said. Some 320 sheep were lost too.

The union asked for help. The 1,412 cattle were insured.
"""


def stale(before: str, after: str) -> list[tuple[str, str]]:
    earlier, article = make_article(read_text(before, "a.md")), make_article(read_text(after, "a.md"))
    return [
        (relation.roles["new"][0].text, f"{relation.roles['old'][0].block}: {relation.roles['old'][0].text}")
        for relation in find(article, earlier, relate(earlier))
    ]


def test_a_figure_that_was_edited_in_one_place_is_stale_in_the_others() -> None:
    found = stale(STORY, STORY.replace("The storm killed 1,412", "The storm killed 1,512"))
    assert {old.split(": ")[0] for _, old in found} == {"0", "2"}
    assert {new for new, _ in found} == {"1,512 cattle"}


def test_one_that_was_edited_everywhere_or_nowhere_is_not() -> None:
    assert stale(STORY, STORY) == []
    assert stale(STORY, STORY.replace("1,412", "1,512")) == []
    assert stale(STORY, STORY.replace("320 sheep", "350 sheep")) == []


def test_a_sentence_that_was_written_anew_replaces_nothing() -> None:
    rewritten = STORY.replace(
        "The storm killed 1,412 cattle on the outer islands, the farmers' union said.", "Rain fell for 1,999 hours."
    )
    assert stale(STORY, rewritten) == []
    assert stale("# Old\n\nNothing.\n", STORY) == []


def test_small_numbers_that_repeat_are_no_link() -> None:
    text = STORY + "\nWater stood in 12 barns for a week.\n\nLater another committee saw 12 barns in the north.\n"
    assert stale(text, text.replace("stood in 12", "stood in 13")) == []


def test_days_that_repeat_are_no_link() -> None:
    text = "---\ndate: 2025-09-12\n---\n\n" + STORY + "\nThe court met on Tuesday.\n\nThe clerk spoke on Tuesday.\n"
    assert stale(text, text.replace("met on Tuesday", "met on Wednesday")) == []
