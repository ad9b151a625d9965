# boconsole: `make run` tries it, `make test` tests it, `make help` lists the rest.

PYTHON ?= python3
# More than the cores, as the tests of whole consoles wait more than they compute.
WORKERS ?= 4
ARGS ?=

BIN := .venv/bin
INSTALLED := .venv/.installed

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# What was compiled once need not be again by each of many workers and commands.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test lint format bench snapshots docs lock clean

help: ## Show these lines
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: $(INSTALLED) ## Make .venv with all that running and testing need

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("boconsole needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

run: install ## Open the console on demo data
	$(BIN)/boconsole demo

test: install ## Run the whole test suite (ARGS="-k word" for a part of it)
	@ls tests/__pycache__/test_*.pyc > /dev/null 2>&1 || ls tests/test_*.py | xargs -P 2 -n 80 $(BIN)/python -m pytest --collect-only > /dev/null || true
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal $(ARGS)

lint: install ## Check format, style, types and floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## Measure the budgets and write bench/results.md
	$(BIN)/python bench/run.py $(ARGS)
	$(BIN)/python bench/books.py $(ARGS)

snapshots: install ## Take the pictures of the screens again; look at them before you commit
	$(BIN)/python -m pytest tests/test_snapshots.py --snapshot-update $(ARGS)

docs: install ## Write the pages and pictures that are made from the code
	@set -e; for script in docs/make_*.py; do echo $$script; $(BIN)/python $$script; done

lock: ## Choose the newest versions that fit pyproject.toml and write requirements.lock
	mkdir -p build
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet 'pip-tools>=7.5'
	build/lock/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' > build/dev.in
	CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade \
		--all-extras --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
		--output-file requirements.lock pyproject.toml build/dev.in

clean: ## Remove the environment and everything that was made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -f snapshot_report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
