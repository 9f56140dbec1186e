"""The paragraphs and tables of a document as plain values, from which the typesetter makes the PDF."""
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

USUAL_SIZE = 13.0
ALIGNED = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}


def blocks(document) -> list[dict]:
    """Blocks of a document, in their order."""
    return _blocks(document.element.body, document)


def filled_blocks(unfilled: list[dict], fill) -> list[dict]:
    """The same blocks with ``fill(text)`` in place of every text: a template is read once and filled ten thousand times."""
    return [_filled(block, fill) for block in unfilled]


def _filled(block, fill):
    if block["type"] == "table":
        return block | {"cells": [filled_blocks(cell, fill) for cell in block["cells"]]}
    return block | {"runs": [run | {"text": fill(run["text"])} for run in block["runs"]]}


def _blocks(parent, document):
    found = []
    for child in parent:
        if child.tag == qn("w:p"):
            found.append(_paragraph(Paragraph(child, document)))
        elif child.tag == qn("w:tbl"):
            found.append(_table(Table(child, document), document))
    return found


def _paragraph(paragraph):
    shape, usual = paragraph.paragraph_format, _size(paragraph.style.font) or USUAL_SIZE
    justified = paragraph.alignment in (WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.DISTRIBUTE)
    return {
        "type": "paragraph", "align": ALIGNED.get(paragraph.alignment, "left"), "justify": justified, "size": usual,
        "before": _points(shape.space_before), "after": _points(shape.space_after), "indent": _points(shape.first_line_indent),
        "left": _points(shape.left_indent), "runs": [_run(run, usual) for run in paragraph.runs if run.text],
    }


def _run(run, usual):
    font = run.font
    return {
        "text": run.text, "bold": bool(font.bold), "italic": bool(font.italic), "underline": bool(font.underline), "size": _size(font) or usual,
    }


def _table(table, document):
    widths = [_points(column.width) or 1 for column in table.columns]
    ruled = table.style is not None and table.style.name == "Table Grid" or table._tbl.find(f".//{qn('w:tblBorders')}") is not None
    cells = [_blocks(cell, document) for row in table._tbl.tr_lst for cell in row.tc_lst]
    return {"type": "table", "widths": widths, "ruled": ruled, "cells": cells}


def _size(font):
    return font.size.pt if font.size else None


def _points(length):
    return round(length.pt, 2) if length else 0
