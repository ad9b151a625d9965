"""Fixed assets by command: the register read, and assets that come, wear off and go."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.fixed_assets.depreciating import Plan
    from boconsole.fixed_assets.disposing import Disposal
    from boconsole.fixed_assets.reading import Asset, Line
    from boconsole.ledger.entries import JournalEntry
    from db.fixed_assets.rows import ClassRow

MONTH = re.compile(r"(\d{4})-(\d\d)")
COST = re.compile(r"(?P<number>[-+]?[0-9.]+)\s*(?P<code>\S.*)?")


# Classes


def put_class(call: Call) -> Answer:
    """Add a class, or change one."""
    from boconsole.fixed_assets import classes
    from boconsole.fixed_assets.classes import NewClass

    words = call.words
    new = NewClass(
        words.name, words.cost, words.accumulated, words.expense, words.result,
        words.method or "straight-line", whole_of(words.life or "0", "life"), words.rate,
        words.convention or "month", whole_of(words.every, "every"), words.group, words.surplus,
        words.with_use,
    )  # fmt: skip
    row = classes.put(call.session(), new)
    return Answer(_class_record(row), _("{name} is kept.").format(name=row.name))


def list_classes(call: Call) -> Answer:
    """List classes."""
    from boconsole.fixed_assets import classes, words

    found = classes.classes(call.session())

    def text() -> str:
        rows = [
            (row.name, _(words.METHOD_TITLES[row.method]), str(row.months or "-"), row.rate,
             _(words.CONVENTION_TITLES[row.convention]), row.cost, row.accumulated)
            for row in found
        ]  # fmt: skip
        headings = (_("Class"), _("Method"), _("Months"), _("Rate"), _("Convention"), _("Cost"),
                    _("Accumulated"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((2, 3))) if rows else _("Nothing.")

    return Answer([_class_record(row) for row in found], text)


def list_groups(call: Call) -> Answer:
    """List the fiscal groups."""
    from boconsole.fixed_assets.fiscal_groups import GROUPS, percent

    del call
    value = [
        {"group": each.code, "title": _(each.title), "months": each.months,
         "straight_line": percent(each.straight),
         "declining": percent(each.declining) if each.declining else None}
        for each in GROUPS
    ]  # fmt: skip
    rows = [[str("-" if cell is None else cell) for cell in each.values()] for each in value]
    headings = (_("Group"), _("Title"), _("Months"), _("Straight line"), _("Declining balance"))
    return Answer(value, lambda: output.table(headings, rows, right=frozenset((2, 3, 4))))


def _class_record(row: "ClassRow") -> dict[str, object]:
    return {
        "name": row.name, "method": row.method, "months": row.months, "rate": row.rate,
        "convention": row.convention, "every": row.every, "fiscal_group": row.fiscal_group,
        "cost": row.cost, "accumulated": row.accumulated, "expense": row.expense,
        "result": row.result, "surplus": row.surplus, "with_use": row.with_use,
    }  # fmt: skip


# Reading


def list_assets(call: Call) -> Answer:
    """List assets."""
    from boconsole.fixed_assets import matching, reading
    from boconsole.fixed_assets.exporting import record

    wanted = matching.matcher(" ".join(call.words.query))
    found = [asset for asset in reading.assets(call.session()) if wanted(asset)]

    def text() -> str:
        rows = [
            (each.number, each.row.name, each.row.class_name, str(each.row.in_use_on),
             *(plain(minor, each.row.precision) for minor in
               (each.row.booked, each.row.accumulated, each.book)),
             each.row.commodity, _state(each))
            for each in found
        ]  # fmt: skip
        headings = (_("Number"), _("Name"), _("Class"), _("In use"), _("Cost"), _("Accumulated"),
                    _("Book value"), _("Commodity"), _("State"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((4, 5, 6))) if rows else _("Nothing.")

    return Answer([record(each) for each in found], text)


def _state(asset: "Asset") -> str:
    from boconsole.fixed_assets.words import STATE_TITLES

    return _(STATE_TITLES[asset.state])


def show(call: Call) -> Answer:
    """Show an asset."""
    from boconsole.fixed_assets import reading

    return _asset(reading.get(call.session(), call.words.number))


def _asset(asset: "Asset") -> Answer:
    from boconsole.fixed_assets.exporting import record
    from boconsole.fixed_assets.words import CONVENTION_TITLES, METHOD_TITLES

    told = record(asset)
    shown = {**told, "state": _state(asset), "method": _(METHOD_TITLES[asset.row.method]),
             "convention": _(CONVENTION_TITLES[asset.row.convention])}  # fmt: skip
    pairs = [(name.replace("_", " "), str(value)) for name, value in shown.items()
             if value not in ("", None)]  # fmt: skip
    return Answer(told, lambda: output.pairs(pairs))


def schedule(call: Call) -> Answer:
    """Tell what wore off and what will, by period or by year."""
    from boconsole.fixed_assets import reading

    session = call.session()
    asset = reading.get(session, call.words.number)
    if call.words.fiscal:
        return _beside_tax(asset, call.words.fiscal, call.words.declining)
    lines = reading.history(session, asset)
    digits = asset.row.precision

    def text() -> str:
        from boconsole.fixed_assets.words import KIND_TITLES, LINE_STATES

        rows = [
            (str(each.day), each.month, _(KIND_TITLES[each.kind]), plain(each.amount, digits),
             plain(each.accumulated, digits), plain(each.book, digits),
             _(LINE_STATES[each.state]), each.entry)
            for each in lines
        ]  # fmt: skip
        headings = (_("Date"), _("Month"), _("What"), _("Amount"), _("Accumulated"),
                    _("Book value"), _("State"), _("Entry"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((3, 4, 5))) if rows else _("Nothing.")

    return Answer([_line_record(each, digits) for each in lines], text)


def _line_record(line: "Line", digits: int) -> dict[str, object]:
    return {
        "kind": "depreciation" if line.kind == "last" else line.kind, "date": line.day,
        "month": line.month, "amount": plain(line.amount, digits),
        "accumulated": plain(line.accumulated, digits), "book_value": plain(line.book, digits),
        "state": line.state, "entry": line.entry,
    }  # fmt: skip


def _beside_tax(asset: "Asset", group: str, declining: bool) -> Answer:
    from boconsole.fixed_assets import taxing

    years = taxing.beside_tax(asset, group, declining)
    digits = asset.row.precision
    value = [{"year": each.year, "book": plain(each.book, digits),
              "fiscal": plain(each.fiscal, digits),
              "difference": plain(each.book - each.fiscal, digits),
              "revalued": plain(each.revalued, digits),
              "book_value": plain(each.book_value, digits),
              "fiscal_value": plain(each.fiscal_value, digits)} for each in years]  # fmt: skip
    rows = [[str(cell) for cell in each.values()] for each in value]
    headings = (_("Year"), _("Book"), _("Fiscal"), _("Difference"), _("Revalued"),
                _("Book value"), _("Fiscal value"))  # fmt: skip
    return Answer(value, lambda: output.table(headings, rows, right=frozenset(range(1, 7))))


# Coming


def acquire(call: Call) -> Answer:
    """Take an asset into the register."""
    from boconsole.fixed_assets import acquiring
    from boconsole.fixed_assets.acquiring import NewAsset, Source
    from boconsole.fixed_assets.exporting import record

    words = call.words
    cost, currency = _cost(words.cost) if words.cost else (None, "")
    new = NewAsset(
        words.name, words.asset_class, parse_day(words.date), cost, currency,
        parse_day(words.in_use, field="in_use_on") if words.in_use else None,
        number_of(words.residual, "residual"),
        whole_of(words.life, "months") if words.life is not None else None, words.method,
        words.rate, words.convention, number_of(words.accumulated, "accumulated"),
        parse_day(words.through, field="through") if words.through else None, words.note,
    )  # fmt: skip
    asset = acquiring.acquire(call.session(), new, Source(words.against, words.entry, words.booked))
    told = _("{number} {name} is in the register.")
    if asset.row.waiting:
        told = _("{number} {name} waits for the approval of its entry by a colleague.")
    return Answer(record(asset), told.format(number=asset.number, name=asset.row.name))


def withdraw(call: Call) -> Answer:
    """Take an asset out of the register again."""
    from boconsole.fixed_assets import acquiring, reading
    from boconsole.fixed_assets.exporting import record

    session = call.session()
    asset = reading.get(session, call.words.number)
    asset = acquiring.withdraw(session, asset, call.words.reason)
    return Answer(record(asset), _("{number} is withdrawn.").format(number=asset.number))


def change(call: Call) -> Answer:
    """Change useful life or residual value, or write down or back."""
    from boconsole.fixed_assets import changing, reading
    from boconsole.fixed_assets.changing import Change
    from boconsole.ledger.checking import number_of_entry

    words, session = call.words, call.session()
    wanted = Change(
        whole_of(words.life, "months") if words.life else None,
        number_of(words.residual, "residual") if words.residual else None,
        number_of(words.write_down, "write_down"),
        number_of(words.write_back, "write_back"),
    )
    asset = reading.get(session, words.number)
    asset = changing.change(session, asset, parse_day(words.date), wanted, words.reason)
    answer = _asset(asset)
    if not asset.row.waiting:
        return answer
    waits = _("{number} stays as it is until a colleague has approved {entry}.")
    told = waits.format(number=asset.number, entry=number_of_entry(asset.row.waiting))
    return replace(answer, notes=(told,))


# Wearing off and going


def depreciate(call: Call) -> Answer:
    """Book a month's depreciation, or tell it."""
    from boconsole.fixed_assets import depreciating

    session, month = call.session(), _month(call.words.month)
    plan = depreciating.plan(session, month)
    value = [
        {"number": due.asset.number, "name": due.asset.row.name, "months": list(due.months),
         "amount": plain(due.amount, due.asset.row.precision),
         "commodity": due.asset.row.commodity}
        for due in plan.due
    ]  # fmt: skip
    waits = _("{number} waits for an entry that is not posted.")
    notes = tuple(waits.format(number=asset.number) for asset in plan.waiting)
    if call.words.dry_run:
        return Answer({"entry": None, "state": "", "assets": value}, lambda: _due(plan), notes)
    entry = depreciating.depreciate(session, month)
    told = ngettext(
        "{n} asset is depreciated by {entry}.", "{n} assets are depreciated by {entry}.", len(value)
    ).format(n=len(value), entry=entry.number)
    record = {"entry": entry.number, "state": entry.state, "assets": value}
    return Answer(record, f"{told}{approval([entry])}", notes)


