# Permanence. Every target sets up what it needs; `make help` lists them.
# PYTHON=python3.12 make test: with that Python instead of the first one that will do.

VENV = .venv
BIN = $(VENV)/bin

# durable-rules calls a name that left Python's headers in 3.13; compilers since gcc 14 refuse such a call.
export CPPFLAGS := $(CPPFLAGS) -DPyEval_CallObject=PyObject_CallObject
export PYTHON

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*  ## /make \1	/p' Makefile | expand -t 16

demo: $(VENV)/installed  ## generate a sample, bill two months of it in demo/, say how to browse
	@sh .ci/demo $(BIN)

test: $(VENV)/installed-dev  ## lint, types, every test, branch coverage of engine/ (95 % or more)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --no-error-summary
	@command -v chromium >/dev/null || echo "No chromium on this machine: the customer's page is not looked at in a browser."
	@$(BIN)/pytest -q --numprocesses=auto --dist=worksteal --cov=permanence --cov-branch --cov-report=term:skip-covered --cov-fail-under=95

soak: $(VENV)/installed-dev  ## kill and refuse at every call that writes, try 100,000 odd inputs; goes on where it stopped (MINUTES=30, ONLY=inputs)
	@PYTHONPATH=engine:plugins:. $(BIN)/python -m tests.soak --minutes $(or $(MINUTES),1440) $(if $(ONLY),--only "$(ONLY)")

soak-tests: $(VENV)/installed-dev  ## the long forms of tests, those with SOAK=1
	@SOAK=1 $(BIN)/pytest -q tests/cli/test_output_lost.py $$(grep -rlE --include='test_*.py' 'SOAK|cases_drawn' tests)

test-all:  ## every test on every Python from 3.11 up that is on the machine
	@sh .ci/test-all

bench: $(VENV)/installed  ## measure a month of 10,000 contracts × 500 calls, and what runs daily (SIZE=small: a quick look)
	@$(BIN)/python -m bench.bench_month $(SIZE)

clean:  ## remove what the other targets made
	rm -rf .venv .venv-* demo bench/out build *.egg-info .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .soak

$(VENV)/installed: pyproject.toml
	@sh .ci/setup $(VENV) .
	@touch $@

$(VENV)/installed-dev: pyproject.toml
	@sh .ci/setup $(VENV) '.[dev]'
	@touch $@ $(VENV)/installed

.PHONY: help demo test test-all soak soak-tests bench clean
