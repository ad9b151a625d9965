"""How far a write-down may be taken back: up to what the asset would be worth without it.

Source: IAS 36, paragraphs 114 to 119.
"""

from datetime import date

from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import reading
from boconsole.fixed_assets.depreciation import schedule
from boconsole.fixed_assets.errors import RevaluedError
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.money import plain
from db.fixed_assets import register
from db.fixed_assets.rows import AssetRow, MovementRow


def require_room(asset: Asset, back: int, through: date) -> None:
    """Raise where more would be taken back than write-downs cost the asset.

    Args:
        asset: At its cost.
        back: In smallest units.
        through: The last day it is depreciated for.

    Raises:
        RevaluedError: It is carried at a revalued amount.
        InvalidChangeError: It is too much.
    """
    row = asset.row
    if row.revalued_on is not None:
        raise RevaluedError(asset.number)
    most = max(0, min(unimpaired(asset, through) - asset.book, row.lost))
    if back > most:
        raise InvalidChangeError(
            "write_back",
            _("at most {most} {code}: without its write-downs it would be worth no more").format(
                most=plain(most, row.precision), code=row.commodity
            ),
        )


def unimpaired(asset: Asset, through: date) -> int:
    """Return the book value that an asset at cost would have without any write-down.

    Every change of its life and residual value counts, from the day on which it was made.
    """
    row, first = asset.row, reading.first_month()
    changes = [each for each in register.select_movements(row.id)
               if each.kind == "change" and each.posted and not each.undone_by]  # fmt: skip
    terms, older = _first_terms(row, changes)
    shadow = terms._replace(opening=max(0, terms.opening - older))
    for each in (*(change for change in changes if change.gross is not None), None):
        ends = (each.through if each else None) or through
        worn = schedule(reading.terms_of(shadow, first), ends)
        done = worn[-1].accumulated if worn else shadow.opening
        if each is not None:
            shadow = _after(shadow, each)._replace(opening=done)
    return shadow.cost - done


def _first_terms(row: AssetRow, changes: list[MovementRow]) -> tuple[AssetRow, int]:
    """Return the terms before the first change that keeps its own, and what older ones lost."""
    base = register.find_first_terms(row.id)
    older = sum(each.lost for each in changes if each.gross is None)
    return row._replace(
        residual=base.residual, months=base.months, opening=base.opening, through=base.through,
        anew=base.anew, cost=row.paid,
    ), older  # fmt: skip


def _after(row: AssetRow, change: MovementRow) -> AssetRow:
    return row._replace(
        residual=row.residual if change.residual is None else change.residual,
        months=row.months if change.months is None else change.months,
        through=change.through, anew=True,
    )  # fmt: skip
