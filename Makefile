.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .make
SITES := named anonymous
PROGRAMS := command languages serve upkeep demo wallet
PACKAGES := kit credential deid backup
PYTEST := $(BIN)/python -m pytest
BESIDE := -n 2 --dist loadfile
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help
help: ## Show what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(STAMP)/python $(STAMP)/frontend $(STAMP)/languages ## Install, build, migrate, seed and serve a demo on this machine
	@CURBSIDE_MODE=demo $(BIN)/python -m curbside demo run

.PHONY: test
test: install check test-python test-postgres test-frontend test-wall test-doors test-drill test-restore test-browser ## Install what is missing and run every check

.PHONY: install
install: $(STAMP)/python-dev $(STAMP)/frontend $(STAMP)/languages ## Install all that development needs, and build the frontend and the translations

$(STAMP)/python: requirements.lock pyproject.toml
	@mkdir -p $(STAMP)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMP)/python-dev: requirements-dev.lock pyproject.toml
	@mkdir -p $(STAMP)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(STAMP)/python

$(STAMP)/npm: package-lock.json
	@mkdir -p $(STAMP)
	npm ci --silent --no-audit --no-fund
	@touch $@

FRONTEND := $(shell find frontend -type f 2>/dev/null)
TEMPLATES := $(shell find src/curbside -name '*.html' 2>/dev/null)
$(STAMP)/frontend: $(STAMP)/npm $(FRONTEND) $(TEMPLATES)
	npm run --silent build
	@touch $@

CATALOGUES := $(shell find src/curbside -name '*.po' 2>/dev/null)
$(STAMP)/languages: $(STAMP)/python $(CATALOGUES)
	$(BIN)/python -m curbside languages compile
	@touch $@

.PHONY: messages
messages: $(STAMP)/python-dev ## Gather the sentences of pages and scripts for translators; needs GNU gettext
	$(BIN)/python -m tests.catalogues

.PHONY: check
check: $(STAMP)/python-dev $(STAMP)/npm ## Linters, types, import contracts, templates, missing migrations, dependency audit
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-cache
	$(foreach site,$(SITES),CURBSIDE_MODE=test DJANGO_SETTINGS_MODULE=curbside.$(site).settings $(BIN)/mypy --cache-dir .mypy_cache/$(site) -p curbside.$(site) $(PACKAGES:%=-p curbside.%) $(PROGRAMS:%=-m curbside.%) &&) true
	$(BIN)/djlint --lint --quiet src/curbside --extension=html
	$(foreach site,$(SITES),CURBSIDE_MODE=test $(BIN)/python -m curbside check $(site) && CURBSIDE_MODE=test DJANGO_SETTINGS_MODULE=curbside.$(site).settings $(BIN)/python -m django makemigrations --check --dry-run &&) true
	npm run --silent check
	$(BIN)/python -m tests.audit

.PHONY: audit
audit: $(STAMP)/python-dev $(STAMP)/npm ## Known vulnerabilities in the lock files; fails also where a registry does not answer
	$(BIN)/python -m tests.audit --strict

.PHONY: fix
fix: $(STAMP)/python-dev ## Mend what linters can mend by themselves
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: test-python
test-python: $(STAMP)/python-dev $(STAMP)/frontend $(STAMP)/languages ## Unit tests on SQLite
	$(PYTEST) tests/credential tests/deid tests/kit tests/languages tests/programs --ds=curbside.named.settings $(BESIDE)
	$(foreach site,$(SITES),$(PYTEST) tests/$(site) --ds=curbside.$(site).settings $(BESIDE) &&) true

.PHONY: test-postgres
test-postgres: $(STAMP)/python-dev $(STAMP)/frontend $(STAMP)/languages ## The same unit tests on a PostgreSQL server of their own
	$(BIN)/python -m tests.postgres $(BESIDE)

.PHONY: test-frontend
test-frontend: $(STAMP)/npm ## Unit tests of the scripts and the wallet
	npm run --silent test

.PHONY: test-wall
test-wall: $(STAMP)/python-dev ## The wall: what neither side may load, name or hold
	$(PYTEST) tests/wall --ds=curbside.named.settings

.PHONY: test-doors
test-doors: $(STAMP)/python-dev $(STAMP)/frontend $(STAMP)/languages ## Every address of each side: who may come in, headers, cookies, hostile input
	$(foreach site,$(SITES),$(PYTEST) tests/doors --ds=curbside.$(site).settings $(BESIDE) &&) true

.PHONY: test-browser
test-browser: $(STAMP)/python-dev $(STAMP)/frontend $(STAMP)/languages ## Stories in real Chromium
	$(PYTEST) tests/browser -p no:django $(BESIDE)

.PHONY: test-drill
test-drill: $(STAMP)/python-dev $(STAMP)/frontend $(STAMP)/languages ## The drill's attackers on made-up hauls, and a small drill with planted leaks
	$(PYTEST) tests/drill -p no:django

.PHONY: test-restore
test-restore: $(STAMP)/python-dev $(STAMP)/frontend $(STAMP)/languages ## Back up, destroy and restore an installation, and the steps after a theft, on both engines
	$(PYTEST) tests/restore -p no:django $(BESIDE)

.PHONY: drill
drill: $(STAMP)/python-dev $(STAMP)/frontend ## Steal all there is after a simulated year, and try to learn who said what (SEED=, PLANTS=1, JSON=1)
	$(BIN)/python -m tests.drill $(if $(SEED),--seed $(SEED)) $(if $(PLANTS),--plants) $(if $(JSON),--json)

.PHONY: bench
bench: $(STAMP)/python-dev $(STAMP)/frontend ## Measure, as bench/README.md tells
	for script in $(basename $(notdir $(wildcard bench/*.py))); do $(BIN)/python -m bench.$$script || exit 1; done

.PHONY: lock
lock: ## Pin the newest allowed dependencies, with hashes
	$(BIN)/uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q pyproject.toml --extra install --generate-hashes --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock" -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra install --extra dev --generate-hashes --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock" -o requirements-dev.lock
