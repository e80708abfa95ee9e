# make demo   sets up and checks the articles in examples/
# make test   sets up and runs every test: lint, format, types, pytest
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# the first Python that is new enough and can make an environment; PYTHON=... overrides it
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python; do \
	"$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; \
	done)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test long bench lint types pages needs clean

demo: $(VENV)/.installed
	@$(BIN)/checker check examples || test $$? -eq 1

test: lint types
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.developing
	$(BIN)/mypy

# the solver against every assignment and against z3: 10,000 problems of each kind (half an hour)
long: $(VENV)/.developing
	CHECKER_LONG=1 $(BIN)/python -m pytest tests/properties/test_solver_oracles.py -s -p no:xdist

# how fast the whole way is, on the articles of a folder where CORPUS=FOLDER is given (docs/performance-table.md and .svg);
# then the solver, with z3 beside it
bench: $(VENV)/.developing
	$(BIN)/python tests/benchmarks/performance.py $(CORPUS)
	$(BIN)/python tests/benchmarks/solver.py

# docs/rules/ from the rule files; a test says when it is stale
pages: $(VENV)/.installed
	@$(BIN)/python -m checker.pages docs/rules

# rules/lexicons/needs.json from the patterns in the code; a test says when it is stale
needs: $(VENV)/.installed
	@$(BIN)/python -m checker.needs

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Checker needs Python 3.11 or newer with venv (Debian: apt install python3-venv); or make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml
	$(PIP) -e .
	@touch $@

$(VENV)/.developing: $(BIN)/python pyproject.toml
	$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.installed
