"""Checker from Python: one article in, one typed report out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from checker.reading import read, read_text

if TYPE_CHECKING:
    from checker.model import Document
    from checker.reports.schema import ArticleReport, FigureEntry


def check(path: str | Path, *, date: Date | None = None) -> ArticleReport:
    """Everything that does not agree in the article in a file; `date` is its day of publication where it states none.

    Errors: ``CheckerError`` with one line where the file cannot be read or the English model is missing.
    """
    return _report(read(path), date)


def check_text(text: str, *, path: str = "article.md", date: Date | None = None) -> ArticleReport:
    """``check`` of an article held in memory; the ending of `path` says its format (.md Markdown, .txt plain text)."""
    return _report(read_text(text, path), date)


def figures(path: str | Path, *, date: Date | None = None) -> tuple[FigureEntry, ...]:
    """Every figure of the article in a file: what it says, what it measures and whether it was compared."""
    from checker.pipeline import read_figures
    from checker.reports.building import build_figures

    return build_figures(read_figures(_dated(read(path), date))).figures


def _report(document: Document, date: Date | None) -> ArticleReport:
    from checker.pipeline import check_document
    from checker.reports.building import build_article

    return build_article(check_document(_dated(document, date)))


def _dated(document: Document, date: Date | None) -> Document:
    return replace(document, date=date) if date is not None and document.date is None else document
