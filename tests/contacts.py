"""People and organisations for tests and pictures, on the documents of `tests.dealings`."""

from __future__ import annotations

from boconsole.contacts import changing, reading
from boconsole.contacts.changing import Ref
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket


def build(session: Session) -> None:
    """Give Acme a person twice, ways, an address, notes and a ticket."""
    acme = Ref(reading.find(session, "organisation", "Acme"))
    changing.edit(session, "organisation", acme, {
        "domain": "acme.example", "country": "NL", "phone": "020 555 0100", "vip": True,
        "website": "https://acme.example", "tags": "gold, retail", "payment_days": 14,
        "support_note": "Call before anything is restarted.",
    })  # fmt: skip
    changing.add_address(session, "organisation", acme, "delivery", "Gate 3\nHavenweg 7\nRotterdam")
    changing.add_channel(session, "organisation", acme, "mail", "billing@acme.example", "invoices")
    changing.add(session, "organisation", {
        "name": "Acme B.V.", "kind": "customer", "domain": "acme.example",
    })  # fmt: skip
    creating.create(session, NewTicket(
        "Scanner hangs at gate 3", "", {"requester": "Ann Lee <ann@acme.example>"},
    ))  # fmt: skip
    ann = Ref(reading.find(session, "contact", "ann@acme.example"))
    changing.edit(session, "contact", ann, {"organisation": "Acme", "title": "Warehouse",
                                            "phone": "+31 6 12345678", "vip": True})  # fmt: skip
    changing.add_note(session, "contact", ann, "Prefers mornings.\n\n- speaks Dutch and English")
    changing.add(session, "contact", {"name": "Lee, Ann", "email": "a.lee@acme.example",
                                      "organisation": "Acme", "title": "Buyer"})  # fmt: skip
    changing.add(session, "contact", {"name": "Bo Jansen", "organisation": "Acme"})