def _due(plan: "Plan") -> str:
    rows = [
        (due.asset.number, due.asset.row.name, ", ".join(due.months),
         plain(due.amount, due.asset.row.precision), due.asset.row.commodity)
        for due in plan.due
    ]  # fmt: skip
    headings = (_("Number"), _("Name"), _("Months"), _("Amount"), _("Commodity"))
    return output.table(headings, rows, right=frozenset((3,))) if rows else _("Nothing.")


def approval(entries: "Sequence[JournalEntry]") -> str:
    """Return which entries wait for an approval, as a sentence to add; empty where none does."""
    drafts = [entry.number for entry in entries if entry.state == "draft"]
    waits = _("{entries} wait for the approval of a colleague.")
    return f" {waits.format(entries=', '.join(drafts))}" if drafts else ""


def dispose(call: Call) -> Answer:
    """Sell an asset, or scrap it, or tell what that would book."""
    from boconsole.fixed_assets import disposing, reading

    words, session = call.words, call.session()
    asset, day = reading.get(session, words.number), parse_day(words.date)
    proceeds = number_of(words.proceeds, "proceeds")
    plan = disposing.plan(session, asset, day, proceeds)
    if words.dry_run:
        return Answer(_disposal(plan, []), lambda: _told(plan))
    done = disposing.dispose(
        session, asset, day, proceeds=proceeds, to=words.to, reason=words.reason
    )
    record = _disposal(plan, [entry.number for entry in done])
    return Answer(record, f"{_told(plan)}{approval(done)}")


