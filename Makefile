# Each target sets up what it needs in .venv; a second run is quick. PYTHON names the interpreter (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
# A process a core, of which each may hold 600 MB; the tests of a file stay together, so that what they share is made once.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile
DATABASE_TESTS := tests/accounts tests/audit tests/cases tests/sources tests/watch tests/advocacy tests/web
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help demo test check bench train lock clean

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: .venv/run ## fill a desk from the sample reports, print a case file, serve the desk
	$(BIN)/habeas demo

test: .venv/dev ## the quick tests: no network, no services, a few minutes at most
	$(PYTEST) -m "not slow and not browser"

check: .venv/dev ## what CI runs besides `make test`: style, types, room directions, slow and browser tests, quality floors
	$(BIN)/ruff format --check src tests training benchmarks
	$(BIN)/ruff check src tests training benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -m "slow or browser or corpora"
	@if [ -n "$$HABEAS_POSTGRES_URL" ]; then \
		HABEAS_DATABASE_URL="$$HABEAS_POSTGRES_URL" $(PYTEST) -m "not browser and not corpora" $(DATABASE_TESTS); \
	else echo "skipped: no PostgreSQL (HABEAS_POSTGRES_URL names one)"; fi

bench: .venv/dev ## speeds and memory, one JSON line a figure, each beside an anchor measured in the same run; hours, the ledger's million claims most of it
	@missed=0; for bench in benchmarks/*.py; do $(BIN)/python $$bench || missed=1; done; exit $$missed

train: .venv-training/ready ## fine-tune the attribution model and measure it: hours on two cores, needs HABEAS_CORPORA; goes on where it was stopped
	.venv-training/bin/python -m training.attribution.train --out training/runs/attribution
	.venv-training/bin/python -m training.attribution.export --checkpoint training/runs/attribution/checkpoint.pt --out training/runs/weights --fp32
	.venv-training/bin/python -m training.attribution.evaluate --weights training/runs/weights

.venv-training/ready: requirements/base.txt requirements/training.txt
	$(PYTHON) -m venv .venv-training
	.venv-training/bin/python -m pip install --quiet -r requirements/base.txt
	.venv-training/bin/python -m pip install --quiet -r requirements/training.txt
	.venv-training/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

lock: ## pin requirements/*.in with hashes (needs uv)
	uv pip compile -q --no-header --universal --generate-hashes --python-version 3.11 requirements/base.in -o requirements/base.txt
	uv pip compile -q --no-header --universal --generate-hashes --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	uv pip compile -q --no-header --universal --generate-hashes --python-version 3.11 requirements/training.in -o requirements/training.txt

clean: ## remove what the other targets made
	rm -rf .venv .venv-training .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/run: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Habeas needs Python 3.11 or newer; name one with make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3-venv is missing: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements/dev.txt
	@touch $@
