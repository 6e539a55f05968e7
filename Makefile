# `make help` lists what can be done here. CI runs `make test` and nothing else.

GO      ?= go
WEB     := web/desk
E2E     := test/e2e
# The stories in a browser need the built binary: they have a target of their own.
GO_PACKAGES = $$($(GO) list ./... | grep -v '/$(E2E)$$')
TOOLS   ?= $(HOME)/.cache/comptoir-tools
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

GOLANGCI_VERSION := v2.15.0
GOLANGCI         := $(TOOLS)/golangci-lint-$(GOLANGCI_VERSION)

# The mails against which reading is scored; they are not part of the project.
DIR ?= ../shared/corpus

# nodynamic: pictures are decoded inside the binary, never by a library that
# happens to lie on the machine.
export GOFLAGS := $(GOFLAGS) -tags=nodynamic

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run build dev test check fmt generate corpus test-deps test-go test-web test-e2e test-race \
	web-deps e2e-deps web-build pictures contact-sheet lint format-check check-web check-generated check-arch ci-clean \
	bench-guard bench-ingest bench-kill bench-lists bench-paint bench-start guard-blind mutate-law new-migration new-adr clean

help: ## list what can be done here
	@awk 'BEGIN { FS = ":.*## " } /^[a-z][a-z0-9-]*:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## -- running ---------------------------------------------------------------

run: build ## build and serve http://localhost:8080, SQLite in ./data
	./bin/comptoir serve

dev: web-deps ## serve the demo shop, rebuilding as files change
	@test/tools/dev

build: web-build ## leave bin/comptoir, one static binary with the web app in it
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/comptoir ./cmd/comptoir

web-deps: $(WEB)/node_modules/.package-lock.json

# npm writes this file last, so that it stands for the whole installation.
$(WEB)/node_modules/.package-lock.json: $(WEB)/package.json $(WEB)/package-lock.json
	cd $(WEB) && npm ci --no-audit --no-fund
	@touch $@

e2e-deps: $(E2E)/node_modules/.package-lock.json

$(E2E)/node_modules/.package-lock.json: $(E2E)/package.json $(E2E)/package-lock.json
	cd $(E2E) && npm ci --no-audit --no-fund
	@touch $@

web-build: $(WEB)/dist/index.html

