"""What describes a digitised paper and a dossier, by the names of the guidance (Circular 02/2019/TT-BNV, guidance 7197)."""
from functools import cache

from ansinh.engine.law.places import listed
from ansinh.engine.text.names import fold

from ..catalogue import FOLDER, catalogue
from ..models import Dossier, Page, Paper

LANGUAGE = "Tiếng Việt"
LONGEST_DESCRIPTION = 40


def document_code(paper: Paper, version: int) -> str:
    """``BODY_TYPE_SERIAL_VERSION``: ``H55.02_QĐ_000021_V1``; V1 is the first scan, V2 its first correction."""
    return f"{body()}_{catalogue().papers[paper.kind].abbreviation}_{paper.pk:06d}_V{version}"


def file_name(paper: Paper, code: str, extension: str) -> str:
    """``CODE_YYYYMMDD_DESC.EXT``: the day of issue, zeros where it is not known, and the kind of paper without accents."""
    day = f"{paper.issued_on:%Y%m%d}" if paper.issued_on else "0" * 8
    return f"{code}_{day}_{fold(catalogue().papers[paper.kind].title).replace(' ', '-')[:LONGEST_DESCRIPTION]}.{extension}"


def of_paper(paper: Paper, code: str, page_count: int) -> dict[str, str]:
    """The fields of a document, cut to the lengths of the guidance; what is not known is left out."""
    said = {
        "DocCode": (code, 30), "FileCode": (paper.dossier.code, 40), "DocOrdinal": (paper.position, 4),
        "TypeName": (catalogue().papers[paper.kind].title, 100), "CodeNumber": (paper.number, 11), "CodeNotation": (paper.notation, 30),
        "IssuedDate": (f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else "", 10), "OrganName": (paper.issuer, 200),
        "Subject": (paper.subject, 500), "Language": (LANGUAGE, 100), "PageAmount": (page_count, 4), "ConfidenceLevel": (paper.reliability, 30),
    }
    return {name: str(value)[:longest] for name, (value, longest) in said.items() if value not in ("", None)}


def of_dossier(dossier: Dossier) -> dict[str, str]:
    """The fields of a dossier by the same circular."""
    category = catalogue().categories.get(dossier.category)
    said = {
        "FileCode": dossier.code, "Title": dossier.title, "Maintenance": _maintenance(dossier), "Language": LANGUAGE,
        "TotalDoc": dossier.papers.count(), "Description": category.title if category else dossier.category,
        "Maximum": dossier.sheets_on_paper or "", "PageNumber": dossier.pages.filter(kind=Page.Kind.PAGE).count(),
    }
    return {name: str(value) for name, value in said.items() if value != ""}


@cache
def body() -> str:
    """The office's own identifier at the head of every document code."""
    return listed(FOLDER / "archive.yaml")[0].text("body")


def _maintenance(dossier):
    return f"{dossier.retention_years} năm" if dossier.retention_years else "Vĩnh viễn"
