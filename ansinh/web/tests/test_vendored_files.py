"""Files made by others are kept unchanged, and no page asks another host for anything."""
import hashlib
from pathlib import Path

import pytest
import yaml

PACKAGE = Path(__file__).parents[2]
VENDORED = yaml.safe_load((PACKAGE / "web" / "vendor.yaml").read_text("utf-8"))
OWN = sorted((PACKAGE / "web" / "static").rglob("*.css")) + sorted(PACKAGE.rglob("*.html")) + [PACKAGE / "web/static/web/keys.js"]


@pytest.mark.parametrize("row", VENDORED, ids=lambda row: row["file"])
def test_a_vendored_file_is_the_one_of_the_manifest(row):
    assert hashlib.sha256((PACKAGE / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_every_font_and_foreign_script_stands_in_the_manifest():
    kept = {str(path.relative_to(PACKAGE)) for end in ("*.woff2", "*.ttf", "*.min.js") for path in PACKAGE.rglob(end)}
    assert kept <= {row["file"] for row in VENDORED}


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_asked_of_another_host(path):
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in text
    assert "https:" not in text


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.html")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_holds_no_inline_script_or_style(path):
    text = path.read_text("utf-8")
    assert "style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
    assert " onclick" not in text
