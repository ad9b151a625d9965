"""Mail in the administration: what is to go out, what was set aside, queues of addresses."""

from __future__ import annotations

from boconsole.language import N_, _
from boconsole.mail import keeping
from boconsole.mail.words import OUTCOMES, STATES
from boconsole.session import Session
from boconsole.tickets import choosing
from boconsole.tickets.words import number
from screens.admin.parts import Item, Part, Values
from screens.cells import clock, moment
from screens.entries import Field

OUTBOX, LETTERS = "outbox", "letters"


def _outbox(session: Session) -> list[Item]:
    return [
        Item(
            f"{row.id} {row.recipient}",
            " · ".join(filter(None, (_(STATES[row.state]),
                                     number(row.ticket_id) if row.ticket_id else "", row.reason,
                                     row.subject.rpartition("] ")[2]))),
            {"id": row.id},
        )
        for row in keeping.list_outbox(session)
    ]  # fmt: skip


def _letters(session: Session) -> list[Item]:
    def came(row: keeping.LetterRow) -> str:
        there = row.received_at.astimezone(session.zone)
        return clock(there) if there.date() == session.now().date() else moment(there)

    nobody = _("nobody")
    return [
        Item(
            f"{row.id} {row.sender or nobody}",
            " · ".join(filter(None, (_(OUTCOMES[row.outcome]), came(row), row.subject,
                                     row.reason))),
            {"id": row.id},
        )
        for row in keeping.list_letters(session)
    ]  # fmt: skip


def _routes(session: Session) -> list[Item]:
    return [Item(row.address, row.queue, row._asdict()) for row in keeping.routes(session)]


def _route_fields(session: Session) -> list[Field]:
    queues = [(name, name) for name in choosing.queues(session)]
    return [
        Field("address", N_("Mail address"), required=True, hint="help@example.com"),
        Field("queue", N_("Queue"), "choice", choices=queues, required=True),
    ]


def _save_route(session: Session, values: Values) -> object:
    return keeping.set_route(session, str(values["address"]), str(values["queue"]))


PARTS = (
    Part(OUTBOX, N_("Mail that goes out"),
         N_("What waits or failed: A sends it again, D gives up."),
         _outbox, remove=lambda session, name: keeping.drop_mail(session, int(name)),
         permission="ticket.reply"),
    Part(LETTERS, N_("Mail that was set aside"),
         N_("Not understood or our own: A takes in, D removes."),
         _letters, remove=lambda session, name: keeping.drop_letter(session, int(name)),
         permission="mail.configure"),
    Part("route", N_("Mail and queues"), N_("Which queue the mail for an address goes to."),
         _routes, _route_fields, _save_route, keeping.remove_route, "mail.configure"),
)  # fmt: skip
