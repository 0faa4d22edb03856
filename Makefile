# Everything needs only make and Python 3.11 or later. Each target makes .venv from the lock first; a second run skips that.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTHON ?= $(shell for python in python3.12 python3.11 python3 python3.13; do \
	$$python -c 'import sys; sys.exit(not sys.version_info[:2] >= (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: help demo test check format docs clean

help:
	@echo "make demo    build a ledger from the packaged invented reports; print its incidents and a brief"
	@echo "make test    run the tests"
	@echo "make check   format, types, import contract, tests, doctests, docs: all that must hold"
	@echo "make format  format the code"
	@echo "make docs    write docs/cli.md and docs/bundle.md anew from the code"
	@echo "make clean   remove .venv and caches"

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: put python3.12 or the like on the PATH" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP)
	$(BIN)/firsthand demo demo-out

test: $(STAMP)
	$(BIN)/pytest -n auto

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m firsthand.cli.reference --check docs
	$(BIN)/pytest -n auto

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(STAMP)
	$(BIN)/python -m firsthand.cli.reference docs

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
