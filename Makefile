# Every target makes what it needs; `make run` and `make test` work on a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/run.stamp  ## start the bot; without DISCORD_TOKEN the offline preview
	@exec $(BIN)/python -m bot run

preview: $(VENV)/run.stamp  ## the real bot in a local page that looks like Discord
	@exec $(BIN)/python -m bot preview

test: lint types docs-check tests  ## everything CI checks

lint: $(VENV)/dev.stamp  ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp  ## mypy, strict
	$(BIN)/mypy

# The bot of the wire tests is another process, of which coverage sees nothing; it would only slow the Discord they time.
tests: $(VENV)/dev.stamp  ## the tests, on all cores; those that time the bot's answers afterwards, without coverage
	$(BIN)/pytest -n auto -m "not wire" --cov --cov-report=
	$(BIN)/coverage report --skip-covered
	$(BIN)/pytest -m wire

docs: $(VENV)/dev.stamp  ## write the generated parts of README and docs
	$(BIN)/cog -r README.md

texts: $(VENV)/dev.stamp  ## collect the texts of the interface for translators, into bot/locale
	$(BIN)/python -m scripts.texts

docs-check: $(VENV)/dev.stamp
	$(BIN)/cog --check README.md

model: build/model/.venv/stamp  ## train the spaCy pipeline again from ../shared/corpora (over two hours on one core)
	build/model/.venv/bin/python scripts/train_model.py --corpora ../shared/corpora

sense: build/model/.venv/stamp  ## train the network that reads whole sentences again from ../shared (four hours on two cores)
	build/model/.venv/bin/python scripts/train_sense.py --shared ../shared all

judges: $(VENV)/dev.stamp  ## train the extractor's judges again from ../shared, after make sense (a few minutes)
	$(BIN)/python scripts/train_judge.py ../shared
	$(BIN)/python scripts/train_replies.py ../shared

bench: $(VENV)/dev.stamp  ## how fast the extraction is beside the bare spaCy pipeline, on one core (a few minutes)
	@$(BIN)/python -m scripts.bench_extract

bench-store: $(VENV)/dev.stamp  ## how long lists, additions and commands take at a thousand to a million entries (half an hour)
	@$(BIN)/python -m scripts.bench_store
	@$(BIN)/python -m scripts.bench_commands

BASE := main
SETS := news-dev diplomacy-train web-train questions-train
gains: $(VENV)/dev.stamp  ## what a change to the extraction gained and lost against BASE=main (SETS= for seeds/ alone)
	@$(BIN)/python -m scripts.gains --base $(BASE) --sets $(SETS)

build/model/.venv/stamp: requirements/model.in
	@echo "Installing the packages for training into build/model/.venv (a gigabyte, torch above all) ..."
	@$(PYTHON) -m venv build/model/.venv
	@build/model/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/model.in
	@build/model/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	@touch $@

screenshots: $(VENV)/dev.stamp  ## walk through every command and button, with pictures in docs/ (needs a Chromium on the PATH)
	$(BIN)/python -m scripts.screens

lock: $(VENV)/dev.stamp  ## write the lock files again from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt

audit: $(VENV)/dev.stamp  ## ask the advisory database about every locked package (needs the network; not part of `make test`)
	@test -x build/audit/bin/pip-audit || { $(PYTHON) -m venv build/audit && build/audit/bin/python -m pip install -qq --disable-pip-version-check 'pip-audit>=2.7,<3'; }
	build/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/run.txt
	build/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/dev.txt

$(VENV)/bin/python:
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Dossier needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python requirements/run.txt
	@echo "Installing the packages Dossier runs on (about a minute) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/bin/python requirements/dev.txt
	@echo "Installing the packages for development and tests (about two minutes) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $(VENV)/run.stamp $@

.PHONY: help run preview test lint types tests docs texts docs-check model sense judges screenshots lock gains bench bench-store audit
