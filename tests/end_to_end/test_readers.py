"""Formats of articles as a user meets them: --format, --with-table, several articles in one file, comments in a DOCX."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Run, article
from docx import Document as Word

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>
<item><title>One</title><link>https://example.org/1</link>
<description>Nothing is amiss in the town of 40 people.</description></item>
<item><title>Two</title><link>https://example.org/2</link>
<description>An error! stands in this one.</description></item></channel></rss>
"""


@pytest.mark.usefixtures("levels")
def test_articles_of_one_file_are_told_apart_by_their_addresses(run: Run, folder: Path) -> None:
    article(folder, "desk.rss", FEED)
    code, out, _ = run("check", "desk.rss")
    assert code == 1 and out.startswith("desk.rss, https://example.org/1: ")
    _, out, _ = run("check", "desk.rss", "--output-format", "json")
    first, second = json.loads(out)["articles"]
    assert first["address"] == "https://example.org/1" and second["address"] == "https://example.org/2"
    assert second["findings"][0]["spans"][0]["locator"] == "/rss/channel/item[2]/description"


@pytest.mark.usefixtures("levels")
def test_the_format_may_be_said(run: Run, folder: Path) -> None:
    article(folder, "story.txt", "<p>An <b>error</b>! in 3 words.</p>")
    assert run("check", "story.txt", "--format", "html", "--output-format", "json")[0] == 0  # the tag parts the mark
    code, _, err = run("check", "story.txt", "--format", "wordstar")
    assert code == 2 and "'wordstar' is no known format" in err


def test_figures_of_a_table_are_listed_with_their_place(run: Run, folder: Path) -> None:
    article(folder, "story.md", "The council has 40 members.\n")
    article(folder, "seats.csv", "party,seats\nLabour,22\nGreen,8\n")
    code, out, _ = run("figures", "story.md", "--with-table", "seats.csv", "--output-format", "json")
    assert code == 0
    (found,) = json.loads(out)["articles"]
    assert [figure["text"].split()[0] for figure in found["figures"]] == ["40", "22", "8"]
    assert "locator" not in found["figures"][0]
    code, _, err = run("figures", "story.md", "--with-table", "none.csv")
    assert code == 2 and err.startswith("checker: none.csv: cannot be read")


@pytest.mark.usefixtures("levels")
def test_comments_stand_in_a_copy_of_the_document(run: Run, folder: Path) -> None:
    word = Word()
    word.add_paragraph("An error! stands in this one.")
    word.save(str(folder / "story.docx"))
    assert run("check", "story.docx", "--output-format", "docx=checked.docx")[0] == 1
    with ZipFile(folder / "checked.docx") as file:
        assert b"is error" in file.read("word/comments.xml")
    for arguments, said in (
        (("story.docx", "--output-format", "docx"), "say which file"),
        (("story.docx", "--output-format", "docx=story.docx"), "would overwrite the article"),
        (("story.docx", "story.docx", "--output-format", "docx=c.docx"), "takes one article, there are 2"),
    ):
        code, _, err = run("check", *arguments)
        assert code == 2 and said in err, arguments


@pytest.mark.usefixtures("levels")
def test_files_that_cannot_be_read_leave_the_others_checked(run: Run, folder: Path) -> None:
    (folder / "a.docx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "b.html").write_bytes(b"<html>" + b"<div>" * 300_000)
    (folder / "c.txt").write_bytes(b"12\0")
    article(folder, "d.md", "An error! stands here.")
    code, out, err = run("check", ".", "--output-format", "json")
    assert code == 2 and json.loads(out)["articles"][0]["path"] == "d.md"
    assert [line.split(":")[0] for line in err.splitlines()][:3] == ["a.docx", "b.html", "c.txt"]
    assert len(json.loads(out)["failures"]) == 3
