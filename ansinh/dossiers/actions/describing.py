"""What describes a paper in the archive, taken from its entered fields once they are checked."""
from datetime import date

from ..models import Dossier, Paper
from ..queries.entering import settled_of

LONGEST_NUMBER, LONGEST_NOTATION = 11, 30


def describe_papers(dossier: Dossier, papers: list[Paper]):
    """Number, notation and day of issue of each paper, as entered and checked."""
    said = {}
    for row in settled_of(dossier, papers):
        said.setdefault(row.paper.pk, {})[row.field.code] = row.value
    for paper in papers:
        values = said.get(paper.pk, {})
        number, _slash, notation = values.get("decision_number", "").partition("/")
        paper.number, paper.notation = number.strip()[:LONGEST_NUMBER], notation.strip()[:LONGEST_NOTATION]
        paper.issued_on = date.fromisoformat(values["decision_date"]) if values.get("decision_date") else None
        paper.save(update_fields=["number", "notation", "issued_on"])
