# Everything that is done with this project by hand: `make help` lists it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test test-one-half test-other-half prove fuzz bench pictures build lock clean

bin := .venv/bin
python_files := . .ci/demo

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv from the lock and install what is missing (every target below does it first)
	@PYTHON="$(PYTHON)" .ci/setup

run: setup ## Open the window; without a display, show the whole way on a virtual screen
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(bin)/holdfast; else exec $(bin)/python .ci/demo; fi

test: setup ## Check style, types, import rules and behaviour
	$(bin)/ruff check $(python_files)
	$(bin)/ruff format --check $(python_files)
	$(bin)/mypy
	$(bin)/mypy --platform darwin --cache-dir .mypy_cache/darwin
	$(bin)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(bin)/lint-imports
	@$(MAKE) --no-print-directory --jobs 2 test-one-half test-other-half

# Two halves that take about as long, beside each other.
one_half := tests/test_ui_*.py tests/test_vault_*.py

test-one-half:
	QT_QPA_PLATFORM=offscreen $(bin)/pytest -p no:cacheprovider $(one_half)

test-other-half:
	QT_QPA_PLATFORM=offscreen $(bin)/pytest -p no:cacheprovider $(foreach some,$(one_half),--ignore-glob='$(some)')

prove: setup ## Kill, cut the power and break the disk at every point: nothing acknowledged is lost (about two hours)
	PYTHONPATH=tests $(bin)/python -m prove

fuzz: setup ## Feed every parser of the verifier, guided by coverage (Linux; 10 minutes)
	$(bin)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
		--upgrade --target build/fuzz-libraries -r requirements-fuzz.lock
	PYTHONPATH=build/fuzz-libraries:tests $(bin)/python -m fuzz

bench: setup ## Measure speed and memory against the goals (QUICK=1: small)
	PYTHONPATH=tests $(bin)/python -m bench

pictures: setup ## Draw every page of the window into build/pictures/
	$(bin)/python .ci/pictures

build: setup ## Make both programs in one folder, dist/holdfast/
	$(bin)/pyinstaller --noconfirm --clean build.spec

lock: setup ## Write both locks again from pyproject.toml
	$(bin)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --output-file requirements.lock
	$(bin)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev pyproject.toml --output-file requirements-dev.lock
	echo 'atheris<3.1' | $(bin)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header - --output-file requirements-fuzz.lock

clean: ## Remove what was built and measured, and caches; .venv stays
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
