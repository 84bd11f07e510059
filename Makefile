# `make demo` and `make test` set everything up by themselves on a fresh Debian machine with Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test attack coverage lock lint lint-types lint-style lint-layers bench java chromium venv clean

help:
	@echo "make demo   set up, build a demonstration casefile of fabricated records, print what it finds"
	@echo "make test   set up (Java 17 and Chromium included) and run the whole suite: lint, types, layers, tests"
	@echo "make attack every attack at length (the suite runs a sample)"
	@echo "make coverage  the suite with its branches counted, and those that nothing tests"
	@echo "make lint   only lint, types and layers"
	@echo "make bench  time the main jobs against stated alternatives on fabricated releases (minutes)"

# uv installs exactly the files that uv.lock names, each checked against its hash; uv itself is checked the same way.
SYNC := UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --locked --inexact --compile-bytecode --python $(BIN)/python

$(BIN)/uv: .ci/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "paradero needs Python 3.11 or later; say PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/uv.txt
	@touch $@

$(BIN)/paradero: pyproject.toml uv.lock $(BIN)/uv
	$(SYNC)
	@touch $@

$(VENV)/.dev: $(BIN)/paradero
	$(SYNC) --extra dev
	@touch $@

venv: $(BIN)/paradero

demo: $(BIN)/paradero
	@rm -rf demo-case
	$(BIN)/paradero demo demo-case

# Spark needs a Java runtime; installed with apt where the machine has none and we are root.
java:
	@command -v java >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends openjdk-17-jre-headless; \
	  else \
	    echo "Spark's tests need Java 17: sudo apt-get install openjdk-17-jre-headless (or any JDK 17+ on the PATH)"; exit 1; \
	  fi; }

# Pages are looked at in a real browser; installed with apt where the machine has none and we are root.
chromium:
	@command -v chromium >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium; \
	  else \
	    echo "Tests of pages need Chromium: sudo apt-get install chromium"; exit 1; \
	  fi; }

# the lock again, after a change of pyproject.toml
lock: $(BIN)/uv
	$(BIN)/uv lock

# Types on one core, the rest on the other; what each says is printed whole, and all of it though one fails.
lint: $(VENV)/.dev
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target --keep-going lint-types lint-style lint-layers

lint-types: $(VENV)/.dev
	$(BIN)/mypy

lint-style: $(VENV)/.dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

lint-layers: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

# Lint runs beside the tests, which wait for one another now and then; what it says is printed after them.
test: java chromium $(VENV)/.dev
	@$(MAKE) --no-print-directory lint > .lint 2>&1 & lint=$$!; \
	  $(BIN)/pytest -n 2 --dist loadgroup; tests=$$?; \
	  wait $$lint; linted=$$?; cat .lint; rm -f .lint; \
	  [ $$tests = 0 ] && [ $$linted = 0 ]

# Every attack at length: bits flipped, processes killed, cells hidden, rules and files made to do harm. An hour or more.
attack: java chromium $(VENV)/.dev
	PARADERO_ATTACK=1 $(BIN)/pytest -n 2 --dist loadgroup $(shell grep -rlE "scale import" --include="test_*.py" tests)

# The suite with its branches counted; fails where one is untested that .ci/untested.toml does not know.
coverage: java chromium $(VENV)/.dev
	@rm -rf .coverage && mkdir .coverage
	$(BIN)/coverage run -m pytest -n 2 --dist loadgroup
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage json --quiet -o .coverage/branches.json
	$(BIN)/python .ci/untested.py .coverage/branches.json

bench: $(BIN)/paradero
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check 'pandas>=2.3' pyarrow datasette
	$(BIN)/python benchmarks/run.py --pandas .venv-bench/bin/python
	$(BIN)/python benchmarks/flights.py
	$(BIN)/python benchmarks/disclosure.py
	$(BIN)/python benchmarks/web.py --rows 1000000 --datasette .venv-bench/bin/datasette

clean:
	rm -rf $(VENV) .venv-bench demo-case build dist .coverage .pytest_cache .mypy_cache .ruff_cache
