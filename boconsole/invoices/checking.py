"""The proof of documents: the ledger, open items and what cancels them say the same.

The control accounts hold what is open, by partner and currency, at every date: each entry moves
a control account by what its document or payment opened, and what cancels is of one partner.
"""

from collections.abc import Iterable, Iterator

from boconsole.invoices.posting import account_paths
from boconsole.invoices.words import invoice_number
from boconsole.invoices.worth import by_id
from boconsole.language import _
from boconsole.ledger.checking import Fault, number_of_entry
from boconsole.money import plain
from db.invoices import checks, documents
from db.invoices.checks import Movement

Key = tuple[int, int, int]


def faults() -> Iterator[Fault]:
    """Yield everything that does not hold."""
    yield from _entries()
    yield from _documents()
    yield from _open_items()
    yield from _every_day()


def _entries() -> Iterator[Fault]:
    paths, currencies = account_paths(), by_id()
    for entry_id, account_id, commodity_id, amount, value in checks.select_per_entry():
        number, currency = number_of_entry(entry_id), currencies[commodity_id]
        reason = _(
            "{number} moves {account} by {amount} {code} (worth {value} units) that no open item "
            "explains"
        ).format(
            number=number, account=paths[account_id], amount=plain(amount, currency.precision),
            code=currency.code, value=value,
        )  # fmt: skip
        yield Fault("control", number, reason)
    for entry_id in checks.select_orphans():
        number = number_of_entry(entry_id)
        yield Fault("document", number, _("the document of {number} is missing").format(
            number=number))  # fmt: skip


def _documents() -> Iterator[Fault]:
    paths = account_paths()
    for entry_id, account_id, _value in checks.select_documents():
        number = number_of_entry(entry_id)
        reason = _("{number} and its document differ on {account}").format(
            number=number, account=paths[account_id]
        )
        yield Fault("document", number, reason)
    for invoice_id in checks.select_totals():
        head = documents.find(invoice_id)
        number = invoice_number(head) if head else f"#{invoice_id}"
        reason = _("lines, taxes and open item of {number} do not sum to its total").format(
            number=number
        )
        yield Fault("document", number, reason)

    for invoice_id in checks.select_standing():
        head = documents.find(invoice_id)
        number = invoice_number(head) if head else f"#{invoice_id}"
        reason = _("lists show another state of {number} than its open item has").format(
            number=number
        )
        yield Fault("document", number, reason)


def _open_items() -> Iterator[Fault]:
    for item_id, entry_id in checks.select_items():
        number = number_of_entry(entry_id)
        reason = _("what is open of {number} (item {item}) is not what was left of it").format(
            number=number, item=item_id
        )
        yield Fault("open item", number, reason)
    for allocation_id, entry_id in checks.select_sides():
        number = number_of_entry(entry_id)
        reason = _("{number} is set against something that does not fit ({item})").format(
            number=number, item=allocation_id
        )
        yield Fault("open item", number, reason)


def _every_day() -> Iterator[Fault]:
    """Yield the first day of each control account on which it does not hold what is open."""
    paths, currencies = account_paths(), by_id()
    booked, opened = _days(checks.select_booked()), _days(checks.select_opened())
    for key in sorted(booked.keys() | opened.keys()):
        day = _first_difference(booked.get(key, {}), opened.get(key, {}))
        if day:
            reason = _("{account} does not hold what is open in {code} on {day}").format(
                account=paths[key[0]], code=currencies[key[1]].code,
                day=f"{day // 10_000}-{day // 100 % 100:02}-{day % 100:02}",
            )  # fmt: skip
            yield Fault("control", paths[key[0]], reason)


def _days(movements: Iterable[Movement]) -> dict[Key, dict[int, tuple[int, int]]]:
    found: dict[Key, dict[int, tuple[int, int]]] = {}
    for each in movements:
        days = found.setdefault(each[:3], {})
        amount, value = days.get(each.dated, (0, 0))
        days[each.dated] = (amount + each.amount, value + each.value)
    return found


def _first_difference(
    one: dict[int, tuple[int, int]], other: dict[int, tuple[int, int]]
) -> int | None:
    """Return the first day on which sums differ: the first whose movements do."""
    nothing = (0, 0)
    differing = (
        day for day in sorted(one.keys() | other.keys())
        if one.get(day, nothing) != other.get(day, nothing)
    )  # fmt: skip
    return next(differing, None)
