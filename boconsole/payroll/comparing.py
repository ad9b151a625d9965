"""What differs from the month before, and why: each difference has its cause.

The causes come from what both slips rest on, which is kept with them.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boconsole.language import N_, _, decimal
from boconsole.money import from_minor
from boconsole.payroll import citing, reading, running
from boconsole.payroll.computing import facts_of, lines_of
from boconsole.payroll.rules.lines import Line
from boconsole.session import Session
from boconsole.staff import privacy
from boconsole.staff import words as staff_words
from db.payroll import runs as stored
from db.payroll.rows import RunRow, SlipRow

NET = "net"
Facts = Mapping[str, object]
Lines = Mapping[tuple[str, str, str], Line]
"""Lines by kind, code and name."""


class Difference(NamedTuple):
    """One thing that differs for one person.

    Attributes:
        code: Of the line; `net` for what is paid out.
        name: Of the line.
        before: Last month; None where it was not there.
        now: This month; None where it is not there.
        cause: Why, in words.
    """

    employee_id: int
    person: str
    code: str
    name: str
    before: int | None
    now: int | None
    cause: str

    @property
    def change(self) -> int:
        """What it changed by."""
        return (self.now or 0) - (self.before or 0)


class Before(NamedTuple):
    """What a run is compared with.

    Attributes:
        month: `2026-01`.
        runs: Their numbers, with commas: `PYR-0001, PYR-0002`.
        net: What was paid out to those who are compared, in smallest units.
    """

    month: str
    runs: str
    net: int


def compare(session: Session, run: RunRow) -> tuple[Before | None, list[Difference]]:
    """Return what came before, and what differs from it, by person.

    That is the last regular run of the group. Where all were paid together before, or in other
    groups, it is those of these runs who are in this one. A run of everybody is compared with all
    runs of the month before, without those who are paid elsewhere by now.
    """
    session.require(reading.RIGHT)
    earlier = stored.select_before(run.month, run.pay_group)
    now = stored.select_slips(run.id)
    people = {row.employee_id for row in now}
    others = running.elsewhere(run.month, run)
    past = [slip for row in earlier for slip in stored.select_slips(row.id)
            if slip.employee_id in people or (run.pay_group in ("", row.pay_group)
                                              and slip.employee_id not in others)]  # fmt: skip
    ids = sorted(people | {row.employee_id for row in past})
    privacy.looked(session, [staff_words.PAY], ids, f"comparison of {run.number}")
    if not past:
        return None, []
    known = {slip.run_id for slip in past}
    runs = ", ".join(row.number for row in earlier if row.id in known)
    before = Before(earlier[0].title, runs, sum(row.net for row in past))
    return before, differences(past, now, run.digits)


def differences(before: Sequence[SlipRow], now: Sequence[SlipRow], digits: int) -> list[Difference]:
    """Return what differs between two months, by name of the person.

    Args:
        before: Slips of the earlier month.
        now: Of the later one.
        digits: Behind the point of their amounts.
    """
    old = {row.employee_id: row for row in before}
    new = {row.employee_id: row for row in now}
    people = sorted({*old, *new}, key=lambda one: ((new.get(one) or old[one]).name, one))
    return [each for one in people for each in _of_person(old.get(one), new.get(one), digits)]


def _of_person(old: SlipRow | None, new: SlipRow | None, digits: int) -> list[Difference]:
    row = new or old
    assert row is not None
    if old is None or new is None:
        cause = _gone(old) if old is not None else _joined(row)
        return [Difference(row.employee_id, row.name, NET, N_("Paid out"),
                           old.net if old else None, new.net if new else None, cause)]  # fmt: skip
    found = []
    was, has = _by_name(old), _by_name(new)
    facts = (facts_of(old), facts_of(new))
    for key in dict.fromkeys((*has, *was)):
        one, other = was.get(key), has.get(key)
        if (one.amount if one else 0) == (other.amount if other else 0):
            continue
        line = other or one
        assert line is not None
        found.append(Difference(
            row.employee_id, row.name, line.code, line.name, one.amount if one else None,
            other.amount if other else None, _cause(one, other, facts, digits),
        ))  # fmt: skip
    if old.net != new.net:
        causes = dict.fromkeys(
            each.cause for each in found if _is_own(was, has, each.code, each.name)
        )
        found.append(Difference(row.employee_id, row.name, NET, N_("Paid out"), old.net, new.net,
                                "; ".join(causes)))  # fmt: skip
    return found


def _is_own(was: Lines, has: Lines, code: str, name: str) -> bool:
    """Return whether a line differs by itself, not because the pay that it is taken of does."""
    for kind in ("earning", "deduction"):
        old, new = was.get((kind, code, name)), has.get((kind, code, name))
        if (old or new) and code not in ("tax_allowance", "borne"):
            return code == "salary" or old is None or new is None or old.base == new.base
    return False


def _by_name(row: SlipRow) -> dict[tuple[str, str, str], Line]:
    """Return the lines of a slip that move money, those of one name together."""
    found: dict[tuple[str, str, str], Line] = {}
    for line in lines_of(row):
        if line.kind != "working":
            key = (str(line.kind), line.code, line.name)
            had = found[key].amount if key in found else 0
            found[key] = line._replace(amount=had + line.amount)
    return found


def _joined(row: SlipRow) -> str:
    facts = facts_of(row)
    first = str(facts.get("from", ""))
    if first and not first.endswith("-01"):
        return _("joined on {day}").format(day=first)
    return _("new in this group")


def _gone(row: SlipRow | None) -> str:
    facts = facts_of(row) if row else {}
    if facts.get("settled"):
        return _("left on {day}").format(day=facts.get("to"))
    return _("not in this group any more")


def _cause(old: Line | None, new: Line | None, facts: tuple[Facts, Facts], digits: int) -> str:
    """Return why a line differs."""
    was, has = facts
    line = new or old
    assert line is not None
    if line.code == "salary":
        return _salary(was, has)
    if old is None:
        return _("new: {source}").format(source=citing.source(line.source))
    if new is None:
        return _("was there last month only: {source}").format(source=citing.source(old.source))
    if line.code in ("tax", "tax_allowance", "borne"):
        return _tax(old, new, facts, digits)
    if old.rate != new.rate and old.base == new.base:
        return _("rate {old}, now {new}: {source}").format(
            old=old.rate or "-", new=new.rate or "-", source=citing.source(new.source))  # fmt: skip
    if old.source != new.source:
        return _("other rule: {source}").format(source=citing.source(new.source))
    if old.base != new.base:
        return _("its base changed: {cause}").format(cause=_salary(was, has))
    return _("its amount changed: {source}").format(source=citing.source(new.source))


def _salary(was: Mapping[str, object], has: Mapping[str, object]) -> str:
    if was.get("salary") != has.get("salary"):
        return _("salary changed on {day}").format(day=has.get("since"))
    whole, was_whole = (each.get("days") == each.get("of") for each in (has, was))
    if not (whole and was_whole) and was.get("days") != has.get("days"):
        text = _("employed for the whole month") if whole else _("employed {first} to {last}")
        return text.format(first=has.get("from"), last=has.get("to"))
    return _("fixed allowances changed")


def _tax(old: Line, new: Line, facts: tuple[Facts, Facts], digits: int) -> str:
    was, has = facts
    if has.get("settled") and not was.get("settled"):
        return _("the year is settled")
    if was.get("settled") and not has.get("settled"):
        return _("the year was settled last month")
    if was.get("rules") != has.get("rules"):
        return _("rules {old}, now {new}").format(old=was.get("rules"), new=has.get("rules"))
    if was.get("status") != has.get("status"):
        return _("status {old}, now {new}").format(old=was.get("status"), new=has.get("status"))
    if was.get("rate") != has.get("rate"):
        return _("other band: {old} % of {base}, now {new} % of {now}").format(
            old=was.get("rate"), new=has.get("rate"), base=_money(old.base, digits),
            now=_money(new.base, digits),
        )  # fmt: skip
    return _("taxable income changed")


def _money(amount: int, digits: int) -> str:
    return decimal(from_minor(amount, digits), digits)
