# The two commands: `make generate` and `make test`. Each makes the environment it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help generate check test lint types compare corpus conformance generators clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.generate: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.generate
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

# An environment of its own: the emulator pins another botocore.
.venv-ministack/.done:
	$(PYTHON) -m venv .venv-ministack
	.venv-ministack/bin/python -m pip install --quiet "ministack>=1.5.33,<2"
	@touch $@

# An environment of its own: openapi-core asks for other versions of what the generator uses.
.venv-conformance/.done: pyproject.toml
	$(PYTHON) -m venv .venv-conformance
	.venv-conformance/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	.venv-conformance/bin/python -m pip install --quiet --group conformance
	@touch $@

.venv-generators/.done: pyproject.toml
	$(PYTHON) -m venv .venv-generators
	.venv-generators/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	.venv-generators/bin/python -m pip install --quiet --group generators
	@touch $@

generate: $(VENV)/.generate ## Generate every SDK of specs/ into generated/
	$(BIN)/generate

check: $(VENV)/.generate ## Say whether generated/ is what specs/ and templates/ produce; writes nothing
	$(BIN)/generate check

test: $(VENV)/.test .venv-ministack/.done .venv-conformance/.done ## Run every test, on all cores
	$(BIN)/python -m pytest -n auto -q

lint: $(VENV)/.test ## Style and import contracts
	$(BIN)/ruff check .
	$(BIN)/black --check --quiet generator templates/runtime tests benchmarks
	$(BIN)/lint-imports

types: $(VENV)/.test ## mypy --strict and pyright on generator, runtime and generated code
	$(BIN)/python -m pytest -q tests/test_types.py

compare: ## Measure this client beside boto3 and two others; writes benchmarks/compare/ and the table in README.md
	$(PYTHON) benchmarks/compare/environment.py .venv-peers
	.venv-peers/bin/python -m benchmarks.compare --write

corpus: $(VENV)/.test ## Generate and import a package for every document below DIR; again continues (see benchmarks/corpus)
	$(BIN)/python -m benchmarks.corpus $(DIR)

conformance: $(VENV)/.test .venv-conformance/.done ## Let others judge the requests of 200 documents below DIR, and make their replies
	$(BIN)/python -m benchmarks.conformance $(DIR)

generators: $(VENV)/.test .venv-generators/.done ## Run other generators on documents below DIR beside this one (OpenAPI Generator needs Java)
	$(BIN)/python -m benchmarks.generators $(DIR)

clean: ## Remove environments and caches
	rm -rf $(VENV) .venv-ministack .venv-conformance .venv-generators .venv-peers .mypy_cache .pytest_cache .ruff_cache .hypothesis
