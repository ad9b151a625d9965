"""Relations between tickets: parent of, duplicate of, blocks, caused by.

Parents and blockers never form a circle: whoever links takes the end of the audit trail first,
so that no two do at once.
"""

from boconsole import audit
from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.errors import LinkError, MergedTicketError
from boconsole.tickets.rows import Done, LinkLine, Ref
from boconsole.tickets.words import LINK_BACK, LINKS, number, one_of
from db import audit as trail
from db import connection
from db.tickets import records, relations
from db.tickets.relations import LinkRow

ORDERED = ("parent_of", "blocks")
BACK = {back: kind for kind, back in LINK_BACK.items()}


def link(session: Session, ticket_id: int, kind: str, other_id: int, *, undoes: int = 0) -> Done:
    """Link a ticket to another; `child_of` and the like are taken the other way round.

    `undoes` is the operation that this one takes back, if any.

    Raises:
        LinkError: To itself, twice, or in a circle.
    """
    session.require("ticket.edit")
    row = _row(ticket_id, kind, other_id)
    with connection.transaction():
        trail.take_head()
        _check(row)
        if not relations.add_link(row):
            raise LinkError(_("{ticket} is linked so already.").format(ticket=number(row.ticket)))
        return _record(session, "ticket.link", row, None, row.kind, undoes)


def unlink(session: Session, ticket_id: int, kind: str, other_id: int, *, undoes: int = 0) -> Done:
    """Remove a link; `undoes` as for `link`."""
    session.require("ticket.edit")
    row = _row(ticket_id, kind, other_id)
    with connection.transaction():
        if not relations.remove_link(row):
            raise NotFoundError(
                _("such link from {ticket} to {other}").format(
                    ticket=number(row.ticket), other=number(row.other)
                )
            )
        return _record(session, "ticket.unlink", row, row.kind, None, undoes)


def _row(ticket_id: int, kind: str, other_id: int) -> LinkRow:
    kind = one_of("link", kind, (*LINKS, *BACK))
    if kind in BACK:
        return LinkRow(other_id, ticket_id, BACK[kind])
    return LinkRow(ticket_id, other_id, kind)


def _check(row: LinkRow) -> None:
    if row.ticket == row.other:
        raise LinkError(_("{ticket} cannot be linked to itself.").format(ticket=number(row.ticket)))
    found = records.select_records([row.ticket, row.other])
    for ticket_id in row[:2]:
        if ticket_id not in found:
            raise NotFoundError(_("ticket {number}").format(number=number(ticket_id)))
        if found[ticket_id].state == "merged":
            raise MergedTicketError(ticket_id, found[ticket_id].merged_into_id or 0)
    if row.kind in ORDERED and row.ticket in _reached(row.other, row.kind):
        raise LinkError(
            _("{other} stands above {ticket} already; that would be a circle.").format(
                other=number(row.other), ticket=number(row.ticket)
            )
        )


def _reached(start: int, kind: str) -> set[int]:
    """Return every ticket that links of a kind lead to."""
    reached: set[int] = set()
    step = [start]
    while step:
        step = [each for each in relations.select_children(step, kind) if each not in reached]
        reached.update(step)
    return reached


def _record(
    session: Session,
    action: str,
    row: LinkRow,
    before: str | None,
    after: str | None,
    undoes: int,
) -> Done:
    def told(kind: str | None, to: int, *, back: bool) -> str | None:
        return None if kind is None else f"{LINK_BACK[kind] if back else kind} {number(to)}"

    lines = [
        audit.Line(row.ticket, {"link": (told(before, row.other, back=False),
                                         told(after, row.other, back=False))}),
        audit.Line(row.other, {"link": (told(before, row.ticket, back=True),
                                        told(after, row.ticket, back=True))}),
    ]  # fmt: skip
    operation = audit.record(session, action, "ticket", lines, undoes=undoes)
    return Done(operation, (Ref(row.ticket), Ref(row.other)))


def links_of(ticket_id: int) -> tuple[LinkLine, ...]:
    """Return the links of a ticket as seen from it."""
    rows = relations.select_links(ticket_id)
    others = {row.other if row.ticket == ticket_id else row.ticket for row in rows}
    found = records.select_records(sorted(others))
    lines = []
    for row in rows:
        outward = row.ticket == ticket_id
        other = found[row.other if outward else row.ticket]
        kind = row.kind if outward else LINK_BACK[row.kind]
        lines.append(LinkLine(kind, other.id, other.subject, other.state))
    return tuple(lines)
