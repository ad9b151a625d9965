"""The proof of the money of assets: what they say of it is what the register of the books says."""

from collections.abc import Iterator

from boconsole.assets.words import STATE_TITLES
from boconsole.fixed_assets import reading
from boconsole.fixed_assets import words as fixed
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.ledger.checking import Fault
from boconsole.money import plain
from boconsole.session import Session
from db.assets import checks
from db.assets.checks import LinkedRow

KIND = "asset"
DISPOSED = "disposed"


def faults(session: Session) -> list[Fault]:
    """Return everything that does not hold, by tag.

    Raises:
        NotAllowedError: Assets or the register may not be read.
    """
    session.require("asset.read")
    session.require("fixed_asset.read")
    register = {each.row.id: each for each in reading.assets(session)}
    named: dict[int, str] = {}
    found = []
    for row in checks.select_linked():
        one = register[row.fixed_asset_id]
        other = named.setdefault(one.row.id, row.tag)
        reasons = [*_shared(row, one, other), *_gone(row, one), *_cost(row, one)]
        found += [Fault(KIND, row.tag, reason) for reason in reasons]
    return found


def _shared(row: LinkedRow, one: Asset, other: str) -> Iterator[str]:
    if other != row.tag:
        yield _("{tag} and {other} are both {number}").format(
            tag=row.tag, other=other, number=one.number
        )


def _gone(row: LinkedRow, one: Asset) -> Iterator[str]:
    """Yield that one of the two is gone and the other is not."""
    gone = one.state in (fixed.GONE, fixed.WITHDRAWN)
    if gone == (row.state == DISPOSED):
        return
    yield _("{tag} is {state}, its fixed asset {number} is {booked}").format(
        tag=row.tag, state=_(STATE_TITLES[row.state]).lower(), number=one.number,
        booked=_(fixed.STATE_TITLES[one.state]),
    )  # fmt: skip


def _cost(row: LinkedRow, one: Asset) -> Iterator[str]:
    """Yield that the costs differ; those in two currencies cannot be compared."""
    kept = one.row
    if row.cost is None or row.commodity_id != kept.commodity_id or row.cost == kept.paid:
        return
    yield _("{tag} cost {paid} {code}, its fixed asset {number} {booked} {code}").format(
        tag=row.tag, paid=plain(row.cost, kept.precision), code=kept.commodity,
        number=one.number, booked=plain(kept.paid, kept.precision),
    )  # fmt: skip
