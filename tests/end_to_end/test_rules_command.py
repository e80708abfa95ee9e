"""Packs of a newsroom's own: begun, tested, loaded, overridden, switched off, levelled, ignored by path, broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from checker.builtin import all_rules
from checker.pages import pages

ROOT = Path(__file__).parents[2]
BOXES = "The store has 40 boxes. Of these 22 were full and 15 were empty.\n"


@pytest.fixture
def house(folder: Path, run: Run) -> Path:
    (folder / "house").mkdir()
    assert run("rules", "--new", "full-boxes", "--rules", "house") == (0, "house/full-boxes.toml written\n", "")
    return folder / "house"


def test_a_skeleton_passes_its_own_tests(house: Path, run: Run) -> None:
    assert run("rules", "--test", "house") == (0, "1 rule, 3 examples, 0 failures, 0 broken files\n", "")


def test_a_skeleton_is_never_written_over_another_file(house: Path, run: Run) -> None:
    code, _, err = run("rules", "--new", "full-boxes", "--rules", "house")
    assert code == 2 and "house/full-boxes.toml: exists already" in err
    code, _, err = run("rules", "--new", "../Full Boxes")
    assert code == 2 and "the id should be small letters and digits with hyphens" in err


def test_what_fails_is_said_with_file_and_line(house: Path, run: Run) -> None:
    path = house / "full-boxes.toml"
    text = path.read_text(encoding="utf-8").replace("[[15]]", "15").replace("these 25 were", "these 24 were")
    path.write_text(text.split("[[silent]]")[0], encoding="utf-8")
    code, out, _ = run("rules", "--test", "house")
    lines = text.splitlines()
    bad, good = (next(n for n, line in enumerate(lines, 1) if line == f"[[{kind}]]") for kind in ("bad", "good"))
    assert code == 1
    assert (
        f"house/full-boxes.toml:{bad}: [[bad]] marks '40 boxes', '22', the finding quotes '40 boxes', '22', '15'" in out
    )
    assert f"house/full-boxes.toml:{good}: [[good]] should be left alone; full-boxes finds: 24 full" in out
    assert "house/full-boxes.toml:1: has no [[silent]] example" in out
    assert out.endswith("1 rule, 2 examples, 3 failures, 0 broken files\n")


def test_rules_of_a_folder_are_applied_listed_and_explained(house: Path, folder: Path, run: Run) -> None:
    (folder / "a.md").write_text(BOXES, encoding="utf-8")
    code, out, _ = run("check", "a.md", "--rules", "house", "--output-format", "concise", "--fail-on", "warning")
    assert code == 1 and "a.md:1:15: warning full-boxes: 22 full and 15 empty are not 40 boxes" in out
    assert "full-boxes" in run("rules", "--rules", "house")[1]
    assert run("explain", "full-boxes", "--rules", "house")[1].startswith("full-boxes  (house, error)")
    assert run("check", "a.md", "--output-format", "concise")[0] == 0


def test_a_formula_is_written_as_latex(run: Run) -> None:
    assert run("explain", "vote-majority", "--latex")[1] == r"\mathrm{first} - \mathrm{second} = \mathrm{margin}" + "\n"
    code, _, err = run("explain", "unused-directive", "--latex")
    assert code == 2 and "unused-directive: is a rule without a formula" in err


def test_a_broken_file_stops_no_other_rule(house: Path, folder: Path, run: Run) -> None:
    (folder / "a.md").write_text(BOXES, encoding="utf-8")
    (house / "broken.toml").write_text('id = "broken"\nsummary = s\n', encoding="utf-8")
    code, out, err = run("check", "a.md", "--rules", "house", "--output-format", "concise")
    assert code == 2 and "full-boxes: 22 full" in out and "house/broken.toml:2:11: is not TOML" in err
    code, out, _ = run("rules", "--test", "house")
    assert code == 2 and "house/broken.toml:2:11: is not TOML" in out and "1 broken file" in out
    code, out, err = run("rules", "--rules", "house")
    assert code == 2 and "full-boxes" in out and "house/broken.toml:2:11" in err


def test_configuration_levels_selects_and_ignores_a_pack(house: Path, folder: Path, run: Run) -> None:
    for name in ("a.md", "old/b.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(BOXES, encoding="utf-8")
    settings = folder / "checker.toml"
    base = 'rules = ["house"]\n'
    for more, code, said in (
        ('[levels]\nfull-boxes = "error"\n', 1, {"a.md", "old/b.md"}),
        ('[levels]\nhouse = "error"\n[per-file-ignores]\n"old/**" = ["full-boxes"]\n', 1, {"a.md"}),
        ('ignore = ["house"]\n', 0, set()),
        ('ignore = ["full-boxes"]\n', 0, set()),
        ('select = ["core"]\n', 0, set()),
    ):
        settings.write_text(base + more, encoding="utf-8")
        got, out, err = run("check", "a.md", "old/b.md", "--output-format", "concise")
        assert got == code, (more, err)
        assert {line.split(":")[0] for line in out.splitlines() if "full-boxes" in line} == said, more


def test_a_rule_of_a_folder_replaces_one_of_its_name(house: Path, folder: Path, run: Run) -> None:
    text = (ROOT / "rules" / "elections" / "turnout.toml").read_text(encoding="utf-8")
    (house / "turnout.toml").write_text(text.replace("is not a turnout of", "makes no turnout of"), encoding="utf-8")
    (folder / "a.md").write_text(
        "Turnout was 72.3 per cent: 41,118 votes were cast by an electorate of 66,000.\n", encoding="utf-8"
    )
    code, out, _ = run("check", "a.md", "--rules", "house", "--output-format", "concise", "--fail-on", "warning")
    assert code == 1 and "makes no turnout of" in out and "is not a turnout of" not in out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('kind = "count"\nmeasure', 'kind = "counts"\nmeasure'), "kind is 'counts', it should be of count, money"),
        (('within = "adjacent"', 'within = "near"'), ":10: within is 'near', it should be one of sentence, adjacent"),
        (("full + empty ==", "full + emtpy =="), ":5: 'emtpy' in constraint is no role; there are boxes, empty, full"),
        (("# were? full", "were? full"), "has no place for a figure"),
        (("# were? full", "# were? fu!l"), "the wording '# were? fu!l'"),
        (('measure = ["boxes"]', 'mesure = ["boxes"]'), "'mesure' is no field of a role (kind, unit, measure"),
        (("full + empty == boxes", "full + empty = boxes"), ":5:28: the constraint"),
        (("[roles.boxes]", 'relation = "parts-of"\n[roles.boxes]'), "needs either 'relation'"),
    ],
)
def test_errors_in_a_rule_name_file_line_value_and_what_is_allowed(
    change: tuple[str, str], said: str, house: Path, run: Run
) -> None:
    path = house / "full-boxes.toml"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    code, _, err = run("rules", "--rules", "house")
    assert code == 2 and "house/full-boxes.toml:" in err and said in err


def test_the_pages_of_the_rules_are_fresh() -> None:
    """``make pages`` writes them."""
    folder = ROOT / "docs" / "rules"
    made = pages(all_rules().rules)
    assert {path.name for path in folder.iterdir()} == set(made)
    stale = [name for name, text in made.items() if (folder / name).read_text(encoding="utf-8") != text]
    assert not stale, f"{', '.join(stale)}: stale; run `make pages`"
