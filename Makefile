# Every command a newcomer needs. `make run` and `make test` set up what they use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := uv pip compile --universal --generate-hashes --no-header --quiet pyproject.toml

.PHONY: run install test check soak bench lock clean

run: $(VENV)/installed ## start the bot, or the sandbox where no token is set
	@exec $(BIN)/limber

install: $(VENV)/installed ## set up .venv with the command .venv/bin/limber

test: $(VENV)/installed-dev ## the whole test suite on SQLite, what has a database on PostgreSQL too (TEST_POSTGRESQL, else its own)
	@$(BIN)/python -m tests

check: $(VENV)/installed-dev ## lint, types, import contracts, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.dependencies
	$(BIN)/limber check

soak: $(VENV)/installed-dev ## 1,000 kills and long troubles; SOAK_KILLS, SOAK_SECONDS at most, SOAK_SEED
	@$(BIN)/python -m tests --soak

bench: $(VENV)/installed-dev ## measured figures, as ratios against a peer
	@$(BIN)/python -m bench

lock: $(VENV)/installed-dev ## pin what pyproject.toml asks for, with hashes
	$(BIN)/$(LOCK) --extra install -o requirements.lock
	$(BIN)/$(LOCK) --extra install --extra dev -o requirements-dev.lock

clean: ## forget the virtual environment and the sandbox's data
	rm -rf $(VENV) data/sandbox*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Limber needs Python 3.11 to 3.13, this is " + sys.version.split()[0] + "; name one with: make PYTHON=python3.13 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV); the first time takes about half a minute."
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/limber ask "bird dog" >/dev/null # learns from the questions now, not at the first start
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
