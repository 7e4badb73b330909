# On the Record. Needs Python 3.11 or later and make; everything else is set up in .venv.
#
#   make demo      an invented world of press rooms, crawled on two days
#   make test      the fast tests           make test-slow  the others
#   make lint      style and types          make bench      the figures of docs/benchmarks.md
#   make docs      the documentation as a site, in site/
#   make drawing   the picture of the model          make figures   the notebook's page, of the demo's archive
#   make screenshots   the pictures of docs/images, of the demo's archive
#   make setup     .venv from requirements.lock (the others do it themselves)

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup demo test test-slow lint bench docs drawing figures screenshots clean

setup: $(READY)
	@:

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "setting up .venv (once, some minutes without a cache)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: setup
	@$(BIN)/python -m tests.world.demo

test: setup
	@$(BIN)/pytest -q -n 2 -m "not slow"

test-slow: setup
	@$(BIN)/pytest -q -n 2 -m slow

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy tests/world tests/bench tests/year tests/conftest.py

bench: setup
	@$(BIN)/python -m tests.bench $(ARGS)

docs: setup
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "site/index.html"

drawing: setup
	@$(BIN)/python -m tests.docs.drawing

figures: setup
	@test -e data/demo/archive.db || $(MAKE) --no-print-directory demo
	@rm -rf data/demo/dataset
	@$(BIN)/archive export data/demo/dataset --format parquet --database sqlite:///data/demo/archive.db
	@$(BIN)/python -m tests.docs.notebook data/demo/dataset

screenshots: setup
	@test -e data/demo/report/index.html || $(MAKE) --no-print-directory demo
	@$(BIN)/python -m tests.docs.screenshots

clean:
	rm -rf .venv site build dist bench-work data/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
