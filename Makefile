# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test check bench doctor clean

run: $(VENV)/runtime
	$(BIN)/python -m bot

test: $(VENV)/everything
	$(BIN)/python -m pytest

check: $(VENV)/everything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m knowledge check

bench: $(VENV)/everything
	$(BIN)/python -m tests.bench

doctor: $(VENV)/runtime
	$(BIN)/python -m bot doctor

$(VENV)/runtime: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/everything: $(VENV)/runtime
	$(PIP) --editable '.[test,training]'
	# What it says it needs (an S3 client, with an old dateutil) the tests do without.
	$(PIP) --no-deps telemelya
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
