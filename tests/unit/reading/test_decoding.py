"""Bytes to text, and which reader a file gets."""

from __future__ import annotations

import pytest
from seen import blocks

from checker.model import CheckerError
from checker.reading import decode, formats, read_all, read_bytes, read_text
from checker.walking import Walk

TEXT = "The price of 48 € a night at “l’Hôtel” was up 12 % – a record for the town and its people.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert decode((TEXT * 4).encode(encoding), "a") == TEXT * 4


def test_a_declared_encoding_is_taken_where_it_fits() -> None:
    page = '<html><head><meta charset="{}"></head><body><p>Погода: 12 градусов и 300 человек</p></body></html>'
    for name in ("windows-1251", "koi8-r"):
        assert "12 градусов" in decode(page.format(name).encode(name), "a")


def test_a_wrong_declaration_is_not_believed() -> None:
    assert decode('<meta charset="iso-8859-1"> 48 € – à'.encode(), "a").endswith("48 € – à")
    assert decode('<meta charset="unicode_escape"> 48 \\u0041 é'.encode("cp1252"), "a").endswith("48 \\u0041 é")


def test_a_slip_in_utf_8_is_no_other_encoding() -> None:
    found = decode((TEXT * 20).encode() + b"\xff end", "a")
    assert found == TEXT * 20 + "\ufffd end"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"  \n", "is empty"),
        (b"abc\0def", "a NUL at byte 3"),
        (b"\x01\x02\x03\xff\x04\x05", "control characters"),
        (b"\xff\xfeab\x00\xd8x", "begins as utf-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "old Office file"),
        (b"{\\rtf1 text}", "RTF"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, why: str) -> None:
    with pytest.raises(CheckerError, match=f"^a.md: .*{why}"):
        read_bytes(data, "a.md")


def test_content_goes_before_the_ending() -> None:
    page = "<!-- saved --><!DOCTYPE html><html><body><h1>Ships</h1><p>There are 40 ships in the harbour today, they say.</p></body></html>"
    assert blocks(page, "a.md") == blocks(page, "a.html")
    assert ("headline", "Ships") in blocks(page, "a")


def test_the_format_overrides() -> None:
    assert blocks("# 12 ships\n", "a.md", "text") == [("body", "# 12 ships")]
    assert blocks("# 12 ships\n", "a.txt", "text/markdown") == [("headline", "12 ships")]
    with pytest.raises(CheckerError, match=r"'word' is no known format; known are .*markdown"):
        read_bytes(b"x", "a", "word")


def test_looks_count_where_nothing_else_says_it() -> None:
    assert blocks("<p>There are 40.</p><p>And 2.</p>", "story") == [("body", "There are 40."), ("body", "And 2.")]
    assert blocks("---\ntitle: Forty\n---\nText.", "story")[0] == ("headline", "Forty")
    assert blocks("There are 40.", "story") == [("body", "There are 40.")]


@pytest.mark.parametrize(
    ("source", "path", "why"),
    [
        ("x" * 300_000, "a.md", r"a\.md:1: a line of 300,000 characters"),
        ("x\n" * 2_000_000, "a.txt", "is 4,000,000 characters"),
        ("\ufeff \u200b\n", "a.txt", "is empty"),
        ("---\ntags: a\n---\n", "a.md", "holds no text"),
        ('{"name": "a"}', "a.json", "no article in JSON"),
        ("<project/>", "a.xml", "no article in XML"),
    ],
)
def test_what_is_no_article_is_said(source: str, path: str, why: str) -> None:
    with pytest.raises(CheckerError, match=why):
        read_text(source, path)


def test_folders_leave_out_data_that_is_no_article(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    for name, text in {"package.json": "{}", "pom.xml": "<project/>", "a.md": "Text.", "b.html": "<p>x</p>"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = list(Walk().articles([str(folder)]))
    assert [path.name for path in found if isinstance(path, Path)] == ["a.md", "b.html"]
    with pytest.raises(CheckerError, match="no article in JSON"):
        read_all(folder / "package.json")


def test_every_format_has_one_name() -> None:
    assert len(set(formats())) == len(formats()) and "html" in formats()
