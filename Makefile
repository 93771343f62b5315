# Two commands do the set-up on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
# The first one on the PATH is taken; `make PYTHON=… test` takes another.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/esm/locale/*/LC_MESSAGES/*.po))

.PHONY: demo test check types types-linux types-win32 types-darwin fast nightly failover mutants bench bench-server catalogue lock clean

# The constraints name every package; --no-deps keeps older pips from looking for newer ones (of coverage[toml], say).
.venv/ready: pyproject.toml constraints.txt
	$(if $(PYTHON),,$(error esm needs Python 3.11 or later and none is on the PATH; install one, or name it with PYTHON=…))
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# The installation compiles them for the first time; afterwards this does, as soon as a translation changes.
$(CATALOGUES): %.mo: %.po | .venv/ready
	@$(BIN)/python hatch_build.py

demo: .venv/ready $(CATALOGUES)
	@rm -rf demo
	@$(BIN)/esm demo demo

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory -j3 types
	$(BIN)/lint-imports

# What runs on other systems is checked for them, too; the tests are of Linux.
types: types-linux types-win32 types-darwin
types-linux: .venv/ready
	$(BIN)/mypy
types-win32 types-darwin: types-%: .venv/ready
	$(BIN)/mypy --platform $* --cache-dir .mypy_cache/$* src hatch_build.py

fast: .venv/ready $(CATALOGUES)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not nightly"

test: check
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not nightly" --durations=20 --cov --cov-report=term --cov-fail-under=95

nightly: test
	ESM_HYPOTHESIS=nightly $(BIN)/python -m pytest -n 2 --dist worksteal -m "not on_server" --ignore=tests/failover
	$(BIN)/python -m pytest -n 2 --dist worksteal -m on_server --ignore=tests/failover
	$(MAKE) failover
	$(MAKE) mutants

# Kills servers of PostgreSQL while six desks write, one test after the other, and keeps the figures.
failover: .venv/ready $(CATALOGUES)
	ESM_FAILOVER_LOG=benchmarks/FAILOVER.md $(BIN)/python -m pytest tests/failover -rs --durations=20

# Puts faults into the rules, one at a time, and fails when the tests notice fewer than nine in ten.
mutants: .venv/ready $(CATALOGUES)
	$(BIN)/python -m tests.mutation --survey

bench: .venv/ready $(CATALOGUES)
	$(BIN)/python -m benchmarks.run

# On a server of the installed programs of PostgreSQL, against the same on a file.
bench-server: .venv/ready $(CATALOGUES)
	$(BIN)/python -m benchmarks.server
	$(BIN)/python -m benchmarks.writers

# After a sentence was added or changed: collects them, then fill in src/esm/locale/zh_CN/LC_MESSAGES/esm.po and run again.
catalogue: .venv/ready
	$(BIN)/python -m tests.catalogue

# Pins exact versions with hashes; needs uv.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --extra dev --python-version 3.11 pyproject.toml -o constraints.txt

clean:
	rm -rf .venv demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* .mutants*
