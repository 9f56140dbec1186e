# An Sinh in a few words; each does its own set-up. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
PEOPLE ?= 20000
export UV_PYTHON_DOWNLOADS := never
UV = $$(command -v uv || echo .venv/bin/uv)
SETTINGS := DJANGO_SETTINGS_MODULE=ansinh.config.settings
DJANGO = $(SETTINGS) .venv/bin/python -c 'import sys, django; django.setup(); exec(sys.argv[1])'
SYSTEM_PARTS := postgresql chromium fonts-noto-core tesseract-ocr tesseract-ocr-vie \
  swift-proxy swift-account swift-container swift-object memcached openjdk-17-jre-headless
BENCH_PARTS := fonts-croscore fonts-dejavu-core fonts-noto-mono fonts-freefont-ttf fonts-linuxlibertine fonts-sil-charis \
  fonts-sil-gentium fonts-sil-andika fonts-lmodern fonts-jetbrains-mono fonts-texgyre fonts-ebgaramond

.PHONY: help demo test run check bench map system spark

help: ## list these words
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv || { echo "Run: apt install python3-venv"; rm -rf .venv; exit 1; }

.venv/bin/uv: requirements/uv.txt | .venv/bin/python
	@command -v uv >/dev/null || .venv/bin/python -m pip -q install --require-hashes -r requirements/uv.txt
	touch -c .venv/bin/uv

.venv/.synced: requirements/base.txt requirements/s3.txt requirements/dev.txt requirements/uv.txt pyproject.toml | .venv/bin/python .venv/bin/uv
	@# sync removes what is not listed, so uv itself is on the list
	$(UV) pip sync -q --require-hashes --python .venv/bin/python requirements/uv.txt requirements/base.txt requirements/s3.txt requirements/dev.txt
	site=$$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
	pwd > "$$site/ansinh.pth"
	printf '#!%s\nimport sys\nfrom ansinh.cli import main\nsys.exit(main())\n' "$$PWD/.venv/bin/python" > .venv/bin/ansinh
	chmod +x .venv/bin/ansinh
	touch $@

demo: .venv/.synced ## set up, walk the demonstration, serve it on 127.0.0.1 (PORT=, PEOPLE=)
	@exec .venv/bin/ansinh demo --people $(PEOPLE) --port $(PORT)

run: .venv/.synced ## serve what stands in var/ for development
	@exec .venv/bin/ansinh serve --port $(PORT)

system:
	@need=()
	for part in $(SYSTEM_PARTS); do
	  dpkg-query -Wf'$${Status}' $$part 2>/dev/null | grep -q "ok installed" || need+=($$part)
	done
	if ((!$${#need[@]})); then exit 0; fi
	if [ "$$(id -u)" = 0 ]; then as=env; elif sudo -n true 2>/dev/null; then as="sudo env"; else as=none; fi
	if [ "$$as" != none ]; then
	  install="$$as DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $${need[*]}"
	  if $$install >/dev/null 2>&1 || { $$as apt-get update -qq && $$install >/dev/null; }; then exit 0; fi
	fi
	echo "Missing: $${need[*]}. Their tests are skipped by name. To have them: apt install $${need[*]}"
	[ "$${CI:-}" != true ]

check: .venv/.synced ## style, storeys, migrations, generated pages
	@.venv/bin/ruff check ansinh tests bench conftest.py
	.venv/bin/lint-imports
	$(SETTINGS) .venv/bin/python -m django makemigrations --check --dry-run
	$(DJANGO) 'from ansinh.config import docs; old = ", ".join(docs.stale()); sys.exit("run make map: " + old if old else 0)'

spark: .venv/.synced ## the extra for a country's size: PySpark beside the rest
	@$(UV) pip install -q --require-hashes --python .venv/bin/python -r requirements/spark.txt

test: .venv/.synced system check spark ## every test: SQLite, PostgreSQL, browser
	@failed=0
	.venv/bin/pytest || failed=1
	.venv/bin/pytest --db postgresql -m "not browser and not slow" || failed=1
	exit $$failed

bench test: SYSTEM_PARTS += $(BENCH_PARTS)
bench: .venv/.synced system ## measure beside peers; writes docs/benchmarks.md
	@exec .venv/bin/python -m bench

map: .venv/.synced ## write docs/map.md and docs/glossary.md from the code
	@$(DJANGO) 'from ansinh.config import docs; docs.write()'
