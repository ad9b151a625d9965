"""A few articles for tests: one written anew, one in review, one that is due."""

from dataclasses import replace
from datetime import timedelta

from boconsole.knowledge import reviewing, using, writing
from boconsole.knowledge.writing import NewArticle
from boconsole.session import Session
from boconsole.tickets import creating, setting_up
from boconsole.tickets.rows import NewTicket
from tests.people import add_agent

VPN = """Most drops come from the router at home.

1. Place the laptop near the router, or use a cable.
2. Choose **Settings > IPv4 only**.

> Public Wi-Fi often blocks VPN; use the *hotspot* of a telephone."""


def build(session: Session) -> None:
    """Write them, by Ann; the one who acts publishes."""
    setting_up.add_category(session, "Network / VPN")
    setting_up.add_category(session, "Hardware / Printers")
    ann = add_agent(session, "ann")
    old = timedelta(days=400)
    _publish(
        replace(ann, clock=lambda: session.now() - old),
        replace(session, clock=lambda: session.now() - old),
        NewArticle("Paper jam without paper", "Wipe the *sensors*.", "public",
                   "Hardware / Printers", "printer"),
    )  # fmt: skip
    _publish(ann, session, NewArticle("VPN drops at home", VPN, "public", "Network / VPN", "vpn"))
    row = writing.edit(
        ann, _row(2), {"body": VPN.replace("near the router", "in the room of the router")},
        "Clearer about the place",
    ).row  # fmt: skip
    reviewing.submit(ann, [row])
    writing.create(ann, NewArticle("VPN gateway: restart", "Never both.", "internal"))
    ticket = creating.create(ann, NewTicket("VPN drops every hour"))
    using.link(ann, 2, ticket.id)
    using.vote(session, 2, helpful=True)


def _publish(author: Session, publisher: Session, new: NewArticle) -> None:
    made = writing.create(author, new)
    reviewing.publish(publisher, [reviewing.submit(author, [made.row])[0].row])


def _row(article_id: int):  # type: ignore[no-untyped-def]
    from boconsole.knowledge import reading

    return reading.again(article_id).row
