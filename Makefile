# Everything here creates what it needs: a virtual environment with pinned tools, the built core, the corpora.
# On a fresh machine with Python >= 3.11, Rust (stable), git and make: `make audit` and `make test`, each alone.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TREE ?= .
ENGINE ?= auto
WORKERS ?= 2
CARGO ?= cargo
export CARGO_TERM_COLOR ?= auto

CORE_SOURCES := $(shell find crates data -name '*.rs' -o -name '*.toml' -not -path '*/target/*' 2>/dev/null) Cargo.toml Cargo.lock

.PHONY: help audit test lint bench fuzz wheels pins stubs docs clean test-python test-rust

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# Tools, pinned with hashes; rebuilt only when the pins change.
$(VENV)/.tools: requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# The pure product, editable: its sources need no build.
$(VENV)/.product: $(VENV)/.tools pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# The native core, built in release mode when its sources changed. Without Rust the product runs on its Python engine.
$(VENV)/.core: $(VENV)/.product $(CORE_SOURCES) crates/cde-python/pyproject.toml
	@if command -v $(CARGO) >/dev/null 2>&1; then \
	  echo "building the native core (once; a few minutes on two cores)"; \
	  rm -rf target/core-wheel && \
	  $(BIN)/maturin build --quiet --release --locked --manifest-path crates/cde-python/Cargo.toml --interpreter $(BIN)/python --out target/core-wheel && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall target/core-wheel/*.whl; \
	else echo "no cargo on PATH: the product will run on its Python engine"; fi
	@touch $@

audit: $(VENV)/.core ## audit this repository, or another with TREE=/path
	@$(BIN)/cde audit "$(TREE)" --engine $(ENGINE)

test: lint test-rust test-python ## everything that must hold before a change lands

test-rust: $(VENV)/.tools ## unit and documentation tests of the core
	@$(CARGO) test --locked --quiet -p cde-core -p cde-filesystem -p cde-documentation -p cde-code

test-python: $(VENV)/.core ## contract, differential, conformance, interface and robustness tests, with coverage
	@rm -f .coverage .coverage.*
	@CDE_REQUIRE_RUST=1 $(BIN)/coverage run -m pytest -n $(WORKERS)
	@$(BIN)/coverage combine --quiet
	@total=$$($(BIN)/coverage report --format=total); status=$$?; echo "coverage of the Python package: $$total %"; exit $$status

lint: $(VENV)/.core ## formatting, clippy, ruff, mypy --strict, stubtest
	@$(CARGO) fmt --all --check
	@$(CARGO) clippy --locked --quiet --workspace --all-targets -- -D warnings
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@MYPYPATH=crates/cde-python $(BIN)/python -m mypy.stubtest cde_rust_core --mypy-config-file pyproject.toml --allowlist tests/stubtest-allowlist.txt

wheels: $(VENV)/.tools ## build both distributions and the placeholder core into dist/
	@rm -rf dist && $(BIN)/python -m build --no-isolation --outdir dist . >/dev/null
	@$(BIN)/maturin build --quiet --release --locked --manifest-path crates/cde-python/Cargo.toml --out dist
	@$(BIN)/python -m build --no-isolation --wheel --outdir dist packaging/pure-core >/dev/null
	@ls dist

pins: $(VENV)/.tools ## renew the pinned tools after a change of requirements/*.in
	@for file in requirements/*.in; do $(BIN)/uv pip compile --universal --python-version 3.11 --no-header --generate-hashes --quiet --upgrade $$file --output-file $${file%.in}.txt; done

stubs: $(VENV)/.tools ## generate the core's type stubs from its signatures
	@$(BIN)/python tools/generate_stubs.py

docs: $(VENV)/.core ## generate docs/reference from the code
	@$(BIN)/python tools/generate_reference.py

bench: $(VENV)/.core ## run the benchmarks against the peers (long)
	@$(BIN)/python benchmarks/run.py

fuzz: $(VENV)/.core ## run the fuzzers for FUZZ_SECONDS each (default 60)
	@fuzz/run

clean: ## remove everything that was built
	@rm -rf $(VENV) target dist .mypy_cache .ruff_cache .pytest_cache
