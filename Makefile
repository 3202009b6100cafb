# Every command a person needs. `make` or `make help` lists them.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8080
COUNTRIES ?=
TESTS ?= tests
export XATRA_PORT := $(PORT)
export XATRA_COUNTRIES := $(COUNTRIES)

UV := .tools/uv
# uv is told which Python to use: the first here that is new enough. Where there is none, uv fetches 3.13.
PYTHON := $(shell for python in python3.13 python3.14 python3.12 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && command -v $$python && break; done)
RUN := $(UV) run --no-sync
SOURCES := shared services tests scripts

##@ Try it

.PHONY: demo
demo: .venv/.installed ## Run the whole service here, no Docker, no root: http://localhost:8080/xatra/ (PORT=, SLOTS=, COUNTRIES=IND,PAK or all)
	@$(if $(SLOTS),XATRA_SLOTS=$(SLOTS)) $(RUN) xatra-web serve

.PHONY: admin
admin: .venv/.installed ## Make an administrator of the running demo: EMAIL=you@example.org (asks for a password, or PASSWORD_FILE=)
	@$(RUN) xatra-web accounts create-admin "$(or $(EMAIL),$(error EMAIL= is missing))" $(if $(PASSWORD_FILE),--password-file "$(PASSWORD_FILE)")

.PHONY: data
data: .venv/.installed ## Install sample map data: ten countries (COUNTRIES=IND,PAK for others, all for seventy)
	@$(RUN) xatra-web data install $(if $(COUNTRIES),--countries $(COUNTRIES))

.PHONY: data-full
data-full: .venv/.installed ## Install the library's full map data (3 GB, from Hugging Face)
	@$(RUN) xatra-web data full

.PHONY: clean
clean: ## Remove the environment and what tools left; the service's own data stays
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

##@ Work on it

.PHONY: test
test: .venv/.installed ## Run the tests (TESTS=tests/api for a part)
	@$(RUN) pytest --numprocesses=2 --dist=loadfile -m "not long" $(TESTS)

.PHONY: test-all
test-all: .venv/.installed ## Run all tests, the long ones too, and say what was skipped
	@$(RUN) pytest --numprocesses=2 --dist=loadfile $(TESTS)

.PHONY: check
check: lint types imports ## Run everything that reads the code: lint, types, import rules

.PHONY: lint
lint: .venv/.installed ## Check style and likely mistakes
	@$(RUN) ruff check $(SOURCES)
	@$(RUN) ruff format --check $(SOURCES)

.PHONY: format
format: .venv/.installed ## Put the code into its form
	@$(RUN) ruff check --fix $(SOURCES)
	@$(RUN) ruff format $(SOURCES)

.PHONY: types
types: .venv/.installed ## Check types
	@$(RUN) mypy

.PHONY: imports
imports: .venv/.installed ## Check who may import whom, and each package with its own dependencies alone
	@$(RUN) lint-imports
	@for package in xatra-shared xatra-api xatra-auth xatra-render-worker xatra-scheduler; do \
		$(UV) run --quiet --isolated --no-dev --exact --package $$package --all-extras \
			python scripts/import_all.py $${package//-/_}; done

.PHONY: bench
bench: data ## Measure what the service adds to a render, its throughput and its reads under load
	@$(RUN) python tests/load/service_bench.py
	@$(RUN) python tests/load/renderer_bench.py
	@$(RUN) python tests/load/geography_bench.py

##@ Set up

.PHONY: install
install: .venv/.installed ## Make the environment; every other command does it by itself

.venv/.installed: uv.lock pyproject.toml shared/pyproject.toml $(wildcard services/*/pyproject.toml) | $(UV)
	@$(UV) sync --quiet --frozen --all-packages --compile-bytecode $(if $(PYTHON),--python $(PYTHON),--python 3.13)
	@touch $@

# Nothing but a Python of any age is needed for this; where there is none at all, uv's own installer helps.
$(UV):
	@mkdir -p $(@D)
	@if command -v uv >/dev/null; then ln -sf "$$(command -v uv)" $@; \
	elif command -v python3 >/dev/null; then python3 scripts/get_uv.py $@; \
	else curl --proto '=https' --tlsv1.2 -LsSf https://astral.sh/uv/install.sh | UV_UNMANAGED_INSTALL=$(@D) sh; fi

.PHONY: help
help: ## Show this
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {printf "\n\033[1m%s\033[0m\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  \033[36mmake %-10s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)
