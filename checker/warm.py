"""Imported by the process that workers are copied from: what each would load, loaded once."""

from __future__ import annotations

import gc
from contextlib import suppress

from checker import pipeline, policy
from checker.builtin import all_rules
from checker.language import english
from checker.model import CheckerError
from checker.relations import families
from checker.reports import building

__all__ = ["building", "pipeline", "policy"]

with suppress(CheckerError):  # a worker meets it again and says so
    english.pipeline()
    families()
    all_rules()
gc.collect()
gc.freeze()  # so that looking for garbage does not copy what is shared