# Vite empties dist/; its public/ brings the committed .gitkeep back.
$(WEB)/dist/index.html: $(WEB)/node_modules/.package-lock.json $(shell find $(WEB)/src $(WEB)/public $(WEB)/*.json $(WEB)/*.ts $(WEB)/index.html -type f 2>/dev/null)
	cd $(WEB) && npm run build
	@touch $@ $(WEB)/dist/.gitkeep

## -- testing ---------------------------------------------------------------

# One after the other, each in its own make: the order holds with any -j, and
# the first failure is the last thing on the screen.
test: ## all that CI runs
	@set -e; for part in test-deps check test-go test-web build test-e2e corpus ci-clean; do \
		echo "== make $$part"; $(MAKE) --no-print-directory $$part; \
	done; echo "== all of it passed"

check: ## the fast part: formatting, lint, types, layout, sizes, generated files
	@set -e; for part in format-check lint check-arch check-web check-generated; do \
		echo "-- $$part"; $(MAKE) --no-print-directory $$part; \
	done

test-deps: ## install what the tests need (root or CI), or say what is missing
	@test/tools/test-deps
	@$(MAKE) --no-print-directory web-deps e2e-deps

# Real servers and eight writers at once don't like to wait for each other:
# two packages at a time is what two cores carry.
test-go: ## Go tests on SQLite and PostgreSQL (COMPTOIR_TEST_STORES=sqlite for one)
	$(GO) build -o bin/withpostgres ./test/tools/withpostgres
	./bin/withpostgres $(GO) test -count=1 -timeout 15m $(GO_PACKAGES)

test-race: ## Go tests with the race detector (slow, needs a C compiler)
	$(GO) build -o bin/withpostgres ./test/tools/withpostgres
	./bin/withpostgres $(GO) test -race -count=1 -timeout 45m $(GO_PACKAGES)

test-web: web-deps ## unit tests of the web app
	cd $(WEB) && npm test

test-e2e: build e2e-deps ## stories in a real browser against the built binary
	$(GO) build -o bin/withpostgres ./test/tools/withpostgres
	./bin/withpostgres $(GO) test -count=1 -timeout 15m ./$(E2E)

corpus: ## score the reading of mail: make corpus DIR=a folder of mails
	@if [ -d "$(DIR)" ]; then $(GO) run ./test/corpus "$(DIR)"; \
	elif [ "$(origin DIR)" = file ]; then echo "corpus: no $(DIR) here; nothing to score"; \
	else echo "corpus: no folder $(DIR)" >&2; exit 2; fi

# Building and generating must leave the tree as it was committed.
ci-clean:
	@if [ "$$CI" = true ]; then git diff --exit-code && \
		left=$$(git ls-files --others --exclude-standard) && \
		{ [ -z "$$left" ] || { echo "left behind by the tests:" >&2; echo "$$left" >&2; exit 1; }; }; fi

guard-blind: ## score the guard on the drafts written blind (BLIND=folder), never to tune on
	@$(GO) run ./test/guard $(or $(BLIND),internal/guard/testdata/labelled/blind-3)

mutate-law: ## change each operator of internal/law and say which test fails (needs gremlins on the path)
	@command -v gremlins >/dev/null || { echo "mutate-law: go install github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0 first" >&2; exit 2; }
	GOMAXPROCS=1 nice -n 19 $(GO) run ./test/tools/mutants ./internal/law $(ARGS)

## -- the parts of check ----------------------------------------------------

$(GOLANGCI):
	@mkdir -p $(TOOLS)/build
	GOBIN=$(TOOLS)/build GOFLAGS= $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	@mv $(TOOLS)/build/golangci-lint $@

format-check: $(GOLANGCI)
	@$(GOLANGCI) fmt --diff

lint: $(GOLANGCI)
	$(GO) vet ./...
	@$(GOLANGCI) run ./...

check-arch:
	$(GO) test -count=1 ./internal

check-web: web-deps
	cd $(WEB) && npm run check
	cd $(WEB) && npx biome check $(CURDIR)/$(E2E)/*.mjs $(CURDIR)/$(E2E)/stories $(CURDIR)/bench/paint

check-generated: web-deps
	@test/tools/unchanged $(MAKE) --no-print-directory generate

generate: web-deps ## write what is generated from the code: OpenAPI, TypeScript client
	$(GO) generate ./...
	@if [ -f $(WEB)/openapi.json ]; then cd $(WEB) && npm run generate; fi

fmt: $(GOLANGCI) web-deps ## format Go and TypeScript
	$(GOLANGCI) fmt
	cd $(WEB) && npm run format
	cd $(WEB) && npx biome check --write $(CURDIR)/$(E2E)/*.mjs $(CURDIR)/$(E2E)/stories $(CURDIR)/bench/paint

## -- measuring -------------------------------------------------------------

pictures: build e2e-deps ## take docs/pictures again, from the demo shop
	node $(E2E)/pictures.mjs

contact-sheet: build e2e-deps ## take docs/contact-sheet again: every screen, widths, themes and languages
	node $(E2E)/contact-sheet.mjs

bench-guard: ## what checking a draft of 300 words costs
	$(GO) run ./bench/guard $(ARGS)
bench-search: ## finding messages among 30,000 to three million, each kind of question
	$(GO) run ./bench/search $(ARGS)
bench-ingest: build ## mails a second, from first FETCH to last open promise
bench-kill: build ## kill -9 while receiving and sending; what is lost or doubled
bench-lists: build ## lists at 10k, 100k and 1M conversations with 16 clients while mail comes in
bench-start: build ## from exec to the owed list, memory and processor at rest
bench-paint: build e2e-deps ## from a click in Chromium to the frame that shows it, 100k conversations
bench-ingest bench-kill bench-lists bench-paint bench-start: bench-%:
	$(GO) run ./bench/$* $(ARGS)

## -- writing ---------------------------------------------------------------

new-migration: ## an empty migration for both stores: make new-migration NAME=snooze
	@set -e; case "$(NAME)" in ''|*[!a-z0-9_]*) echo "usage: make new-migration NAME=what_it_does" >&2; exit 2;; esac; \
	at=internal/store/migrations; \
	last=$$(ls $$at | sed -n 's/^0*\([0-9][0-9]*\)_.*/\1/p' | sort -n | tail -1); \
	file=$$at/$$(printf '%05d' $$(($${last:-0} + 1)))_$(NAME).sql; \
	printf -- '-- +goose Up\n' >$$file; echo $$file

new-adr: ## a decision record: make new-adr TITLE="Blobs lie in folders"
	@set -e; [ -n "$(TITLE)" ] || { echo 'usage: make new-adr TITLE="What is now true"' >&2; exit 2; }; \
	last=$$(ls docs/adr | sed -n 's/^0*\([0-9][0-9]*\)-.*/\1/p' | sort -n | tail -1); \
	next=$$(printf '%03d' $$(($${last:-0} + 1))); \
	slug=$$(printf '%s' "$(TITLE)" | iconv -t ascii//translit 2>/dev/null | tr 'A-Z' 'a-z' | tr -cs 'a-z0-9' '-' | sed 's/^-//; s/-$$//'); \
	file=docs/adr/$$next-$$slug.md; \
	sed -e "1s|.*|# $$next. $(TITLE)|" -e "s|YYYY-MM-DD|$$(date +%F)|" docs/adr/000-template.md >$$file; echo $$file

clean: ## remove what was built
	rm -rf bin $(WEB)/dist/assets $(WEB)/dist/index.html
