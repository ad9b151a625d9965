"""The aged list: what is open with each contact at the end of a day, and that the books agree.

Several currencies stand apart. At book value all is in the currency that entries are valued in.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.invoices.aging import BUCKETS, bucket_of
from boconsole.invoices.words import Side
from boconsole.invoices.worth import by_id
from boconsole.language import N_, _
from boconsole.session import Session
from db.invoices import items, statements
from db.invoices.rows import AgedRow
from db.ledger.rows import CommodityRow

SIDES: tuple[Side, ...] = ("receivable", "payable")
TITLES = {"receivable": N_("Receivables by age"), "payable": N_("Payables by age")}
Buckets = tuple[int, ...]


class AgedItem(NamedTuple):
    """An open document or credit; what a customer owes, and a supplier gets, is positive."""

    item_id: int
    number: str
    entry_id: int
    dated: date
    due: date
    amount: int
    bucket: int
    payable: bool
    """Whether it can be paid: nothing that is a credit."""

    @property
    def buckets(self) -> Buckets:
        """Its amount under its age."""
        return tuple(self.amount if place == self.bucket else 0 for place in range(len(BUCKETS)))


class AgedContact(NamedTuple):
    """What is open with a contact in a currency."""

    partner_id: int
    partner: str
    commodity: str
    precision: int
    items: tuple[AgedItem, ...]

    @property
    def buckets(self) -> Buckets:
        """By age."""
        return plus(item.buckets for item in self.items)


class Proof(NamedTuple):
    """What is open, and what the control accounts hold, in a currency."""

    commodity: str
    precision: int
    open: int
    booked: int

    @property
    def holds(self) -> bool:
        """Whether both are equal."""
        return self.open == self.booked


class AgedList(NamedTuple):
    """The list of one side at the end of a day.

    Attributes:
        valued: Whether amounts are book values.
        totals: By currency.
        proofs: By currency; each must hold.
    """

    side: Side
    at: date
    valued: bool
    contacts: tuple[AgedContact, ...]
    totals: tuple[tuple[str, int, Buckets], ...]
    proofs: tuple[Proof, ...]

    @property
    def holds(self) -> bool:
        """Whether the books agree."""
        return all(proof.holds for proof in self.proofs)


def side_of(word: str) -> Side:
    """Return the side of a word; raises InvalidChangeError."""
    for side in SIDES:
        if side == word:
            return side
    raise InvalidChangeError("side", _("expected one of {words}").format(words=", ".join(SIDES)))


def make(
    session: Session, side: Side, at: date, *, valued: bool = False, partner_id: int | None = None
) -> AgedList:
    """Return what was open at the end of a day.

    Args:
        session: Who asks.
        side: Of customers or of suppliers.
        at: The last day counted.
        valued: At book value, instead of in the currency of each document.
        partner_id: Of one contact only; then there is no proof, as accounts know none.
    """
    session.require("invoice.read")
    known = by_id()
    sign = 1 if side == "receivable" else -1
    contacts = _contacts(items.select_at(side, at, partner_id), sign, at, valued, known)
    sums: dict[tuple[str, int], list[Buckets]] = {}
    for each in contacts:
        sums.setdefault((each.commodity, each.precision), []).append(each.buckets)
    totals = tuple((*key, plus(found)) for key, found in sorted(sums.items()))
    proofs = () if partner_id else _proofs(side, at, sign, valued, known, totals)
    return AgedList(side, at, valued, contacts, totals, proofs)


def plus(found: Iterable[Buckets]) -> Buckets:
    """Return the sum of buckets."""
    return tuple(map(sum, zip(*found, strict=True))) or (0,) * len(BUCKETS)


def _contacts(
    rows: Sequence[AgedRow], sign: int, at: date, valued: bool, known: dict[int, CommodityRow]
) -> tuple[AgedContact, ...]:
    found: dict[tuple[str, int, str, int], list[AgedItem]] = {}
    for row in rows:
        worth = known[row.value_commodity_id]
        code, digits = (worth.code, worth.precision) if valued else (row.commodity, row.precision)
        amount = sign * (row.open_value if valued else row.open)
        if amount:
            key = (row.partner, row.partner_id, code, digits)
            found.setdefault(key, []).append(
                AgedItem(row.item_id, row.number, row.entry_id, row.dated, row.due, amount,
                         bucket_of(row.due, at), sign * row.open > 0)
            )  # fmt: skip
    return tuple(
        AgedContact(partner_id, partner, code, digits, tuple(each))
        for (partner, partner_id, code, digits), each in sorted(found.items())
    )


def _proofs(
    side: Side,
    at: date,
    sign: int,
    valued: bool,
    known: dict[int, CommodityRow],
    totals: Sequence[tuple[str, int, Buckets]],
) -> tuple[Proof, ...]:
    booked: dict[tuple[str, int], int] = {}
    for row in statements.select_booked(side, at):
        held = known[row.value_commodity_id if valued else row.commodity_id]
        amount = sign * (row.value if valued else row.amount)
        key = (held.code, held.precision)
        booked[key] = booked.get(key, 0) + amount
    opened = {(code, digits): sum(buckets) for code, digits, buckets in totals}
    return tuple(
        Proof(*key, opened.get(key, 0), booked.get(key, 0))
        for key in sorted(opened.keys() | booked.keys())
        if opened.get(key, 0) or booked.get(key, 0)
    )
