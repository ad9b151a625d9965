"""Proof that what is kept of people is what was written down, and fits together."""

from collections.abc import Iterator

from boconsole import audit
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import checks, privacy, words
from boconsole.staff.writing import FACTS, group_of, kind_of, sealed_values
from db import audit as trail
from db.staff import facts, people
from db.staff.rows import FactRow


def faults(session: Session) -> list[str]:
    """Return what is wrong, "" for nothing; private values stay unsaid.

    Every fact must have been written down once, private ones with the seal that they have now;
    what was written down must be there; spans of a person must lie apart, and nobody be above
    themselves.
    """
    session.require(privacy.READ)
    return [*_unsealed(), *_overlapping(), *_circles()]


def _unsealed() -> Iterator[str]:
    seals, named = _written()
    for kind in facts.SHAPES:
        for row in facts.select_ever(kind):
            name = f"{kind}#{row.head.id}"
            who = words.number(row.head.employee_id)
            if name not in named:
                yield _("{number}: {name} was never written down").format(number=who, name=name)
            elif group_of(row) and _seal(row) not in seals:
                yield _("{number}: {name} is not as it was written down").format(
                    number=who, name=name
                )
            named.discard(name)
    for name in sorted(named):
        yield _("{name} was written down and is gone").format(name=name)


def _seal(row: FactRow) -> str:
    return f"{kind_of(row)} " + privacy.seal(row.head.id, row.head.salt, sealed_values(row))


def _written() -> tuple[set[str], set[str]]:
    """Return the seals of the trail, each after the kind of its table, and the facts it names."""
    seals: set[str] = set()
    named: set[str] = set()
    for line in trail.select_of(words.AREA):
        for change in audit.entry_of(line).changes:
            if change.field == FACTS:
                named.update(str(name) for name in change.after or ())  # type: ignore[attr-defined]  # a list
            elif change.field in (*words.FACTS, *words.PARTS):
                kind = "part" if change.field in words.PARTS else change.field
                seals.update(f"{kind} {text}" for text in str(change.after or "").split("; "))
    return seals, named


def _overlapping() -> Iterator[str]:
    for kind in ("employment", "contract"):
        before: FactRow | None = None
        for row in facts.select_all(kind):
            head = row.head
            if before is not None and before.head.employee_id == head.employee_id:
                ends = before.head.ends_on
                if ends is None or ends >= head.starts_on:
                    yield _("{number}: two of {kind} hold on {day}").format(
                        number=words.number(head.employee_id), kind=kind, day=head.starts_on
                    )
            before = row


def _circles() -> Iterator[str]:
    above: dict[int, list[checks.Segment]] = {}
    for one, starts, manager in people.select_managers():
        above.setdefault(one, []).append((starts, manager))
    for one in above:
        if checks.circle(one, above) is not None:
            yield _("{number} is above themselves").format(number=words.number(one))
