"""The HTML report: one file with nothing outside of it, and what an editor does with it, in Chromium."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, DRIVER, MISSING, Browser, opened, wait_for

from checker.builtin import all_rules
from checker.cli import main
from checker.model import Document, Finding, Level, Mark, Repair, Verdict
from checker.pipeline import read_figures
from checker.reading import read_text
from checker.reports import reporters
from checker.reports.building import build_article
from checker.reports.schema import Failure
from checker.reports.terminal import Style
from checker.reports.totals import Totals

STORY = """---
title: Border campaign stops more than 47,000 people
date: 2022-01-12
---

Of the more than 48,000 suspects arrested, 50,353 were formally arrested and 13,554 were sentenced to prison.

Of the 40 members of the council, 52 voted on Tuesday. The hall has seats for 312 people.
"""
HOSTILE = """---
title: "</title></style><script>document.title = 'owned'</script> of 40 members"
date: 2025-03-18
---

Of the 40 members <img src=x onerror="document.title='owned'"> of the council, 52 voted &lt;script&gt;document.title='owned'&lt;/script&gt;
while 12 \u202eneve\u2066r\u202c came.

| `</table><svg onload=document.title='owned'>` | seats " onclick='x' |
|---|---|
| A &lt;/script&gt;&lt;!-- | 12 |
"""


def finding(document: Document, rule: str, level: Level, *quoted: str) -> Finding:
    """A finding that quotes some texts of a document, the first as the whole."""
    marks = []
    for number, text in enumerate(quoted):
        start = document.source.index(text)
        block = next(block for block in document.blocks if block.starts[0] <= start < block.ends[-1])
        inside = block.text.index(text)
        role = "part" if number else "whole"
        place = document.position(start)
        marks.append(
            Mark(role, text, start, start + len(text), *place, block.kind, block.text, inside, inside + len(text))
        )
    message = f"{quoted[-1]} cannot be part of {quoted[0]}"
    repairs = (Repair(0, quoted[-1]),)
    return Finding(rule, level, 0.9, message, " > ".join(quoted), tuple(marks), repairs, ("if they are the same",))


def checked(path: str, source: str, *found: tuple[str, Level, tuple[str, ...]]) -> Verdict:
    """A verdict without the solver: the ledger is that of the article."""
    document = read_text(source, path)
    findings = tuple(finding(document, rule, level, *quoted) for rule, level, quoted in found)
    return Verdict(document, read_figures(document).ledger, findings)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages with 0, 3 and 60 findings, one of two articles, and one whose article is out to harm."""
    place = tmp_path_factory.mktemp("pages")
    wholes, parts = [f"{300 + n} pupils" for n in range(60)], [f"{400 + n} came" for n in range(60)]
    many = [
        f"Of the {whole} at school {n}, {part} by bus."
        for n, (whole, part) in enumerate(zip(wholes, parts, strict=True))
    ]
    exceeds = "part-exceeds-whole"
    none = checked("none.md", "# The council met\n\nThe council met on Monday. It has 40 members.\n")
    three = checked(
        *("three.md", STORY),
        (exceeds, Level.ERROR, ("more than 48,000 suspects", "50,353")),
        (exceeds, Level.WARNING, ("40 members", "52")),
        ("close-figures", Level.WARNING, ("more than 47,000 people", "48,000", "13,554")),
    )
    found = [(exceeds, Level.ERROR, pair) for pair in zip(wholes, parts, strict=True)]
    sixty = checked("sixty.md", "# Pupils by bus\n\n" + "\n\n".join(many) + "\n", *found)
    hostile = checked("<b>hostile</b>.md", HOSTILE, (exceeds, Level.ERROR, ("40 members", "52 voted")))
    failure = Failure(path="missing.md", message="missing.md: no such file or <b>folder</b>")
    pages = {"none": (none,), "three": (three,), "sixty": (sixty,), "hostile": (hostile,), "both": (three, none)}
    for name, verdicts in pages.items():
        totals = Totals()
        with (place / f"{name}.html").open("w", encoding="utf-8") as out:
            reporter = reporters("FindingsReporter")["html"](out, Style(), all_rules().rules)
            for verdict in verdicts:
                report = build_article(verdict)
                totals.add(report)
                reporter.article(report)
            if name == "both":
                reporter.failure(failure)
            reporter.finish(totals)
    return place


