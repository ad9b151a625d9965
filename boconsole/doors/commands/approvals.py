"""What waits for an approval, by command."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.ledger.approvals import Waiting


def waiting(call: Call) -> Answer:
    """List all that waits for an approval, of every kind, the oldest first."""
    from boconsole import approvals

    session = call.session()
    found = approvals.waiting(session, " ".join(call.words.words))
    me = session.user.login
    rows = [
        (row.title, row.number, str(row.dated), _about(row), ", ".join(_sums(row)), row.preparer,
         ", ".join(_("you") if login == me else login for login in row.approvers) or "-")
        for row in found
    ]  # fmt: skip
    headings = (_("Kind"), _("Number"), _("Date"), _("About"), _("Sum"), _("Prepared by"),
                _("May approve"))  # fmt: skip
    told = output.table(headings, rows) if rows else _("Nothing waits for an approval.")
    return Answer([_record(row, me) for row in found], told)


def _about(row: "Waiting") -> str:
    return " | ".join(part for part in (row.contact, row.about) if part)


def _sums(row: "Waiting") -> list[str]:
    return [f"{plain(each.amount, each.precision)} {each.commodity}" for each in row.sums]


def _record(row: "Waiting", me: str) -> dict[str, object]:
    sums = [{"amount": plain(each.amount, each.precision), "commodity": each.commodity}
            for each in row.sums]  # fmt: skip
    return {
        "kind": row.kind, "id": row.id, "number": row.number, "date": row.dated,
        "contact": row.contact, "about": row.about, "sums": sums, "prepared_by": row.preparer,
        "may_approve": list(row.approvers), "you": me in row.approvers,
    }  # fmt: skip
