"""Links of documents and contracts to records of other areas, by command."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boconsole.registry.beside import Linked


def link(call: Call) -> Answer:
    """Link a document or a contract, list its links, or take one away."""
    from boconsole.registry import contracts, links, reading

    words, session = call.words, call.session()
    kind: links.Kind = "contract" if words.area == "contracts" else "document"
    if kind == "contract":
        record_id = contracts.get(session, words.number).id
    else:
        record_id = reading.get(session, words.number).id
    if words.other and words.remove:
        links.unlink(session, kind, record_id, words.other)
    elif words.other:
        links.link(session, kind, record_id, words.other)
    return _table(links.listed(session, kind, record_id))


def at(call: Call) -> Answer:
    """List the documents and contracts at a record."""
    from boconsole.registry import beside, links

    session = call.session()
    record = links.find(session, call.words.record)
    return _table(beside.at(session, record.kind, record.id))


def _table(found: "Sequence[Linked]") -> Answer:
    from boconsole.registry import links

    def text() -> str:
        cells = [(_(links.TITLES[each.kind]), each.number, each.title) for each in found]
        headings = (_("Kind"), _("Number"), _("Title"))
        return output.table(headings, cells) if cells else _("Nothing.")

    value = [{"kind": each.kind, "number": each.number, "title": each.title} for each in found]
    return Answer(value, text)
