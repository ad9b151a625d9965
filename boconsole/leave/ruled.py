"""A rule of leave in words, and as the fields of a form."""

from collections.abc import Mapping

from boconsole.language import N_, _, ngettext
from boconsole.leave import quantities
from boconsole.leave.rules import ANNIVERSARY, NO_LIMIT, Rule

GRANTS = (("yearly", N_("every year")), ("monthly", N_("a twelfth a month")))
PRORATIONS = (
    ("none", N_("counts in full")), ("months", N_("by months")), ("days", N_("by days")),
)  # fmt: skip
ROUNDINGS = (
    ("exact", N_("to hundredths")), ("half-up", N_("up to half days")),
    ("half-nearest", N_("to the nearest half")), ("half-down", N_("down to half days")),
    ("whole-up", N_("up to whole days")), ("whole-nearest", N_("to the nearest day")),
    ("whole-down", N_("down to whole days")),
)  # fmt: skip
COUNTS = (("working", N_("working days")), ("calendar", N_("calendar days")))
AMOUNTS = ("maximum", "overdraw", "longest")
SWITCHES = ("halves", "paid", "private", "joint_leave")


def sentences(rule: Rule) -> list[str]:
    """Return what a rule says, one thing after the other."""
    found = [*_granted(rule), *_kept(rule)]
    if rule.longest:
        found.append(_("At most {n} at once.").format(n=_amount(rule.longest, rule)))
    if rule.notice:
        found.append(_("Asked for {n} days ahead.").format(n=rule.notice))
    if rule.counts == "calendar":
        found.append(_("Counts calendar days."))
    if rule.halves:
        found.append(_("Half days and hours can be taken."))
    if not rule.paid:
        found.append(_("Not paid."))
    if rule.joint_leave:
        found.append(_("Joint leave is taken from it."))
    if rule.private:
        found.append(_("Notes are health data."))
    return [*found, rule.source] if rule.source else found


def _granted(rule: Rule) -> list[str]:
    grant = rule.grant
    if not rule.has_balance:
        return [_("No balance is counted.")]
    amount = quantities.shown(grant.amount)
    if grant.by_service:
        amount = ", ".join(
            _("{n} from year {year} on").format(n=quantities.shown(each), year=years)
            for years, each in grant.by_service
        )
    if grant.weeks:
        amount = _("{n} weeks").format(n=amount)
    found = [_("{n} a year.").format(n=amount) if grant.kind == "yearly"
             else _("{n} a year, a twelfth each month.").format(n=amount)]  # fmt: skip
    if grant.after_months:
        found.append(
            ngettext("First after {n} month of service.", "First after {n} months of service.",
                     grant.after_months).format(n=grant.after_months)
        )  # fmt: skip
    start = _("the day of joining") if grant.year == ANNIVERSARY else grant.year
    found.append(_("Leave year from {start}.").format(start=start))
    if grant.prorate != "none":
        told = dict(PRORATIONS)[grant.prorate]
        rounding = dict(ROUNDINGS)[grant.rounding]
        found.append(_("Parts of a year count {how}, {rounding}.").format(
            how=_(told), rounding=_(rounding)))  # fmt: skip
    return found


def _kept(rule: Rule) -> list[str]:
    if not rule.has_balance:
        return []
    found = []
    if rule.carry:
        kept = _("All") if rule.carry == NO_LIMIT else _amount(rule.carry, rule)
        told = _("{n} can be carried over for {months} months.") if rule.carry_months else _(
            "{n} can be carried over for ever.")  # fmt: skip
        found.append(told.format(n=kept, months=rule.carry_months))
    if rule.maximum:
        found.append(_("Never more than {n}.").format(n=_amount(rule.maximum, rule)))
    if rule.overdraw:
        found.append(_("May be {n} below nothing.").format(n=_amount(rule.overdraw, rule)))
    return found


def _amount(amount: int, rule: Rule) -> str:
    from boconsole.leave.explaining import amount as told

    return told(amount, rule.unit)


def values_of(rule: Rule) -> dict[str, object]:
    """Return a rule as the fields of a form."""
    grant, empty = rule.grant, {name: getattr(rule, name) for name in AMOUNTS}
    return {
        "amount": quantities.plain(grant.amount) if rule.has_balance else "",
        "kind": grant.kind if rule.has_balance else "yearly", "year": grant.year,
        "after_months": str(grant.after_months or ""), "prorate": grant.prorate,
        "rounding": grant.rounding,
        "carry": "all" if rule.carry == NO_LIMIT else
                 quantities.plain(rule.carry) if rule.carry else "",
        "carry_months": str(rule.carry_months or ""),
        **{name: quantities.plain(value) if value else "" for name, value in empty.items()},
        "counts": rule.counts, **{name: getattr(rule, name) for name in SWITCHES},
        "source": rule.source,
    }  # fmt: skip


def table_of(before: Rule, given: Mapping[str, object]) -> dict[str, object]:
    """Return the table of a rule as a form gives it; what no field shows stays as it was."""
    table = before.to_table()
    old = table.pop("grant", {})
    grant = dict(old) if isinstance(old, Mapping) else {}
    text = {name: str(value or "").strip() for name, value in given.items()
            if not isinstance(value, bool)}  # fmt: skip
    for name in ("prorate", "rounding", "year"):
        if text.get(name):
            grant[name] = text[name]
    for name, place in (("after_months", grant), ("carry_months", table)):
        place.pop(name, None)
        if text.get(name):
            place[name] = _months(name, text[name])
    for name in ("carry", *AMOUNTS):
        table.pop(name, None)
        if text.get(name):
            table[name] = text[name]
    if text.get("amount"):
        grant |= {"kind": text.get("kind") or "yearly", "amount": text["amount"]}
    elif not before.grant.by_service:
        grant = {"kind": "none"}
    for name in SWITCHES:
        if name in given:
            table[name] = bool(given[name])
    for name in ("counts", "source"):
        if name in text:
            table[name] = text[name]
    return {**table, "grant": grant}


def _months(field: str, text: str) -> int:
    from boconsole.leave import typing

    return typing.whole(text, field)
