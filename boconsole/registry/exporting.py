"""The register as a table, with the columns that the map `boconsole_documents` reads again."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from boconsole.record_files import write
from boconsole.registry import reading
from boconsole.registry.fields import told_of
from boconsole.registry.reading import DocumentRow
from boconsole.registry.words import number
from boconsole.session import Session

CHUNK = 500


def rows(session: Session, query: str) -> Iterator[DocumentRow]:
    """Yield the documents that match and may be read; raises QuerySyntaxError."""
    after = ""
    while True:
        page = reading.list_page(session, query, after, CHUNK)
        yield from page.rows
        if not page.more:
            return
        after = page.cursors[-1]


def record(row: DocumentRow) -> dict[str, object]:
    """Return a document as a line of a table."""
    told = {name.removesuffix("_on"): value for name, value in told_of(row).items()}
    return {
        "number": number(row.id), **told, "state": row.state, "file": row.file,
        "due": row.due_on, "then": row.due_then, "held": row.held,
    }  # fmt: skip


def save(found: Iterable[DocumentRow], path: Path) -> int:
    """Write documents to a file, as its name ends; returns how many.

    Raises:
        InvalidChangeError, UnwrittenError: The file cannot be.
    """
    return write(path, [record(row) for row in found])


def export(session: Session, query: str, path: Path) -> int:
    """Write the documents of a query to a file; raises QuerySyntaxError, and as `save`."""
    return save(rows(session, f"{query} sort:number"), path)
