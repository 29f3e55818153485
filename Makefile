# Each target's help line follows ##; `make help` prints them.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
export PORT

.DEFAULT_GOAL := help
.PHONY: help install run test test-browser check fix lock backup restore bench-redaction bench-tagging bench-triage \
	bench-review bench-reading attack-disclosure

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

install: ## Make the virtual environment and install what running needs
	@$(PYTHON) -m tools.install run

run: install ## Set up what is missing and start the site and one worker (PORT=8000)
	@$(PY) -m tools.run

install-dev: install
	@$(PYTHON) -m tools.install dev

test: install-dev ## Run the tests: pure, SQLite, PostgreSQL where a server answers, one journey where Chromium is
	@$(PY) -m tools.test

test-browser: install-dev ## Run every browser journey in Chromium
	@$(PY) -m tools.test --browser

check: install-dev ## Lint, types, import walls, migrations, templates
	@$(PY) -m tools.check

fix: install-dev ## Format and mend what the linters can mend
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

lock: ## Compile requirements/*.in into hash-pinned locks (needs uv)
	@$(PYTHON) -m tools.lock

backup: ## Save the data and, apart from it, the keys (DATA=folder KEYS=folder)
	@$(PY) manage.py backup --data "$(or $(DATA),backups/data)" --keys "$(or $(KEYS),backups/keys)"

restore: install ## Bring back the newest backup into an empty var/ (DATA=folder KEYS=folder)
	@$(PY) manage.py restore --data "$(or $(DATA),backups/data)" --keys "$(or $(KEYS),backups/keys)"

bench-reading: install-dev ## Print the reading age of every page a respondent meets
	@$(PY) -m tools.measure_reading