def page(folder: Path, name: str) -> str:
    return (folder / f"{name}.html").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------ without a browser


class _Elements(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("name", ["none", "three", "sixty", "hostile", "both"])
def test_a_page_holds_all_it_needs_and_nothing_that_acts(folder: Path, name: str) -> None:
    found = elements(page(folder, name))
    assert sum(tag == "script" for tag, _ in found) == sum(tag == "style" for tag, _ in found) == 1
    for tag, attributes in found:
        assert tag not in ("img", "iframe", "object", "embed", "link", "base", "form", "image"), tag
        assert not any(key.startswith("on") or key in ("src", "style") for key in attributes), (tag, attributes)
        assert tag != "a" or "href" not in attributes or str(attributes["href"]).startswith("#")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page(folder, name))
    identifiers = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    targets = {str(attributes["href"])[1:] for tag, attributes in found if tag == "a" and "href" in attributes}
    assert targets <= set(identifiers)


def test_direction_signs_of_the_article_cannot_turn_the_page(folder: Path) -> None:
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page(folder, "hostile"))


def test_articles_and_failures_are_listed(folder: Path) -> None:
    text = page(folder, "both")
    assert text.count('<section class="article"') == 2 and "missing.md: no such file or &lt;b&gt;folder" in text
    assert 'aria-label="Articles"' in text and 'aria-label="Articles"' not in page(folder, "three")


def test_findings_have_their_working_in_words_and_as_a_formula(folder: Path) -> None:
    text = page(folder, "three")
    assert "50,353 cannot be part of more than 48,000 suspects" in text
    assert (
        '<mi>part</mi></mrow></math><wbr><math><mrow><mo form="infix">≤</mo><mi>whole</mi>' in text
        and "<dt>to agree</dt>" in text
    )


def test_a_formula_is_told_with_the_figures_of_the_article_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(STORY, encoding="utf-8")
    main(["check", str(tmp_path / "a.md"), "--isolated", "--output-format", f"html={tmp_path / 'a.html'}"])
    drawn, *_ = re.findall(r'<dt>here</dt><dd class="formula">(.*)</dd>.*\n.*part-exceeds-whole', page(tmp_path, "a"))
    assert re.sub("<[^>]*>", " ", drawn).split() == "50,353 ≤ more than 48,000".split()


def test_notes_and_suppressed_findings_are_shown_when_asked_for(tmp_path: Path) -> None:
    story = tmp_path / "a.md"
    directive = "<!-- checker: ignore-next part-exceeds-whole -- the agency counts twice -->\n\nOf the"
    story.write_text(STORY.replace("Of the", directive, 1), encoding="utf-8")
    for options, shown in (([], False), (["--show-suppressed"], True)):
        main(["check", str(story), "--isolated", "--output-format", f"html={tmp_path / 'a.html'}", *options])
        text = page(tmp_path, "a")
        assert ("the agency counts twice" in text) == shown and "1 suppressed" in text


# --------------------------------------------------------------------------------------------------- in the browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None or DRIVER is None:
        pytest.skip(MISSING)
    with opened() as window:
        yield window


@pytest.mark.parametrize("name", ["none", "three", "sixty", "hostile", "both"])
@pytest.mark.parametrize("width", [400, 800, 1400])
def test_a_page_fits_and_complains_of_nothing(browser: Browser, folder: Path, name: str, width: int) -> None:
    browser.size(width, 900)
    browser.open(folder / f"{name}.html")
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    assert [entry for entry in browser.log() if "favicon" not in entry["message"]] == []
    assert browser.run("return document.title") != "owned"
    small = "return [...document.querySelectorAll('summary, button')].filter(e => e.offsetParent && e.offsetHeight < 20).length"
    assert browser.run(small) == 0


def test_what_an_article_says_is_text(browser: Browser, folder: Path) -> None:
    browser.open(folder / "hostile.html")
    text = browser.run("return document.querySelector('.text').innerText")
    assert "<script>document.title = 'owned'</script> of 40 members" in text.replace("1 members", "members")
    assert browser.run("return document.querySelectorAll('.text script, .text img, .text svg:not(.lines)').length") == 0


