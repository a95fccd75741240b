# make site    build the demo into site/
# make test    run every check and test
# make quick   the tests of what touches no browser, process or network, in a minute
# make check   formatting, lint and types alone
# make soak    read a hundred thousand broken files, and go through three hundred histories of builds
# make lock    write down which versions are installed; ARGUMENTS=--upgrade takes the latest
# They install what they need into .venv first.

PYTHON ?= python3
BIN := .venv/bin
# Most of what is installed is never imported; the rest is compiled when it first is.
INSTALL := $(BIN)/python -m pip install --quiet --no-compile
# Files that are other ones than those that were tested are refused; this folder needs no more.
LOCKED := $(INSTALL) --require-hashes --requirement
THIS := $(INSTALL) --no-deps --no-build-isolation --editable .
COMPILE := $(BIN)/uv pip compile - pyproject.toml --quiet --universal --python-version 3.11.5 \
  --generate-hashes --no-annotate --custom-compile-command 'make lock' $(ARGUMENTS)

# Programs that tests start begin sooner where what Python compiled is kept.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: site test quick check serve lock soak bench bench-pages bench-search clean

site: .venv/site
	$(BIN)/papershelf build

serve: .venv/site
	$(BIN)/papershelf serve

test:
	tests/install-tex & installing=$$!; $(MAKE) .venv/test && wait $$installing
	tests/install-browser $(BIN)/python & installing=$$!; $(MAKE) check && wait $$installing
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

QUICK := model text sources catalog similar search exports pages

quick: .venv/test
	$(BIN)/pytest --numprocesses auto --dist loadfile -m "not slow" $(QUICK:%=tests/%)

check: .venv/test node_modules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	node_modules/.bin/biome check --error-on-warnings
	node_modules/.bin/tsc

# As many broken files as INPUTS says, from the number START on; what fails is kept in .fuzz/.
# As many histories of builds as EXAMPLES says.
soak: export INPUTS ?= 100000
soak: export EXAMPLES ?= 300
soak: .venv/test
	$(BIN)/pytest --numprocesses auto tests/sources/test_mutations.py tests/build/test_incremental.py

bench: .venv/bench
	$(BIN)/python -m tests.benchmarks.build $(ARGUMENTS)

bench-pages: .venv/test
	$(BIN)/python -m tests.benchmarks.take_away

bench-search: .venv/bench
	tests/install-browser $(BIN)/python
	$(BIN)/python -m tests.benchmarks.search

lock: .venv/python
	$(INSTALL) uv
	echo hatchling | $(COMPILE) --output-file requirements.txt
	echo hatchling | $(COMPILE) --constraint requirements.txt --extra test --output-file tests/requirements.txt

clean:
	rm -rf .venv node_modules site

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Papershelf needs Python 3.11 or newer; name it with make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/site: .venv/python pyproject.toml requirements.txt
	$(LOCKED) requirements.txt
	$(THIS)
	touch $@

.venv/test: .venv/python pyproject.toml tests/requirements.txt
	$(LOCKED) tests/requirements.txt
	$(THIS)
	touch .venv/site $@

# What checks the theme's scripts; Node.js itself comes with what tests need.
node_modules: .venv/test package.json package-lock.json
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	touch $@

.venv/bench: .venv/test
	$(INSTALL) --no-build-isolation --editable '.[bench]'
	touch $@
