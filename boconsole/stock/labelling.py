"""Labels of assets: a code that a scanner types, with tag and name beside it."""

from collections.abc import Sequence
from pathlib import Path

from boconsole.assets import reading
from boconsole.assets.reading import AssetLine
from boconsole.language import _
from boconsole.paper import labels
from boconsole.paper.labels import Label
from boconsole.session import Session

PAGE = 500


def print_labels(
    session: Session, query: str, path: Path, *, sheet: str = "L7160", start: int = 1
) -> tuple[int, int]:
    """Write the labels of the assets that a query names; returns labels and pages.

    Args:
        session: Who prints.
        query: A filter line of the assets.
        path: The PDF file.
        sheet: One of `labels.SHEETS`.
        start: The first free label of the first sheet.

    Raises:
        QuerySyntaxError: The query cannot be read.
        InvalidChangeError: There is no such sheet or label, or nothing to print.
        NoSignError, NoPaperError, UnwrittenError: The file cannot be written.
    """
    return _write([_label(row) for row in _matching(session, query)], path, sheet, start)


def print_tags(
    session: Session, tags: Sequence[str], path: Path, *, sheet: str = "L7160", start: int = 1
) -> tuple[int, int]:
    """Write the labels of assets by their tags, in order; as `print_labels`."""
    made = []
    for tag in tags:
        row = reading.get(session, reading.find(session, tag).id)
        made.append(Label(row.tag, (row.tag, row.name, row.serial)))
    return _write(made, path, sheet, start)


def _write(made: Sequence[Label], path: Path, sheet: str, start: int) -> tuple[int, int]:
    kind = labels.sheet_named(sheet)
    return len(made), labels.write(path, _("Labels of assets"), kind, made, start)


def _matching(session: Session, query: str) -> list[AssetLine]:
    found: list[AssetLine] = []
    after = ""
    while len(found) <= labels.MOST:
        page = reading.list_page(session, query, after, PAGE)
        found += page.rows
        if not page.more:
            break
        after = page.cursors[-1]
    return found


def _label(row: AssetLine) -> Label:
    return Label(row.tag, (row.tag, row.name, row.serial))


def code(tag: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a tag's code, true for dark ones; raises NoPaperError."""
    return labels.matrix(tag)