def test_a_script_that_got_in_would_not_run(browser: Browser, folder: Path) -> None:
    browser.open(folder / "three.html")
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"owned\"'; document.body.append(s);"
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"document.title=1\" id=x>x</b>');"
        "document.getElementById('x').click()"
    )
    assert browser.run("return document.title") == "Border campaign stops more than 47,000 people"
    assert len(browser.log()) == 2


def test_a_finding_leads_to_its_places_and_back(browser: Browser, folder: Path) -> None:
    browser.size(1400, 900)
    browser.open(folder / "three.html")
    active = "return [...document.querySelectorAll('mark.active')].map(m => m.firstChild.textContent + m.querySelector('.keep').firstChild.textContent.trim())"
    assert browser.run("return document.querySelectorAll('.finding').length") == 3
    first = browser.run(active)
    assert len(first) == 2 and browser.run("return document.querySelectorAll('.lines path').length") == 1
    browser.keys("n")
    second = browser.run(active)
    assert len(second) == 2 and second != first
    assert browser.run("return document.activeElement.closest('.finding').classList.contains('active')")
    browser.keys("p")
    assert browser.run(active) == first
    browser.click("mark .badge[href$='-f3']")
    assert len(browser.run(active)) == 3
    browser.click(".finding.active .places a")
    assert browser.run("return location.hash.slice(1) === document.querySelector('mark:target').id")


def test_sixty_findings_are_folded_and_reached_by_key(browser: Browser, folder: Path) -> None:
    browser.size(1400, 900)
    browser.open(folder / "sixty.html")
    assert browser.run("return document.querySelectorAll('.finding').length") == 60
    assert browser.run("return document.querySelectorAll('.finding details[open]').length") == 0
    browser.keys("p")  # round to the last one
    wait_for(
        browser,
        "const b = document.querySelector('mark.active').getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight",
    )
    assert browser.run("return document.querySelector('.finding.active .badge').textContent") == "60"


def test_the_ledger_sorts_by_value(browser: Browser, folder: Path) -> None:
    browser.open(folder / "three.html")
    browser.click(".ledger > summary")
    browser.click(".sortable th:nth-child(4) button")
    values = browser.run(
        "return [...document.querySelectorAll('.sortable tbody tr')].map(r => r.cells[3].dataset.order)"
    )
    numbers = [float(value) for value in values if value]
    assert numbers == sorted(numbers) and values[len(numbers) :] == [""] * (len(values) - len(numbers))
    assert browser.run("return document.querySelector('.sortable th:nth-child(4)').ariaSort") == "ascending"
    browser.click(".sortable th:nth-child(4) button")
    assert browser.run("return document.querySelector('.sortable th:nth-child(4)').ariaSort") == "descending"


def test_light_and_dark_are_both_readable(browser: Browser, folder: Path) -> None:
    """Text stands out from what it stands on: a contrast of 4.5 at least (WCAG 2.2, 1.4.3)."""
    browser.open(folder / "three.html")
    script = """
        const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
        const light = (color) => { const [r, g, b] = numbers(color).map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
            return .2126 * r + .7152 * g + .0722 * b; };
        const ground = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (numbers(c)[3] !== 0) return c; } return 'rgb(255,255,255)'; };
        return [...document.querySelectorAll('body *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && e.offsetParent)
            .map((e) => { const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x); return [(a + .05) / (b + .05), e.className, e.textContent.slice(0, 30)]; })
            .filter((found) => found[0] < 4.5);
    """
    for theme in ("light", "dark"):
        feature = [{"name": "prefers-color-scheme", "value": theme}]
        browser.devtools("Emulation.setEmulatedMedia", {"features": feature})
        assert browser.run(script) == [], theme
    browser.click("#theme")
    assert browser.run("return document.documentElement.dataset.theme") == "light"
    assert browser.run(script) == []


def test_a_print_shows_every_finding_open(browser: Browser, folder: Path) -> None:
    browser.open(folder / "sixty.html")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run("return document.querySelectorAll('.finding details:not([open])').length") == 0
    browser.devtools("Emulation.setEmulatedMedia", {"media": "print"})
    assert browser.run("return getComputedStyle(document.getElementById('theme')).display") == "none"
    assert len(browser.call("POST", "print")) > 10_000
    browser.devtools("Emulation.setEmulatedMedia", {"media": ""})
