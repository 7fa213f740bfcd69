# make data      builds data/raw into data/processed/<version>/ and says what is in it
# make test      runs the whole test suite
# make lint      linter, formatter and type checker
# make bench     speed and memory; prints a table, writes benchmarks/results.json
# make quality   scores the extractor against annotated texts: make quality TEXTS='a.jsonl b.jsonl' GOLD=folder
# make plot      draws docs/timeline.svg from the newest version
# make schemas   writes schemas/ anew from the field table
#
# Each of them first sets up .venv, once: as long as pyproject.toml stays as it is, pip is not called again and no
# network is needed. PYTHON names the interpreter to make .venv with (3.11 or newer), PANDAS another pandas to test
# with, VENV another folder: make test VENV=.venv-pandas22 PANDAS='pandas==2.2.*'

PYTHON ?= python3
VENV   ?= .venv
PANDAS ?=
RAW    ?= data/raw
OUT    ?= data/processed
TEXTS  ?= $(wildcard ../shared/corpora/*.jsonl)
GOLD   ?= $(wildcard ../shared/gold)

BIN   := $(VENV)/bin
# The stamp carries a checksum of what decides the packages, so that it goes stale with the contents, not with the clock.
STAMP := $(VENV)/.installed-$(shell { cat pyproject.toml hatch_build.py; echo '$(PANDAS)'; } | cksum | cut -d' ' -f1)

.PHONY: data test lint bench quality plot schemas setup clean

data: setup
	@$(BIN)/bilaterals build $(RAW) $(OUT)

test: setup
	$(BIN)/python -m pytest $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks.run

quality: setup
	$(BIN)/python -m benchmarks.quality $(if $(TEXTS),--texts $(TEXTS)) $(if $(GOLD),--gold $(GOLD)) $(ARGS)

plot: setup
	$(BIN)/python -m benchmarks.plot

schemas: setup
	$(BIN)/python -m bilaterals.schema.export schemas

setup: $(STAMP)

$(STAMP):
	@command -v $(PYTHON) >/dev/null || { \
	    echo "make: there is no $(PYTHON); install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "make: bilaterals needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1);" \
	         "name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@rm -f $(VENV)/.installed-*
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' $(if $(PANDAS),'$(PANDAS)')
	@touch $@

clean:
	rm -rf .venv .venv-* dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
