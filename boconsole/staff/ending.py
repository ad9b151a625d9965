"""When contracts, certificates and documents of people end."""

from collections.abc import Iterator
from datetime import date

from boconsole.ending import Ending
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import privacy, words
from db.staff import facts, people

PARTS = ("certificate", "identity", "enrolment")


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return contracts that are not renewed, and parts that end, of those who are seen.

    Of identity numbers only the end is told, and only to those who may see them of everyone.
    """
    return list(_found(session, first, last))


def _found(session: Session, first: date, last: date) -> Iterator[Ending]:
    seen = privacy.scope(session)
    contracts = [one for one in facts.select_contracts_ending(first, last)
                 if seen.sees(one.head.employee_id)]  # fmt: skip
    kinds = [kind for kind in PARTS if not words.PARTS[kind].group
             or privacy.may_see_all(session, words.PARTS[kind].group)]  # fmt: skip
    parts = [one for one in facts.select_parts(kinds, first, last)
             if seen.sees(one.head.employee_id)]  # fmt: skip
    ids = sorted({one.head.employee_id for one in contracts}
                 | {one.head.employee_id for one in parts})  # fmt: skip
    names = {row.id: row.name for row in people.select_all(ids)}
    for contract in contracts:
        head = contract.head
        if head.ends_on is not None:
            about = _(words.CONTRACTS[contract.kind])
            yield Ending(head.ends_on, "contract", words.number(head.employee_id),
                         names[head.employee_id], about, words.AREA)  # fmt: skip
    for part in parts:
        head = part.head
        if head.ends_on is not None:
            about = f"{_(words.PARTS[part.kind].title)} {part.name}"
            yield Ending(head.ends_on, "document", words.number(head.employee_id),
                         names[head.employee_id], about, words.AREA)  # fmt: skip
