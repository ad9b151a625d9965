"""To which ticket a message belongs, and whether its writer has a say there.

A number in a subject is typed by anybody: it is followed, but who is no party to the ticket
leaves a note for the agents, and changes nothing.
"""

from typing import NamedTuple

from boconsole.mail.reading import Letter
from db.mail import letters, outbox, places
from db.tickets import names, records, relations
from db.tickets.records import TicketRecord

CHAIN = 20
"""How often a merged ticket is followed into another."""


class Home(NamedTuple):
    """The ticket of a message; `is_party` when its writer has a say there."""

    ticket: TicketRecord
    is_party: bool


def home_of(letter: Letter, *, trusted: bool = True) -> Home | None:
    """Return the ticket that a message belongs to; None when it begins a new one.

    Who is not trusted to be the writer has a say nowhere.

    The number in the subject stands before the thread, as in the best known helpdesks; where
    the writer is a party to only one of the two, that one is taken.
    """
    address = letter.sender.address if letter.sender else ""
    found = [
        Home(ticket, trusted and is_party(ticket, address))
        for ticket in (_ticket(letter.number), _ticket(by_thread(letter.related)))
        if ticket is not None
    ]
    if not found:
        return None
    return next((home for home in found if home.is_party), found[-1])


def by_thread(message_ids: tuple[str, ...]) -> int:
    """Return the ticket of the nearest of some Message-IDs that is known, 0 for none."""
    if not message_ids:
        return 0
    known = letters.select_tickets(message_ids) | outbox.select_tickets(message_ids)
    return next((known[one] for one in message_ids if one in known), 0)


def _ticket(ticket_id: int) -> TicketRecord | None:
    """Return a ticket, or the one that it was merged into."""
    for _step in range(CHAIN):
        if not ticket_id:
            return None
        record = records.select_records([ticket_id]).get(ticket_id)
        if record is None or record.merged_into_id is None:
            return record
        ticket_id = record.merged_into_id
    return None


def ticket_of(message_ids: tuple[str, ...]) -> TicketRecord | None:
    """Return the ticket of the first of some Message-IDs that we sent."""
    known = outbox.select_tickets(message_ids)
    return _ticket(next((known[one] for one in message_ids if one in known), 0))


def is_party(ticket: TicketRecord, address: str) -> bool:
    """Return whether somebody has a say in a ticket.

    That is the requester, whoever is of the same organisation, watches it or was copied in.
    """
    if not address:
        return False
    if names.contact_email(ticket.requester_id) == address:
        return True
    if ticket.organisation_id and ticket.organisation_id == _organisation(address):
        return True
    user = names.user_id(address)
    if user is not None:
        login = names.user_login(user)
        return login in relations.select_watchers([ticket.id])[ticket.id]
    return places.is_participant(ticket.id, address)


def _organisation(address: str) -> int | None:
    known = names.contact(address)
    if known is not None:
        return known[1]
    return names.organisation_of_domain(address.rpartition("@")[2])
