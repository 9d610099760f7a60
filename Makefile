# The project's commands; `.ci/run` and every habit call these and nothing else.
PYTHON ?= python3
WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CATALOGUES := locales/vi/LC_MESSAGES/messages.mo locales/en/LC_MESSAGES/messages.mo
CODE := main.py bot handlers scheduler storage locales documents domain tests

.PHONY: help setup demo run test check lint fix types imports locales locales-update bench pictures lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(STAMP) $(CATALOGUES) ## make .venv with the locked dependencies, compile the catalogues

$(STAMP): requirements/run.txt requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

locales/%/LC_MESSAGES/messages.mo: locales/%/LC_MESSAGES/messages.po $(STAMP)
	$(BIN)/pybabel --quiet compile --statistics -i $< -o $@

demo: setup ## the sample agency in the browser: four chats and a clock that can be moved
	$(BIN)/python main.py demo

run: setup ## the assistant, with the settings of .env
	$(BIN)/python main.py run

test: setup check ## every check, then every test, on SQLite, PostgreSQL and in the browser
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=load --maxschedchunk=1 $(PYTEST_ARGS)

check: lint types imports locales ## what needs no test run: style, types, arrows, catalogues

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fix: setup ## format, and mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports --no-logo

locales: setup ## every sentence has its Vietnamese and its English
	$(BIN)/python -m tests.catalogues check

locales-update: setup ## after adding a sentence: put its English into both catalogues, to be translated
	$(BIN)/python -m tests.catalogues update

bench: setup ## measure, and write docs/performance.md
	$(BIN)/python -m tests.benchmarks

pictures: setup ## take the pictures of the documents again, of the demo as it is (needs Chromium)
	$(BIN)/python -m tests.browser.pictures

lock: $(VENV)/.uv ## renew the locked dependencies from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --group dev pyproject.toml -o requirements/dev.txt

$(VENV)/.uv:
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	touch $@

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache $(CATALOGUES)
