"""Internal control: what an auditor looks for first, as one run.

Faults break a rule of the books and make the run fail; hints are worth a look and prove nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import log10
from typing import NamedTuple

from boconsole.language import _
from boconsole.ledger import approving, checking, limits
from boconsole.ledger.balances import worths
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db.ledger import controls as stored
from db.ledger import entries
from db.ledger.controls import Named

FAULT, HINT = "fault", "hint"
SHOWN = 20
"""Entries that one test names at most."""
CHUNK = 500
"""Entries whose lines are read at once."""
ROUND = 1_000
"""Whole units of which a round sum is a multiple."""
BENFORD_LEAST = 500
"""Debits below which first digits say nothing."""
BENFORD_MOST = 0.015
"""Mean absolute deviation of the first digits from which they do not conform.

Source: M. J. Nigrini, Benford's Law (2012), table 7.1.
"""
DORMANT_MONTHS = 12


class Finding(NamedTuple):
    """What one test found.

    Attributes:
        test: `proof`, `duplicate`, `self-approval`, `unapproved`, `round-sum`, `weekend`,
            `benford`, `dormant`.
        severity: `fault` or `hint`.
        where: The number of an entry, an account, or nothing.
        reason: A sentence.
    """

    test: str
    severity: str
    where: str
    reason: str


def run(
    session: Session, starts: date, ends: date, others: Sequence[checking.Prover] = ()
) -> list[Finding]:
    """Run every test on the entries between two days, both included; faults come first.

    Args:
        session: Who asks.
        starts: The first day.
        ends: The last day.
        others: What is proved besides the books; see `checking.check`.
    """
    session.require("ledger.read")
    found = [
        *_proof(session, others),
        *_approvals(starts, ends),
        *_duplicates(starts, ends),
        *_round_sums(starts, ends),
        *_weekends(starts, ends),
        *_first_digits(starts, ends),
        *_dormant(session, ends),
    ]
    return sorted(found, key=lambda finding: finding.severity != FAULT)


def _proof(session: Session, others: Sequence[checking.Prover]) -> Iterator[Finding]:
    for fault in checking.check(session, others).faults:
        yield Finding("proof", FAULT, fault.where, fault.reason)


def _approvals(starts: date, ends: date) -> Iterator[Finding]:
    for named in stored.select_self_approved(starts, ends, SHOWN):
        reason = _("{number} was approved by who prepared it").format(number=_number(named))
        yield Finding("self-approval", FAULT, _number(named), reason)
    most = limits.read()
    if not most:
        return
    unapproved = stored.select_unapproved(starts, ends)
    for start in range(0, len(unapproved), CHUNK):
        days = dict(unapproved[start : start + CHUNK])
        for entry_id, lines in entries.select_postings_of(list(days)).items():
            if limit := approving.over(most, lines, days[entry_id]):
                number = _by_id(entry_id)
                reason = _("{number} is above {threshold} and was posted without an approval")
                yield Finding(
                    "unapproved", FAULT, number, reason.format(number=number, threshold=limit.text)
                )


def _duplicates(starts: date, ends: date) -> Iterator[Finding]:
    for day, description, ids in stored.select_twins(starts, ends, SHOWN):
        numbers = [_by_id(entry_id) for entry_id in ids[:SHOWN]]
        reason = _("{numbers} of {day} say the same: {description}").format(
            numbers=", ".join(numbers), day=day, description=description
        )
        yield Finding("duplicate", HINT, numbers[0], reason)


def _round_sums(starts: date, ends: date) -> Iterator[Finding]:
    for named in stored.select_round(starts, ends, ROUND, SHOWN):
        reason = _("{number} is a multiple of {units}").format(number=_number(named), units=ROUND)
        yield Finding("round-sum", HINT, _number(named), reason)


def _weekends(starts: date, ends: date) -> Iterator[Finding]:
    days = [(day, count) for day, count in stored.count_by_day(starts, ends) if day.weekday() > 4]
    for day, _count in days[-SHOWN:]:
        for named in stored.select_of_day(day, SHOWN):
            reason = _("{number} is dated on a weekend, {day}").format(
                number=_number(named), day=day
            )
            yield Finding("weekend", HINT, _number(named), reason)


def _first_digits(starts: date, ends: date) -> Iterator[Finding]:
    counts = stored.count_first_digits(starts, ends)
    if sum(counts.values()) < BENFORD_LEAST:
        return
    deviation = benford_deviation(counts)
    if deviation > BENFORD_MOST:
        reason = _(
            "the first digits of {count} debits do not follow Benford's law "
            "(mean deviation {deviation}, at most {most})"
        ).format(
            count=sum(counts.values()), deviation=f"{deviation:.4f}", most=f"{BENFORD_MOST:.4f}"
        )
        yield Finding("benford", HINT, "", reason)


def benford_deviation(counts: dict[int, int]) -> float:
    """Return the mean absolute deviation of first digits from Benford's law.

    Args:
        counts: How often each digit, 1 to 9, comes first.

    Source: F. Benford, The law of anomalous numbers (1938): digit d leads with log10(1 + 1/d).
    """
    total = sum(counts.values())
    return sum(
        abs(counts.get(digit, 0) / total - log10(1 + 1 / digit)) for digit in range(1, 10)
    ) / 9  # fmt: skip


def _dormant(session: Session, ends: date) -> Iterator[Finding]:
    last = stored.select_last_days()
    held = {worth.account.id: worth.account.path for worth in worths(session, ends, memo=False)
            if worth.account.kind in ("asset", "liability")}  # fmt: skip
    for account_id, path in held.items():
        day = last.get(account_id)
        if day is not None and _months(day, ends) > DORMANT_MONTHS:
            reason = _("{account} has a balance and no line since {month}").format(
                account=path, month=f"{day:%Y-%m}"
            )
            yield Finding("dormant", HINT, path, reason)


def _months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _number(named: Named) -> str:
    return entry_number(named.id, named.series, named.year, named.number)


def _by_id(entry_id: int) -> str:
    head = entries.find_entry(entry_id)
    if head is None:
        return f"#{entry_id}"
    return entry_number(head.id, head.series, head.year, head.number)


def failed(findings: Iterable[Finding]) -> bool:
    """Return whether a rule of the books is broken."""
    return any(finding.severity == FAULT for finding in findings)
