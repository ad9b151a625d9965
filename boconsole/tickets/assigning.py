"""Who gets a new ticket of a queue: in turn, or whoever has the fewest."""

from boconsole import audit
from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.words import one_of
from db import connection
from db.tickets import names, rules

METHODS = ("round_robin", "least_loaded")


def pick(queue_id: int | None) -> int | None:
    """Return the account that the rule of a queue gives the next ticket to, if it has one.

    In turn follows the order of the members; equal loads go to the first of them. Runs inside
    the transaction that makes the ticket.
    """
    rule = rules.select_assignment(queue_id) if queue_id else None
    members = names.select_members(queue_id) if rule and queue_id else []
    if rule is None or not members:
        return None
    if rule.method == "least_loaded":
        load = rules.select_load(members)
        return min(members, key=lambda member: (load[member], member))
    later = [member for member in members if member > (rule.last_user_id or 0)]
    chosen = (later or members)[0]
    rules.set_last_user(rule.id, chosen)
    return chosen


def set_rule(session: Session, queue: str, method: str) -> int:
    """Let tickets of a queue be given by `round_robin` or `least_loaded`."""
    session.require("ticket.configure")
    method = one_of("method", method, METHODS)
    with connection.transaction():
        queue_id = names.queue_id(queue)
        if queue_id is None:
            raise NotFoundError(_("queue {queue!r}").format(queue=queue))
        rules.put_assignment(queue_id, method)
        return audit.record(
            session, "queue.rule", "queue", [audit.Line(queue_id, {"method": (None, method)})]
        )
