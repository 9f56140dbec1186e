"""Invented names from names.yaml: family names by people, middle and given names by sex and generation."""
from pathlib import Path

import yaml

_READ = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))
OLDER_BEFORE: int = _READ["older_before"]
PEOPLES: dict[str, float] = _READ["peoples"]
FAMILY_NAMES: dict[str, dict[str, float]] = _READ["family"]
GENERATIONS = {
    "male_older": ("male", True), "male_younger": ("male", False), "female_older": ("female", True), "female_younger": ("female", False),
}
MIDDLE = {key: _READ["middle"][name] for name, key in GENERATIONS.items()}
GIVEN = {key: dict.fromkeys(_READ["given"][name], 1) for name, key in GENERATIONS.items()}
