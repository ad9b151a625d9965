"""Licences by command: seats and who has them, products and where they are."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.files import import_answer
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boconsole.licences.reading import Licence, Use
    from boconsole.session import Session

TEXTS = ("product", "kind", "maker", "category", "licensed_to", "licensed_email", "company",
         "supplier", "purchase_order", "order_number", "note")  # fmt: skip
DAYS = {"bought": "bought_on", "ends": "ends_on", "maintained_until": "maintained_until"}
NUMBERS = {"seats": "seats", "warn": "warn_days"}


# Licences


def new(call: Call) -> Answer:
    """Add a licence."""
    from boconsole.licences import changing
    from boconsole.licences.changing import Terms

    licence = changing.new(call.session(), Terms(**{"product": "", **_given(call)}))  # type: ignore[arg-type]  # checked
    return _one(licence, _("{number} {product} is added.").format(
        number=licence.number, product=licence.row.product))  # fmt: skip


def edit(call: Call) -> Answer:
    """Change a licence."""
    from boconsole.licences import changing, reading

    session = call.session()
    old = reading.get(session, call.words.number)
    given = _given(call)
    if not given:
        raise InvalidChangeError("licence", _("say what to change; see --help"))
    licence = changing.edit(session, old.row.id, old.row.version, given)
    return _one(licence, _("{number} is changed.").format(number=licence.number))


def _given(call: Call) -> dict[str, object]:
    """Return what was typed as terms of a licence."""
    words, found = call.words, dict[str, object]()
    found.update({name: value for name in TEXTS if (value := getattr(words, name)) is not None})
    for option, name in NUMBERS.items():
        if (text := getattr(words, option)) is not None:
            found[name] = whole(text, option)
    for option, name in DAYS.items():
        if (text := getattr(words, option)) is not None:
            found[name] = parse_day(text, field=option) if text else None
    if words.maintained_until is not None:
        found["maintained"] = bool(words.maintained_until)
    if words.reassignable is not None:
        found["reassignable"] = yes_or_no(words.reassignable, "reassignable")
    if words.cost is not None:
        found["cost"], found["currency"] = amount(words.cost) if words.cost else (None, "")
    return found


def list_licences(call: Call) -> Answer:
    """List licences."""
    from boconsole.licences.exporting import record

    found = _found(call.session(), " ".join(call.words.query))

    def text() -> str:
        from boconsole.licences.words import STATE_TITLES

        rows = [
            (one.number, one.row.product, str(one.row.seats), str(one.row.used), str(one.free),
             str(one.row.ends_on or "-"), _(STATE_TITLES[one.state]))
            for one in found
        ]  # fmt: skip
        headings = (_("Number"), _("Product"), _("Seats"), _("Used"), _("Free"), _("Ends"),
                    _("State"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((2, 3, 4))) if rows else _("Nothing.")

    return Answer([record(one) for one in found], text)


def _found(session: "Session", query: str) -> "list[Licence]":
    from boconsole.filters import whole as registers
    from boconsole.licences import asking, reading

    return registers.select(session, asking.LICENCES, query, reading.licences(session))


def show(call: Call) -> Answer:
    """Show a licence and its seats."""
    from boconsole.licences import reading
    from boconsole.licences.exporting import record, seat_record

    session = call.session()
    licence = reading.get(session, call.words.number)
    seats = reading.seats_of(session, licence.row.id)
    value = {**record(licence), "assigned": [seat_record(seat) for seat in seats]}

    def text() -> str:
        rows = [
            (str(seat.number), seat.email or seat.tag, seat.contact or seat.asset,
             output.local(seat.given_at, session.zone), output.local(seat.back_at, session.zone))
            for seat in seats
        ]  # fmt: skip
        headings = (_("Seat"), _("With"), _("Name"), _("Given"), _("Back"))
        table = output.table(headings, rows, right=frozenset((0,))) if rows else ""
        return f"{_facts(licence)}\n\n{table}".rstrip()

    return Answer(value, text)


def _facts(licence: "Licence") -> str:
    from boconsole.licences.exporting import record
    from boconsole.licences.words import KIND_TITLES, STATE_TITLES

    told = {**record(licence), "state": _(STATE_TITLES[licence.state]),
            "kind": _(KIND_TITLES[licence.row.kind])}  # fmt: skip
    told = {name: (_("yes") if value else _("no")) if isinstance(value, bool) else value
            for name, value in told.items()}  # fmt: skip
    return output.pairs([
        (name.replace("_", " "), str(value)) for name, value in told.items()
        if value not in ("", None)
    ])  # fmt: skip


def _one(licence: "Licence", told: str) -> Answer:
    from boconsole.licences.exporting import record

    return Answer(record(licence), told)


def retire(call: Call) -> Answer:
    """Take a licence out of use, or back."""
    from boconsole.licences import changing, reading

    session = call.session()
    licence = reading.get(session, call.words.number)
    licence = changing.retire(session, licence, back=call.words.back)
    told = _("{number} is in use again.") if call.words.back else _("{number} is retired.")
    return _one(licence, told.format(number=licence.number))


def key(call: Call) -> Answer:
    """Show the key of a licence, or keep a new one."""
    from boconsole.licences import reading, secrets

    session = call.session()
    licence = reading.get(session, call.words.number)
    if call.words.set:
        licence = secrets.keep(session, licence, sys.stdin.read())
        return _one(licence, _("The key of {number} is kept.").format(number=licence.number))
    secret = secrets.look(session, licence.row.id)
    return Answer({"number": licence.number, "key": secret}, secret or _("There is no key."))


def check(call: Call) -> Answer:
    """Prove the counts."""
    from boconsole.licences import checking

    call.session().require("licence.read")
    found = list(checking.faults())
    told = "\n".join(found) if found else _("All seats agree with their licences.")
    return Answer({"faults": found}, told, code=1 if found else 0)


# Seats


def assign(call: Call) -> Answer:
    """Give a seat."""
    from boconsole import holders
    from boconsole.licences import reading, seats
    from boconsole.licences.exporting import seat_record

    session = call.session()
    licence = reading.get(session, call.words.number)
    holder = holders.find(call.words.to)
    seat = seats.assign(session, licence.row.id, holder, call.words.note)
    told = _("{holder} has seat {seat} of {number} {product}.").format(
        holder=holder.told, seat=seat.number, number=licence.number, product=licence.row.product
    )
    return Answer({"number": licence.number, **seat_record(seat)}, told)


def release(call: Call) -> Answer:
    """Take a seat back."""
    from boconsole import holders
    from boconsole.licences import reading, seats

    session = call.session()
    licence = reading.get(session, call.words.number)
    holder = holders.find(call.words.to)
    seat = seats.release_of(session, licence.row.id, holder)
    now = reading.again(session, licence.row.id)
    told = _("Seat {seat} of {number} is back; {free} are free.").format(
        seat=seat.number, number=now.number, free=now.free
    )
    return _one(now, told)


# Products


def list_products(call: Call) -> Answer:
    """List how much of each product is used."""
    from boconsole.filters import whole as registers
    from boconsole.licences import asking, reading
    from boconsole.licences.exporting import use_record

    session = call.session()
    query = " ".join(call.words.query)
    found = registers.select(session, asking.PRODUCTS, query, reading.uses(session))

    def text() -> str:
        rows = [_use_cells(use) for use in found]
        headings = (_("Product"), _("Bought"), _("Used"), _("Free"), _("Installed"),
                    _("Without seat"), _("Next end"), _("State"))  # fmt: skip
        right = frozenset((1, 2, 3, 4, 5))
        return output.table(headings, rows, right=right) if rows else _("Nothing.")

    return Answer([use_record(use) for use in found], text)


def _use_cells(use: "Use") -> "Sequence[str]":
    from boconsole.licences.words import USE_TITLES

    row, state = use.row, _(USE_TITLES[use.state])
    if use.over:
        state = _("over-used by {n}").format(n=use.over)
    numbers = (row.bought, use.used, use.free, row.installed, row.uncovered)
    return (row.name, *map(str, numbers), str(row.next_end or "-"), state)


def show_product(call: Call) -> Answer:
    """Show a product, its licences and where it is."""
    from boconsole.licences import reading
    from boconsole.licences.exporting import installation_record, record, use_record

    session = call.session()
    use = reading.use_named(session, call.words.name)
    licences = reading.of_product(session, use.row.id)
    installed = reading.installed(session, use.row.id)
    value = {
        **use_record(use), "note": use.row.note, "bought_by": [record(one) for one in licences],
        "installed_on": [installation_record(row) for row in installed],
    }  # fmt: skip

    def text() -> str:
        pairs = [(name.replace("_", " "), str(cell)) for name, cell in use_record(use).items()
                 if cell not in ("", None)]  # fmt: skip
        rows = [
            (row.tag, row.asset, row.holder or "-", row.release or "-", str(row.installed_on),
             _("yes") if row.covered else _("NO"))
            for row in installed
        ]  # fmt: skip
        headings = (_("Asset"), _("Name"), _("With"), _("Release"), _("Installed"), _("Seat"))
        table = output.table(headings, rows) if rows else ""
        return f"{output.pairs(pairs)}\n\n{table}".rstrip()

    return Answer(value, text)


def install(call: Call) -> Answer:
    """Say that a product is on an asset."""
    from boconsole import holders
    from boconsole.licences import installing, reading
    from boconsole.licences.exporting import use_record

    session, words = call.session(), call.words
    asset = holders.asset(words.asset)
    installing.install(session, words.name, asset, _day(session, words.date),
                       release=words.release)  # fmt: skip
    use = reading.use_named(session, words.name)
    told = _("{product} is on {asset}.").format(product=use.row.name, asset=asset.told)
    return Answer(use_record(use), told, _over(use))


def _over(use: "Use") -> tuple[str, ...]:
    if not use.over:
        return ()
    return (_("{product} is over-used by {n}.").format(product=use.row.name, n=use.over),)


def remove(call: Call) -> Answer:
    """Say that a product is on an asset no more."""
    from boconsole import holders
    from boconsole.licences import installing, reading
    from boconsole.licences.exporting import use_record

    session, words = call.session(), call.words
    asset = holders.asset(words.asset)
    use = reading.use_named(session, words.name)
    installing.remove(session, use.row.id, asset, _day(session, words.date))
    told = _("{product} is on {asset} no more.").format(product=use.row.name, asset=asset.told)
    return Answer(use_record(reading.use_of(session, use.row.id)), told)


def _day(session: "Session", text: str) -> date:
    from boconsole.licences.reading import today_of

    return parse_day(text) if text else today_of(session)


# Files


def import_licences(call: Call) -> Answer:
    """Take licences in from a file by a map."""
    from boconsole.licences import importing

    words, session = call.words, call.session()
    with Progress(_("Licences read")) as progress:
        report = importing.import_licences(
            session, Path(words.file), Path(words.map), dry_run=words.dry_run,
            refused_path=Path(words.refused) if words.refused else None, progress=progress,
        )  # fmt: skip
    return import_answer(report, _("licences made"), _("licences would be made"))


def export(call: Call) -> Answer:
    """Write the licences that a query names to a file."""
    from boconsole.licences import exporting

    *query, name = call.words.words
    session = call.session()
    done = exporting.export(session, Path(name), _found(session, " ".join(query)))
    told = ngettext("{n} licence is in {path}.", "{n} licences are in {path}.", done)
    return Answer({"licences": done, "file": name}, told.format(n=done, path=name))


# What is typed


def whole(text: str, field: str) -> int:
    """Return a whole number; raises InvalidChangeError."""
    if text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) < 10:
        return int(text)
    raise InvalidChangeError(field, _("{text!r} is no whole number").format(text=text[:20]))


def yes_or_no(text: str, field: str) -> bool:
    """Return what yes or no says; raises InvalidChangeError."""
    if text.strip().lower() not in ("yes", "no"):
        raise InvalidChangeError(field, _("is yes or no"))
    return text.strip().lower() == "yes"


def amount(text: str) -> tuple[object, str]:
    """Return number and currency of `480 USD`; raises InvalidChangeError."""
    from boconsole.licences.typing import amount_of

    return amount_of(text, "")
