# The few words of work. `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LANGUAGES := fi sv

.PHONY: help run test test-sqlite test-postgresql setup check fix bench lock words

help: ## these words
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-16s %s\n", $$1, $$2}'

$(VENV)/.runtime: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.env: | $(VENV)/.runtime
	@$(BIN)/python -m tools.first_settings

setup: $(VENV)/.runtime .env words ## environment, dependencies, settings (.venv and .env)

words: $(VENV)/.runtime
	@for language in $(LANGUAGES); do $(BIN)/pybabel -q compile -i app/translations/$$language/LC_MESSAGES/messages.po -o app/translations/$$language/LC_MESSAGES/messages.mo || exit 1; done

run: setup ## everything from a fresh clone, then serves the demo municipality
	@$(BIN)/flask db upgrade
	@$(BIN)/flask demo
	@$(BIN)/python -m tools.serve

test: $(VENV)/.development .env words ## the whole suite: both databases, real browser
	@$(BIN)/python -m tools.run_tests

test-sqlite: $(VENV)/.development .env words ## the suite on SQLite alone
	@$(BIN)/python -m tools.run_tests sqlite

test-postgresql: $(VENV)/.development .env words ## the suite on PostgreSQL alone
	@$(BIN)/python -m tools.run_tests postgresql

check: $(VENV)/.development words ## what CI checks; writes nothing
	@$(BIN)/ruff format --check --no-cache .
	@$(BIN)/ruff check --no-cache .
	@$(BIN)/mypy --cache-dir=/dev/null
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/python -m tools.check_words

fix: $(VENV)/.development ## formats the code and gathers new words of the interface
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m tools.gather_words

bench: $(VENV)/.development words ## measures, prints a table and writes build/bench.json
	@$(BIN)/python -m tools.bench

lock: ## pins every dependency anew (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -o requirements-dev.lock
