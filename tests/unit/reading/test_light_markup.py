"""reStructuredText and AsciiDoc."""

from __future__ import annotations

import datetime

import pytest
from seen import blocks, document, table, written

from checker.model import CheckerError

RST = """\
=====================
Ferries carry *3.65m*
=====================

:Date: 2024-03-02
:Author: Ann Bell
:Summary: All 14 sailed

LONDON, March 1 (AP) - There are **40** ships [1]_ and `2 boats <https://x.org>`_ here.
It's not ``snake_case`` or x*y, :abbr:`TLA <three letters>` \\*40.

Ports
-----

- 12 old
- 2 new

  1. deep one
  2. deep two

More on it::

    literal 99

    We quote 7.

.. note:: A note of 5.

.. pull-quote::

   We have 40

.. figure:: a.jpg
   :alt: Two ships

   The 2 new ships

.. code-block:: python

   print(99)

.. comment 12
.. [1] The count of 2023.

Correction: it was 3.56m.
"""
ADOC = """\
= Ferries carry *3.65m*
Ann Bell <a@b.c>
v1.0, 2024-03-02
:description: All 14 sailed
include::attributes.adoc[]

[.lead]
LONDON, March 1 (AP) - There are *40* shipsfootnote:[The count of 2023.] and https://x.org[2 boats] here. +
It's not `snake_case` or x*y, <<tla,TLA>> \\*40.

== Ports

* 12 old
* 2 new
.. deep one
.. deep two

More on it:

----
literal 99
----

[quote, Ann]
We quote 7.

NOTE: A note of 5.

[.pull-quote]
____
We have 40
____

.The 2 new ships
image::a.jpg[Two ships, 300]

// comment 12
Correction: it was 3.56m.
"""
EXPECTED = [
    ("headline", "Ferries carry 3.65m"),
    ("dateline", "LONDON, March 1 (AP) -"),
    ("body", "There are 40 ships and 2 boats here. It's not snake_case or x*y, TLA *40."),
    ("subhead", "Ports"),
    ("list", "12 old"),
    ("list", "2 new"),
    ("list", "deep one"),
    ("list", "deep two"),
    ("body", "More on it:"),
    ("factbox", "A note of 5."),
    ("pullquote", "We have 40"),
    ("alt", "Two ships"),
    ("caption", "The 2 new ships"),
    ("correction", "Correction: it was 3.56m."),
    ("body", "The count of 2023."),
    ("dek", "All 14 sailed"),
    ("date", "2024-03-02"),
]


@pytest.mark.parametrize(("source", "path"), [(RST, "a.rst"), (ADOC, "a.adoc")], ids=["rst", "asciidoc"])
def test_an_article(source: str, path: str) -> None:
    found = document(source, path)
    said = [(block.kind.value, block.text) for block in found.blocks]
    assert sorted(pair for pair in said if pair[0] not in ("byline", "quote")) == sorted(EXPECTED)
    assert [pair for pair in said if pair[0] in ("list", "subhead", "headline")] == [
        pair for pair in EXPECTED if pair[0] in ("list", "subhead", "headline")
    ]
    assert any(kind == "byline" and text.startswith("Ann Bell") for kind, text in said)
    assert (found.date, found.place) == (datetime.date(2024, 3, 2), "London")
    items = [block for block in found.blocks if block.kind == "list"]
    assert [(item.level, item.ordered) for item in items] == [(1, False), (1, False), (2, True), (2, True)]
    assert items[0].group == items[1].group != items[2].group == items[3].group
    assert written(found, "2 boats") == "2 boats" and written(found, "x*y") == "x*y"


def test_quotations() -> None:
    assert ("quote", "We quote 7.") in blocks("Said:\n\n   We quote 7.\n\nEnd.\n", "a.rst")
    assert ("quote", "We quote 7.") in blocks(ADOC, "a.adoc")


@pytest.mark.parametrize(
    ("source", "path"),
    [
        (
            "+------+-------+\n| Town | Votes |\n+======+=======+\n| Aby  | 1,200 |\n|      | new   |\n+------+-------+\n",
            "a.rst",
        ),
        ("==== =========\nTown Votes\n==== =========\nAby  1,200 new\n==== =========\n", "a.rst"),
        (".. list-table::\n   :header-rows: 1\n\n   * - Town\n     - Votes\n   * - Aby\n     - 1,200 new\n", "a.rst"),
        ("|===\n|Town |Votes\n\n|Aby |*1,200* new\n|===\n", "a.adoc"),
        ('[options="header"]\n|===\n|Town |Votes\n|Aby\n|1,200 new\n|===\n', "a.adoc"),
    ],
)
def test_tables(source: str, path: str) -> None:
    found = document(source, path)
    assert table(found) == [["Town", "Votes"], ["Aby", "1,200 new"]]
    assert [block.cell.header for block in found.blocks if block.cell] == [True, True, False, False]


def test_front_matter_before_asciidoc() -> None:
    assert blocks("---\ntitle: Forty: all\n---\n= Forty\n\nText.\n", "a.adoc")[:2] == [
        ("headline", "Forty: all"),
        ("subhead", "Forty"),
    ]


@pytest.mark.parametrize(
    ("source", "path", "line"),
    [
        ("Text.\n\n.. include:: a.rst\n", "a.rst", 3),
        ("= T\n\nText.\n\ninclude::a.adoc[]\n", "a.adoc", 5),
        ("- a\n\n  .. include:: ../../secret\n", "a.rst", 3),
    ],
)
def test_nothing_is_included(source: str, path: str, line: int) -> None:
    """A file that includes itself, or another that includes it back, is never followed."""
    with pytest.raises(CheckerError, match=rf"^{path}:{line}: includes '[^']*', and no other file is read"):
        document(source, path)
