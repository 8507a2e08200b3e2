# Everything is in start.py, so that machines without make have the same commands.
PYTHON ?= $(firstword $(foreach p,python3.11 python3 python,$(if $(shell command -v $(p) 2>/dev/null),$(p))))

.PHONY: run test check fix bench bench-quality bench-graph bench-page train

run:
	@$(PYTHON) start.py run $(ARGS)

test:
	@$(PYTHON) start.py test $(ARGS)

check:
	@$(PYTHON) start.py check

fix:
	@$(PYTHON) start.py fix

bench:
	@$(PYTHON) start.py bench $(ARGS)

bench-quality:
	@$(PYTHON) start.py bench quality $(ARGS)

bench-graph:
	@$(PYTHON) start.py bench graph $(ARGS)

bench-page:
	@$(PYTHON) start.py bench page $(ARGS)

train:
	@$(PYTHON) start.py train $(ARGS)
