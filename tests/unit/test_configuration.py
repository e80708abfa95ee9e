"""Configuration: where it is found, how layers override one another, and what is said of a wrong key, type or value."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from checker.configuration import TABLES, Configuration, configuration, settings_of, template
from checker.layers import Loaded, load, render
from checker.model import CheckerError, Finding, Level, Mark
from checker.policy import rules_in_force, settle

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str, name: str = "checker.toml") -> str:
    write(folder / name, text)
    with pytest.raises(CheckerError) as caught:
        rules_in_force(load(folder))
    return str(caught.value)


# ------------------------------------------------------------------------------------------------------- finding it


def test_the_nearest_ancestor_counts(folder: Path) -> None:
    write(folder / "checker.toml", 'fail-on = "note"')
    write(folder / "desk" / "pyproject.toml", '[project]\nname = "x"\n')
    write(folder / "desk" / "sport" / "pyproject.toml", '[tool.checker]\nfail-on = "warning"\n')
    (folder / "desk" / "sport" / "rugby").mkdir()
    assert load(folder / "desk" / "sport" / "rugby").values.fail_on == "warning"
    assert load(folder / "desk").values.fail_on == "note"
    assert load(folder / "desk", isolated=True).values.fail_on == "error"
    assert load(folder, file=folder / "desk" / "sport" / "pyproject.toml").values.fail_on == "warning"


def test_checker_toml_counts_more_than_pyproject(folder: Path) -> None:
    write(folder / "pyproject.toml", '[tool.checker]\nfail-on = "warning"\n')
    write(folder / "checker.toml", 'fail-on = "note"')
    assert load(folder).values.fail_on == "note"


def test_extended_files_are_overridden_key_by_key(folder: Path) -> None:
    write(folder / "house.toml", 'fail-on = "note"\nselect = ["core"]\nrules = ["rules"]\n[levels]\nmargin = "note"\n')
    write(
        folder / "desk" / "checker.toml",
        'extend = "../house.toml"\nselect = ["dates"]\nlevels = {list-count = "note"}\n',
    )
    loaded = load(folder / "desk", overrides=["levels.margin=warning"])
    assert loaded.values.fail_on == "note" and loaded.values.select == ["dates"]
    assert loaded.values.levels == {"margin": "warning", "list-count": "note"}
    assert loaded.beside("rules", "rules") == folder / "desk" / ".." / "rules"
    assert loaded.where("fail-on") == "house.toml:1" and loaded.where("notes") == "default"
    assert loaded.where("levels", "margin") == "--config levels.margin=warning"


def test_options_count_most(folder: Path) -> None:
    write(folder / "checker.toml", 'fail-on = "note"')
    loaded = load(folder, overrides=["fail-on=warning"], options={"fail-on": "never"})
    assert loaded.values.fail_on == "never" and loaded.where("fail-on") == "--fail-on"


# ------------------------------------------------------------------------------------------------------- complaints


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('fial-on = "error"', "checker.toml:1: 'fial-on' is no setting; did you mean 'fail-on'?"),
        ("\n\nzzz = 1", "checker.toml:3: 'zzz' is no setting; there are extend, required-version, select"),
        ('fail-on = "sometimes"', "checker.toml:1: fail-on is 'sometimes', it should be one of error, warning, note, never"),
        ("notes = 1", "checker.toml:1: notes is 1, it should be true or false"),
        ('select = "core"', "checker.toml:1: select is 'core', it should be a list of texts"),
        ("select = [\n  'core',\n  3,\n]", "checker.toml:1: select is 3, it should be a text"),
        ("levels = []", "checker.toml:1: levels is [], it should be a table"),
        ("[levels]\nmargin = 'note'\nlist-count = 'bad'", "checker.toml:3: levels.list-count is 'bad', it should be one of"),
        ("[levels]\nmargni = 'note'", "checker.toml:2: levels names 'margni', which is no rule or pack; did you mean 'margin'?"),
        ("ignore = [\n 'core',\n 'list-cuont',\n]", "checker.toml:3: ignore names 'list-cuont', which is no rule or pack; did"),
        ("[per-file-ignores]\n'a/**' = ['cor']", "checker.toml:2: per-file-ignores names 'cor', which is no rule or pack; did"),
        ("[style]\nround-number = 'exact'", "checker.toml:2: 'style.round-number' is no setting; did you mean 'round-numbers'?"),
        ("[front-matter]\nheadline = 'kop'", "checker.toml:2: front-matter.headline is 'kop', it should be a list of texts"),
        ("timezone = 'Europe/Londn'", "checker.toml:1: timezone is 'Europe/Londn', it should be the name of a time zone such"),
        ("locale = 'fr'", "checker.toml:1: locale is 'fr', it should be one of en-GB, en-US"),
        ("required-version = 'new'", "checker.toml:1: required-version is 'new', it should be comparisons such as '>=0.1, <1'"),
        ("notes = true\nrequired-version = '>99'", "checker.toml:2: this is Checker "),
        ("fail-on = error", "checker.toml:1: is not TOML: "),
        ("extend = 'nowhere.toml'", "checker.toml:1: extend is 'nowhere.toml', there is no such file"),
        ("extend = 'checker.toml'", "checker.toml:1: extend is 'checker.toml', which leads back or too deep"),
        ("rules = ['nowhere']", ""),
    ],
)  # fmt: skip
def test_a_complaint_has_line_value_what_is_allowed_and_the_nearest_name(folder: Path, text: str, said: str) -> None:
    if not said:  # a folder that is missing is a broken rule, and the others still hold
        write(folder / "checker.toml", text)
        assert [str(error) for error in rules_in_force(load(folder)).broken] == [
            f"{folder / 'nowhere'}: no such folder of rules"
        ]
        return
    assert complaint(folder, text).startswith(said)


def test_a_complaint_about_pyproject(folder: Path) -> None:
    text = "[project]\nname = 'x'\n\n[tool.checker]\nselect = ['core']\n\n[tool.checker.levels]\nmargin = 'grave'\n"
    assert complaint(folder, text, "pyproject.toml").startswith(
        "pyproject.toml:8: levels.margin is 'grave', it should be"
    )


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("fail-on=soon", "--config fail-on=soon: fail-on is 'soon', it should be one of error"),
        ("fail-on", "--config fail-on: write KEY=VALUE"),
        ("a b=c", "--config a b=c: 'a b' is no key of TOML"),
        ('select=["nope"]', "--config select=[\"nope\"]: select names 'nope', which is no rule or pack"),
    ],
)
def test_a_complaint_about_an_option(folder: Path, override: str, said: str) -> None:
    with pytest.raises(CheckerError) as caught:
        rules_in_force(load(folder, overrides=[override]))
    assert str(caught.value).startswith(said)


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "checker.toml").write_bytes(b"fail-on = '\xff'")
    with pytest.raises(CheckerError, match=r"checker\.toml: is not UTF-8 \(byte 11\)"):
        load(folder)


# --------------------------------------------------------------------------------------------------- what it makes of rules


def loaded(**values: object) -> Loaded:
    return Loaded(configuration({key.replace("_", "-"): value for key, value in values.items()}))


def test_rules_are_selected_by_name_and_pack() -> None:
    ids = {rule.id for rule in rules_in_force(loaded(select=["dates", "margin"], ignore=["duration"])).rules}
    assert {"margin", "weekday-date"} <= ids and not ids & {"duration", "list-count", "stale-figure"}


def test_levels_are_set_by_rule_before_pack() -> None:
    rules = rules_in_force(loaded(levels={"core": "warning", "margin": "note"}))
    levels = {rule.id: rule.level for rule in rules.rules}
    assert (levels["margin"], levels["list-count"], levels["duration"]) == (Level.NOTE, Level.WARNING, Level.ERROR)


def found(rule: str) -> Finding:
    return Finding(rule, Level.WARNING, 0.8, "m", "", (Mark("a", "1", 0, 1, 1, 1, "body", "1", 0, 1),))


def test_findings_get_the_level_of_the_configuration_and_are_ignored_by_file() -> None:
    settings = loaded(levels={"margin": "error"}, per_file_ignores={"opinion/**": ["margin"], "*.txt": ["core"]})
    rules = rules_in_force(settings)
    (finding,) = settle([found("margin")], "news/a.md", rules, settings)
    assert finding.level == Level.ERROR and finding.suppressed is None
    (finding,) = settle([found("margin")], "opinion/deep/a.md", rules, settings)
    assert finding.suppressed is not None and finding.suppressed.by == "per-file-ignores"
    assert [
        f.suppressed is None for f in settle([found("margin"), found("duration")], "news/a.txt", rules, settings)
    ] == [
        *(False, True),
    ]


def test_rules_of_a_folder_are_in_force(folder: Path) -> None:
    rule = (ROOT / "rules" / "core" / "margin.toml").read_text(encoding="utf-8")
    write(folder / "house" / "our-margin.toml", rule.replace('id = "margin"', 'id = "our-margin"'))
    write(folder / "checker.toml", 'rules = ["house"]\nselect = ["house"]\n')
    assert [rule.id for rule in rules_in_force(load(folder)).rules] == ["our-margin"]


# ------------------------------------------------------------------------------------------------- showing and writing


def test_the_template_is_valid_and_names_every_setting(folder: Path) -> None:
    text = template()
    assert load(folder, file=write(folder / "checker.toml", text)).values == Configuration()
    wanted = re.sub(r"^# (?=[a-z-]+ = |\[)", "", text, flags=re.MULTILINE)
    given = tomllib.loads(wanted)
    configuration(given)
    keys = {setting.key for setting in settings_of(Configuration)}
    assert set(given) == keys
    for table, model in TABLES.items():
        assert set(given[table]) == {setting.key for setting in settings_of(model)}


def test_every_setting_is_described_and_documented() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for model in (Configuration, *TABLES.values()):
        for setting in settings_of(model):
            assert setting.description or setting.key in TABLES
            assert f"`{setting.key}`" in page or f"`[{setting.key}]`" in page, setting.key


def test_the_settings_that_are_shown_are_those_that_were_read(folder: Path) -> None:
    write(folder / "checker.toml", 'locale = "en-GB"\nexclude = ["a \\"b\\""]\n[style]\nround-numbers = "exact"\n')
    loaded = load(folder, overrides=["notes=true"])
    shown = render(loaded)
    assert 'locale = "en-GB"  # checker.toml:1' in shown and "notes = true  # --config notes=true" in shown
    assert "# timezone is not set" in shown and 'round-numbers = "exact"  # checker.toml:4' in shown
    assert load(folder, file=write(folder / "again.toml", shown)).values == loaded.values
