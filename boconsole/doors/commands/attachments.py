"""Files at entries and documents by command: kept, listed, saved, taken away."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from boconsole.doors import files, output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, grouped, ngettext

if TYPE_CHECKING:
    from boconsole.filing import File, FileRow
    from boconsole.session import Session


class Holder(NamedTuple):
    """A record with files, and what is done with them."""

    number: str
    listed: Callable[[], list["FileRow"]]
    attach: Callable[[Sequence["File"]], object]
    content: Callable[[str], tuple[str, bytes]]
    remove: Callable[[str], "FileRow"]


def _holder(call: Call, session: "Session") -> Holder:
    """Return the record that a command names: an entry of the books, or a document."""
    if call.words.area == "ledger":
        from boconsole.ledger import attaching, entries

        entry = entries.get(session, call.words.number)
        return Holder(
            entry.number, partial(attaching.listed, session, entry.head.id),
            partial(attaching.attach, session, entry),
            partial(attaching.content, session, entry.head.id),
            partial(attaching.remove, session, entry),
        )  # fmt: skip
    if call.words.area == "knowledge":
        from boconsole.knowledge import attaching as at_articles
        from boconsole.knowledge import reading as articles

        article = articles.get(session, call.words.number)
        return Holder(
            article.number, partial(at_articles.listed, session, article.row.id),
            partial(at_articles.attach, session, article),
            partial(at_articles.content, session, article.row.id),
            partial(at_articles.remove, session, article),
        )  # fmt: skip
    if call.words.area == "staff":
        from boconsole.staff import card, finding

        person = finding.find(session, call.words.number)
        return Holder(
            person.number, partial(card.documents, session, person.id),
            partial(card.attach, session, person.id), partial(card.document, session, person.id),
            partial(card.detach, session, person.id),
        )  # fmt: skip
    if call.words.area == "recruitment":
        from boconsole.recruitment import candidates, seeing

        candidate = seeing.candidate(session, call.words.number)
        return Holder(
            candidate.number, partial(candidates.documents, session, candidate.id),
            partial(candidates.attach, session, candidate.id),
            partial(candidates.document, session, candidate.id),
            partial(candidates.detach, session, candidate.id),
        )  # fmt: skip
    from boconsole.doors.commands.invoices import kinds_of
    from boconsole.invoices import attaching as at_documents
    from boconsole.invoices import reading

    document = reading.get(session, call.words.number, kinds_of(call))
    return Holder(
        document.number, partial(at_documents.listed, session, document.head.id),
        partial(at_documents.attach, session, document),
        partial(at_documents.content, session, document.head.id),
        partial(at_documents.remove, session, document),
    )  # fmt: skip


def attach(call: Call) -> Answer:
    """Keep files."""
    from boconsole.doors.commands.tickets import read_files

    holder = _holder(call, call.session())
    given = read_files(call.words.files, call.settings.attachment_limit)
    holder.attach(given)
    sentence = ngettext("{n} file is kept at {number}.", "{n} files are kept at {number}.",
                        len(given))  # fmt: skip
    return _held(holder, sentence.format(n=len(given), number=holder.number))


def attachments(call: Call) -> Answer:
    """List the files, or save one, or take one away."""
    from boconsole.filing import safe_name

    words = call.words
    holder = _holder(call, call.session())
    if words.save and words.remove:
        raise InvalidChangeError("remove", _("save the file first, then remove it"))
    if words.save:
        name, content = holder.content(words.save)
        path = files.write_new(words.output or safe_name(name), content)
        return Answer({"file": str(path)}, _("Saved as {path}.").format(path=path))
    if words.remove:
        row = holder.remove(words.remove)
        sentence = _("{name} is taken from {number}.")
        return _held(holder, sentence.format(name=row.name, number=holder.number))
    rows = holder.listed()

    def text() -> str:
        cells = [(str(row.id), row.name, grouped(row.size), str(row.added_at.date()), row.sha256)
                 for row in rows]  # fmt: skip
        headings = (_("Id"), _("Name"), _("Bytes"), _("Added"), "SHA-256")
        return output.table(headings, cells, right=frozenset((0, 2))) if cells else _("Nothing.")

    return Answer([file_record(row) for row in rows], text)


def _held(holder: Holder, sentence: str) -> Answer:
    value = {"number": holder.number, "files": [file_record(row) for row in holder.listed()]}
    return Answer(value, sentence)


def file_record(row: "FileRow") -> dict[str, object]:
    """Return a file for programs."""
    return {
        "id": row.id, "name": row.name, "media_type": row.media_type, "size": row.size,
        "sha256": row.sha256, "added_at": row.added_at,
    }  # fmt: skip
