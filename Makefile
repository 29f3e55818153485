# Each target's help line follows ##; `make help` prints them.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
export PORT
comma := ,
BACKUP_FOLDERS = --data "$(or $(DATA),backups/data)" --keys "$(or $(KEYS),backups/keys)"

.DEFAULT_GOAL := help
.PHONY: $(shell sed -n 's/^\([a-z0-9-]*\):.*\#\#.*/\1/p' $(MAKEFILE_LIST))

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

install: ## Make the virtual environment and install what running needs
	@$(PYTHON) -m tools.install run

run: install ## Set up what is missing and start the site and one worker (PORT=8000)
	@$(PY) -m tools.run

run-split: install ## Start public, staff and worker apart on PostgreSQL and prove what each cannot reach (ONCE=1 ends after)
	@$(PY) -m tools.run_split $(if $(ONCE),--once)

assets: install ## Fetch the GOV.UK stylesheet and script into HEARD_VAR, with npm from the package index where there is none
	@command -v npm >/dev/null || $(PYTHON) -m tools.install node
	@$(PY) -m tools.govuk_assets

install-dev: install
	@$(PYTHON) -m tools.install dev nodeps encoder cluster

test: install-dev ## Run the tests: pure, SQLite, PostgreSQL where a server answers, one journey where Chromium is
	@$(PY) -m tools.test

test-browser: install-dev ## Run every browser journey in Chromium
	@$(PY) -m tools.test --browser

test-next: ## Run the same tests, without the browser, on the next Wagtail
	@HEARD_VENV=.venv-next $(PYTHON) -m tools.install next
	@.venv-next/bin/python -m pytest -q -n 2 --dist loadfile

check: install-dev ## Secrets, locks, known faults, lint, types, import walls, migrations, production settings, templates
	@$(PY) -m tools.check

sbom: install-dev ## Write the software bill of materials, CycloneDX as JSON (FILE=var/sbom.json)
	@$(PYTHON) -m tools.install redis && $(PY) -m tools.sbom $(if $(FILE),"$(FILE)")

fix: install-dev ## Format and mend what the linters can mend
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

lock: ## Compile requirements/*.in into hash-pinned locks (needs uv)
	@$(PYTHON) -m tools.lock

backup-key: install ## Make the key that backups are sealed to, on a computer that is not the server (FILE=new file)
	@$(PY) -m tools.make_backup_key "$(or $(FILE),heard-backup.key)"

backup: ## Save the data and, apart from it, the keys, sealed to HEARD_BACKUP_KEY (DATA=folder KEYS=folder UNSEALED=yes)
	@$(PY) manage.py backup $(BACKUP_FOLDERS) $(if $(UNSEALED),--unsealed)

restore: install ## Bring back the newest backup into an empty var/ (DATA=folder KEYS=folder KEY=private key file)
	@$(PY) manage.py restore $(BACKUP_FOLDERS) $(if $(KEY),--key "$(KEY)")

rehearse: install ## Bring the newest backup back into a folder of its own, prove that it opens, and remove it again
	@$(PY) manage.py rehearse_restore $(BACKUP_FOLDERS) $(if $(KEY),--key "$(KEY)") $(if $(DATABASE),--database "$(DATABASE)")

rehearse-upgrade: install ## Rehearse the upgrade to this code from the newest backup, and the way back (OLD=folder of the old code)
	@$(PY) -m tools.rehearse_upgrade --old "$(OLD)" $(BACKUP_FOLDERS) $(if $(KEY),--key "$(KEY)") $(if $(DATABASE),--database "$(DATABASE)" --back "$(BACK)")

bench-redaction: install-dev ## Print how much redaction finds, by kind, and how many plain words it hides
	@$(PY) -m tools.measure_redaction

bench-tagging: install-dev ## Print how well themes and valence are found: tuned, held out and blind
	@$(PY) -m tools.measure_tagging
	@$(PY) -m tools.train_tagger
	@$(PY) -m tools.measure_tagger