def _disposal(plan: "Disposal", entries: list[str]) -> dict[str, object]:
    digits = plan.asset.row.precision
    return {
        "number": plan.asset.number, "date": plan.day, "entries": entries,
        "depreciation": plain(plan.due.amount, digits),
        "accumulated": plain(plan.accumulated, digits),
        "book_value": plain(plan.asset.row.booked - plan.accumulated, digits),
        "proceeds": plain(plan.proceeds, digits), "result": plain(plan.result, digits),
        "commodity": plan.asset.row.commodity,
    }  # fmt: skip


def _told(plan: "Disposal") -> str:
    row = plan.asset.row
    told = _("{number}: book value {book}, proceeds {paid}, gain {result} {code}.")
    if plan.result < 0:
        told = _("{number}: book value {book}, proceeds {paid}, loss {result} {code}.")
    return told.format(
        number=plan.asset.number, book=plain(row.booked - plan.accumulated, row.precision),
        paid=plain(plan.proceeds, row.precision), result=plain(abs(plan.result), row.precision),
        code=row.commodity,
    )  # fmt: skip


def reverse(call: Call) -> Answer:
    """Take back what an entry of the register booked."""
    from boconsole.fixed_assets import booking

    words = call.words
    day = parse_day(words.date) if words.date else None
    done = booking.reverse(call.session(), words.entry, reason=words.reason, dated=day)
    numbers = [entry.number for entry in done]
    told = _("{entry} is taken back by {entries}.").format(
        entry=words.entry.strip().upper(), entries=", ".join(numbers)
    )
    return Answer({"reversed": words.entry, "entries": numbers}, f"{told}{approval(done)}")


# What is typed


def _month(text: str) -> date:
    found = MONTH.fullmatch(text.strip())
    if found and 1 <= int(found[2]) <= 12 and int(found[1]):
        return date(int(found[1]), int(found[2]), 1)
    raise InvalidChangeError("month", _("{text!r} is no month such as 2026-05").format(
        text=text[:20]))  # fmt: skip


def _cost(text: str) -> tuple[Decimal, str]:
    found = COST.fullmatch(text.strip())
    if not found or not found["code"]:
        raise InvalidChangeError("cost", _("{text!r} is no amount such as 4800 USD").format(
            text=text[:40]))  # fmt: skip
    return number_of(found["number"], "cost"), found["code"].strip()


def number_of(text: str, field: str) -> Decimal:
    """Return an amount as it was typed; raises InvalidChangeError."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidChangeError(field, _("{text!r} is no amount").format(text=text[:40]))
    return number


def whole_of(text: str, field: str) -> int:
    """Return a whole number as it was typed; raises InvalidChangeError."""
    if text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) < 6:
        return int(text)
    raise InvalidChangeError(field, _("{text!r} is no whole number").format(text=text[:20]))
