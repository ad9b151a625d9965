"""What was read of files, as people see it: whole, or some words around what they look for."""

from collections.abc import Sequence

from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.registry import reading, words
from boconsole.registry.reading import DocumentRow, VersionRow
from boconsole.session import Session
from db.registry import versions
from db.search import fold


def of(session: Session, document_id: int, number: int = 0) -> tuple[VersionRow, str]:
    """Return a version with what was read of it; 0 is the last one.

    Raises:
        NotFoundError: There is no such version.
    """
    row = reading.again(session, document_id)
    version = versions.find(row.id, number or row.latest)
    if version is None:
        raise NotFoundError(_("version {version} of {number}").format(
            version=number or row.latest, number=words.number(row.id)))  # fmt: skip
    return version, versions.text_of(row.id, version.number)


def around(session: Session, row: DocumentRow, wanted: Sequence[str], width: int) -> str:
    """Return one line of the text of a document around the first of some words.

    Args:
        session: Who reads.
        row: The document.
        wanted: Words; where none of them stands in the text, its beginning is told.
        width: Characters on either side.
    """
    _version, text = of(session, row.id) if row.latest else (None, "")
    line = " ".join(text.split())
    folded = fold(line)
    places = [folded.find(fold(word)) for word in wanted]
    start = max(min((place for place in places if place >= 0), default=0) - width, 0)
    told = line[start : start + 2 * width]
    return ("…" if start else "") + told + ("…" if start + 2 * width < len(line) else "")