bench-learning: install-dev ## Print how well the model learns other people's codes (COMMENTS=file of text and labels)
	@$(PY) -m tools.measure_learning "$(or $(COMMENTS),../shared/data/nhs-feedback-dev.jsonl)" --without

bench-valence: install-dev ## Print how rightly comments are told to be praise or complaint (COMMENTS=file of text and sentiment)
	@$(PY) -m tools.train_tagger
	@$(PY) -m tools.measure_valence "$(or $(COMMENTS),../shared/data/nhs-feedback-dev.jsonl)"

bench-analysis: install-dev ## Print seconds from sealed texts to a frozen report, and tagging beside its encoder (RESPONSES=50000 STATEMENTS=10000,100000)
	@$(PY) -m tools.measure_analysis --responses "$(or $(RESPONSES),50000)" --statements "$(or $(STATEMENTS),10000$(comma)100000)"

bench-topics: install-dev ## Print how well topics are found, and how soon a new theme is noticed (COMMENTS=file of text and labels)
	@$(PY) -m tools.measure_topics "$(or $(COMMENTS),../shared/data/nhs-feedback-dev.jsonl)"

bench-search: install-dev ## Print how long a search of 100,000 reviewed passages takes (DATABASE=postgres://..)
	@$(if $(DATABASE),HEARD_DATABASE="$(DATABASE)") $(PY) -m tools.measure_search

bench-triage: install-dev ## Print how much danger triage notices, and how much harmless it marks
	@$(PY) -m tools.measure_triage

bench-language: install-dev ## Print which languages are told right, and how much English is taken for another
	@$(PY) -m tools.measure_languages

bench-review: install-dev ## Print precision and recall on the review of 2020 (REVIEW=file)
	@$(PY) -m tools.measure_review "$(or $(REVIEW),../shared/seeds/vulnerable-victims-review-2020.txt)"

bench-reading: install-dev ## Print the reading age of every page a respondent meets
	@$(PY) -m tools.measure_reading

bench-journey: install-dev ## Print how fast a question is beside a bare form, and how many bytes it weighs (DATABASE=postgres://..)
	@$(PY) -m tools.measure_journey $(if $(DATABASE),--database "$(DATABASE)")

bench-intake: install-dev ## Print how submissions fare at a steady 10 a second on each database (SECONDS=600 RATE=10)
	@$(PY) -m tools.measure_intake --on sqlite --seconds $(or $(SECONDS),600) --rate $(or $(RATE),10); one=$$?; \
	$(PY) -m tools.measure_intake --on postgres --seconds $(or $(SECONDS),600) --rate $(or $(RATE),10) && exit $$one

bench-workers: install-dev ## Print how two web processes and three workers share work (REDIS=redis://.. for tasks there)
	@$(if $(REDIS),$(PYTHON) -m tools.install redis &&) $(PY) -m tools.measure_workers $(if $(REDIS),--line redis --redis "$(REDIS)")

attack-crash: install-dev ## Kill web, worker and database at random under 8 writers, and count what was lost (KILLS=100)
	@$(PY) -m tools.attack_crash --on sqlite --kills $(or $(KILLS),100); one=$$?; \
	$(PY) -m tools.attack_crash --on postgres --kills $(or $(KILLS),100) && exit $$one

bench-restore: install-dev ## Print how long backup, restore and the move to PostgreSQL take (CONTRIBUTIONS=5000)
	@$(PY) -m tools.measure_restore --contributions "$(or $(CONTRIBUTIONS),5000)"

attack-disclosure: install-dev ## Try to work hidden counts out of released figures
	@$(PY) -m tools.attack_disclosure

attack-words: install-dev ## Try to tell wrong, unknown and withdrawn return words apart
	@$(PY) -m tools.attack_words

attack-access: install-dev ## Ask every address as every kind of person; print what differs from docs/roles.md
	@$(PY) -m tools.attack_access 2>/dev/null

attack-canary: install-dev ## Post words, let everything fail, and look for them in twelve places (WORDS=1000)
	@$(PY) -m tools.attack_canary --words $(or $(WORDS),1000)
