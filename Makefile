# Two commands: `make run` and `make test`. The others are in README.md.

.DEFAULT_GOAL := help
.PHONY: help run environment install install-dev catalogues test test-sqlite test-postgres test-browser test-all \
	changed check lint style types migrations bench messages lock format clean

PORT ?= 8000
HOST ?= 127.0.0.1
SITE_URL ?= http://$(HOST):$(PORT)
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
# The embedded program keeps to its own SQLite, whatever this shell was told about other databases.
EMBEDDED := env -u DATABASE_URL -u REDIS_URL
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q --require-hashes
LANGUAGES := it de hu ro bg el sk sl hr sr_Latn
TYPED := platform_core/ground/registry consultations/statistics

help:
	@echo 'make run         installs what it needs and serves on http://$(HOST):$(PORT) (PORT=... HOST=...)'
	@echo 'make test        the suite on SQLite, on PostgreSQL with Redis, and in the browser'
	@echo 'make check       style, floors, types, migrations and the tests of what changed'
	@echo 'make bench       the measurements in benchmarks/'
	@echo 'make messages    collects the texts to translate'
	@echo 'make lock        pins requirements/*.in into requirements/*.txt (UPGRADE=--upgrade)'
	@echo 'make format      formats the Python code'
	@echo 'make clean       removes caches and compiled catalogues, never data'

run: install
	@exec $(EMBEDDED) SITE_URL='$(SITE_URL)' $(MANAGE) serve --prepare --host '$(HOST)' --port '$(PORT)'

# The stamp of an installation is the lock it was made from.

environment:
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
		test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed and was not found.' >&2; exit 1; }; \
		echo "Making $(VENV) with $$($(PYTHON) --version) ..."; \
		$(PYTHON) -m venv --clear $(VENV) >/dev/null || { \
			test "$$(id -u)" = 0 && apt-get update -q && apt-get install -q -y python3-venv && \
			$(PYTHON) -m venv --clear $(VENV); } || { \
			echo 'This Python cannot make environments; on Debian: apt-get install python3-venv' >&2; exit 1; }; }

install: environment
	@cmp -s requirements/run.txt $(VENV)/run.lock || { \
		echo 'Installing what requirements/run.txt names ...' && \
		$(PIP) -r requirements/run.txt && cp requirements/run.txt $(VENV)/run.lock; }

install-dev: environment
	@cmp -s requirements/dev.txt $(VENV)/dev.lock && cmp -s requirements/run.txt $(VENV)/run.lock || { \
		echo 'Installing what requirements/dev.txt names ...' && \
		$(PIP) -r requirements/dev.txt && cp requirements/run.txt $(VENV)/run.lock && \
		cp requirements/dev.txt $(VENV)/dev.lock; }

catalogues: install-dev
	@$(EMBEDDED) $(MANAGE) compile_catalogues

# Tests; PYTEST_ARGUMENTS='-k search -x' narrows them, TEST_WORKERS=0 runs them one after the other

test: catalogues
	@$(BIN)/python -m tests.runner sqlite postgres browser

test-sqlite test-postgres test-browser: test-%: catalogues
	@$(BIN)/python -m tests.runner $*

test-all: catalogues
	@$(BIN)/python -m tests.runner sqlite all browser

changed: catalogues
	@$(BIN)/python -m tests.runner changed

check: lint changed

lint: style types migrations

style: install-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/djlint templates --lint --quiet

types: install-dev
	@$(BIN)/mypy --follow-imports=silent $(TYPED)

migrations: install-dev
	@$(EMBEDDED) $(MANAGE) makemigrations --check --dry-run

# Measuring; ONLY=search runs benchmarks/bench_search.py alone

bench: catalogues
	@status=0; for script in $(or $(ONLY:%=benchmarks/bench_%.py),$(sort $(wildcard benchmarks/bench_*.py))); do \
		echo "== $$script"; $(BIN)/python -m tests.servers -- $(BIN)/python $$script || status=1; done; exit $$status

# Keeping

messages: install-dev
	@command -v xgettext >/dev/null || { test "$$(id -u)" = 0 && apt-get install -q -y gettext; } || { \
		echo 'gettext is needed to collect messages and is not installed.' >&2; exit 1; }
	@$(EMBEDDED) $(MANAGE) makemessages $(LANGUAGES:%=--locale=%) --add-location=file \
		--ignore='$(VENV)' --ignore=var --ignore=node_modules --ignore=tests --ignore=benchmarks
	@for file in locale/*/LC_MESSAGES/*.po; do \
		sed '/^"POT-Creation-Date:/d' "$$file" > "$$file.new" && mv "$$file.new" "$$file"; done

COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	--python-version 3.11 $(UPGRADE)

lock:
	@command -v uv >/dev/null || { echo 'uv is needed to pin requirements and is not installed.' >&2; exit 1; }
	@$(COMPILE) requirements/run.in --output-file requirements/run.txt
	@$(COMPILE) requirements/dev.in --constraint requirements/run.txt --output-file requirements/dev.txt

format: install-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis staticfiles
	@find . -name __pycache__ -not -path './$(VENV)/*' -not -path './var/*' -prune -exec rm -rf {} +
	@rm -f locale/*/LC_MESSAGES/*.mo
