"""What all tests share: a cache of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# hypothesis tries the same cases in every run, so that a change fails by itself and not by chance
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes what the user's own runs, or other tests, have kept."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(folder))
    return folder
