"""Fixed assets as they are typed into forms: amounts as the language writes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import acquiring, changing, disposing, reading, valuing
from boconsole.fixed_assets.acquiring import CONTROLS, NewAsset, Source
from boconsole.fixed_assets.changing import Change
from boconsole.fixed_assets.reading import Asset
from boconsole.fixed_assets.valuing import Plan, Valuation
from boconsole.language import _
from boconsole.ledger import accounts, commodities, entering
from boconsole.ledger.entering import LineError, Typed
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from db.fixed_assets import register
from db.ledger import calendar

REPORTING = "reporting_currency"
Given = Mapping[str, object]
"""Fields of a form by name."""


def account_paths(session: Session, start: str) -> list[str]:
    """Return paths of accounts that a beginning may mean, cash and banks first."""
    found = entering.offered(accounts.chart(session), start)
    fit = [row for row in found if row.role not in CONTROLS]
    return [row.path for row in sorted(fit, key=lambda row: row.role != "cash")]


def usual_currency() -> str:
    """Return the reporting currency, else that of the last asset; empty where there is none."""
    if chosen := calendar.select_settings().get(REPORTING, ""):
        return chosen
    last = register.select_assets()[-1:]
    return last[0].commodity if last else ""


def sum_of(text: str, code: str, field: str) -> tuple[Decimal, str]:
    """Return an amount and its currency; `code` where none is typed.

    Raises:
        InvalidChangeError: It is no amount, or nobody knows the currency.
    """
    digits = {row.code: row.precision for row in commodities.by_code().values()}
    try:
        posting = entering.posting_of(
            Typed("x", entering.with_commodity(text.strip(), code, digits)), 1
        )
    except LineError as error:
        raise InvalidChangeError(field, error.reason) from error
    if posting.amount is None or posting.price is not None or not posting.amount.commodity:
        raise InvalidChangeError(
            field, _("{text!r} is no amount such as 4800 USD").format(text=text[:40])
        )
    return posting.amount.number, posting.amount.commodity


def acquire(session: Session, given: Given) -> Asset:
    """Take the asset of a form into the register; see `acquiring.acquire`."""
    cost, code = None, usual_currency()
    if given.get("cost"):
        cost, code = sum_of(str(given["cost"]), code, "cost")
    elif given.get("entry"):
        code = ""
    group = str(given.get("asset_class") or "")
    new = NewAsset(
        str(given.get("name") or ""), group, _day(given, "acquired_on"), cost, code,
        _maybe_day(given, "in_use_on"), _part(given, "residual", code),
        _whole(given, "months"), accumulated=_part(given, "accumulated", code),
        through=_maybe_day(given, "through"), note=str(given.get("note") or ""),
    )  # fmt: skip
    source = Source(
        str(given.get("against") or ""), str(given.get("entry") or ""), bool(given.get("booked"))
    )
    return acquiring.acquire(session, new, source)


def change(session: Session, asset: Asset, given: Given) -> Asset:
    """Change the estimates of an asset by a form; see `changing.change`."""
    code = asset.row.commodity
    residual = _part(given, "residual", code) if given.get("residual") else None
    wanted = Change(_whole(given, "months"), residual, _part(given, "write_down", code),
                    _part(given, "write_back", code))  # fmt: skip
    reason = str(given.get("reason") or "")
    return changing.change(session, asset, _day(given, "date"), wanted, reason)


def value_plan(session: Session, asset: Asset, given: Given) -> Plan:
    """Return what the revaluation of a form would book; see `valuing.plan`."""
    asset = reading.again(asset.row.id)
    return valuing.plan(session, asset, _day(given, "date"), _valuation(asset, given))


def revalue(session: Session, asset: Asset, given: Given) -> JournalEntry:
    """Revalue an asset by a form; see `valuing.revalue`."""
    return valuing.revalue(session, asset, _day(given, "date"), _valuation(asset, given))


def _valuation(asset: Asset, given: Given) -> Valuation:
    code = asset.row.commodity
    residual = _part(given, "residual", code) if given.get("residual") else None
    return Valuation(
        _part(given, "amount", code), str(given.get("by") or ""), _whole(given, "months"), residual
    )


def dispose(session: Session, asset: Asset, given: Given) -> list[JournalEntry]:
    """Let an asset go by a form; see `disposing.dispose`."""
    return disposing.dispose(
        session, reading.again(asset.row.id), _day(given, "date"),
        proceeds=_part(given, "proceeds", asset.row.commodity), to=str(given.get("to") or ""),
        reason=str(given.get("reason") or ""),
    )  # fmt: skip


def _day(given: Given, field: str) -> date:
    day = _maybe_day(given, field)
    if day is None:
        raise InvalidChangeError(field, _("is needed"))
    return day


def _maybe_day(given: Given, field: str) -> date | None:
    day = given.get(field)
    return day if isinstance(day, date) else None


def _part(given: Given, field: str, code: str) -> Decimal:
    """Return an amount in the currency of the asset; 0 where none is typed."""
    text = str(given.get(field) or "").strip()
    if not text:
        return Decimal(0)
    number, commodity = sum_of(text, code or usual_currency(), field)
    if code and commodity != code:
        raise InvalidChangeError(field, _("expected an amount in {code}").format(code=code))
    return number


def _whole(given: Given, field: str) -> int | None:
    number = given.get(field)
    if number is None or number == "":
        return None
    if not isinstance(number, int):
        raise InvalidChangeError(field, _("{text!r} is no whole number").format(text=str(number)))
    return number
