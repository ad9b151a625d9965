"""Documents as they are typed: from the values of a form to a draft, or an issued one, and back."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from boconsole import audit
from boconsole.errors import (
    BoconsoleError,
    InvalidChangeError,
    NotFoundError,
    StaleRecordError,
)
from boconsole.invoices import drafting, issuing
from boconsole.invoices.drafting import NewInvoice, NewLine
from boconsole.invoices.reading import Document, again
from boconsole.invoices.typed_lines import Typed, lines_text, numbers_of, typed_of
from boconsole.invoices.typing import one_currency
from boconsole.invoices.words import CREDITS
from boconsole.invoices.worth import chosen_reporting
from boconsole.language import _
from boconsole.ledger import accounts, commodities
from boconsole.ledger.entering import LINES, LineError
from boconsole.moments import parse_moment
from boconsole.session import Session

MOST_TYPED = 100
"""Lines that the form can hold and stay quick."""
TERMS = "30"
"""Days after its date on which a document is due, unless something else is typed."""


def due_of(session: Session, text: str, dated: date) -> date:
    """Return the day of `30` (days after the date), `2026-06-03`, `fri`, `31/12`.

    Raises:
        InvalidChangeError: It cannot be read.
    """
    bare = text.strip() or TERMS
    if bare.isdecimal() and len(bare) <= 4:
        if int(bare) > drafting.LONGEST_TERM:
            raise InvalidChangeError(
                "due", _("expected 0 to {most} days").format(most=drafting.LONGEST_TERM)
            )
        return dated + timedelta(days=int(bare))
    moment = parse_moment(bare, session.now(), session.zone, field="due")
    return moment.astimezone(session.zone).date()


def why_not_typed(document: Document) -> str:
    """Return why a draft cannot be edited in the form, or nothing."""
    if document.head.state != "draft":
        return _("{number} is issued and never changes; C credits it.").format(
            number=document.number
        )
    if len(document.lines) > MOST_TYPED:
        return _("{number} has {n} lines, too many for the form; edit it by command.").format(
            number=document.number, n=len(document.lines)
        )
    return ""


def values_of(document: Document) -> dict[str, object]:
    """Return what a document says, as the form has it."""
    head = document.head
    return {
        "contact": head.partner, "date": head.dated, "due": str(head.due),
        "currency": head.commodity, "reference": head.reference, "rate": head.rate,
        LINES: lines_text(document), "note": head.note,
    }  # fmt: skip


def as_new(document: Document) -> NewInvoice:
    """Return a document as it would be written again."""
    head = document.head
    origin = again(head.origin_id).number if head.origin_id else ""
    return NewInvoice(
        head.kind, head.partner, head.dated, head.commodity, issuing.mirrored(document),
        due=head.due, reference=head.reference, rate=head.rate, note=head.note, origin=origin,
    )  # fmt: skip


def new_of(session: Session, values: Mapping[str, object], kind: str, origin: str) -> NewInvoice:
    """Return the document that was typed.

    Raises:
        LineError: A line cannot be taken; names the line and the part.
        InvalidChangeError: Another field cannot.
    """
    day = values.get("date")
    if not isinstance(day, date):
        raise InvalidChangeError("date", _("is needed"))
    contact = str(values.get("contact") or "")
    try:
        drafting.find_partner(contact)
    except NotFoundError as error:
        raise InvalidChangeError("contact", str(error)) from error
    lines, named = _lines(typed_of(str(values.get(LINES) or "")))
    currency = str(values.get("currency") or "").strip().upper()
    known = {code.upper(): code for code in (*named, *commodities.by_code())}
    code = one_currency([known.get(currency, currency), *named]) or chosen_reporting()
    if not code:
        raise InvalidChangeError("currency", _("is needed"))
    reference, rate, note = (str(values.get(name) or "") for name in ("reference", "rate", "note"))
    return NewInvoice(
        kind, contact, day, code, lines,
        due=due_of(session, str(values.get("due") or ""), day), reference=reference, rate=rate,
        note=note, origin=origin,
    )  # fmt: skip


def _lines(typed: Sequence[Typed]) -> tuple[list[NewLine], list[str]]:
    """Return lines as they are written, and the currencies that their prices name."""
    lines, named = [], []
    for number, one in enumerate(typed, 1):
        if not one.text:
            raise LineError(number, "text", _("Say what it is."))
        try:
            quantity, price, discount, code = numbers_of(one)
        except LineError as error:
            raise LineError(number, error.part, error.reason) from error
        try:
            account = accounts.find(one.account)
        except BoconsoleError as error:
            raise LineError(number, "account", str(error)) from error
        if one.unit and not drafting.UNIT.fullmatch(one.unit):
            raise LineError(number, "unit", _("expected one short word such as h or pcs"))
        names = one.taxes.replace(",", " ")
        lines.append(NewLine(one.text, quantity, price, account.path, names, discount, one.unit))
        named += [code] if code else []
    return lines, named


def save(
    session: Session,
    values: Mapping[str, object],
    old: Document | None,
    version: int,
    *,
    kind: str,
    issue: bool,
) -> Document:
    """Keep what was typed as a draft, and issue it where that is asked for, in one transaction.

    Args:
        session: Who enters it.
        values: As `values_of` has them; of a draft that was edited, those that changed.
        old: The draft that was edited; None for a new one.
        version: Of that draft, on which the values are based.
        kind: Of a new document.
        issue: Issue it too.

    Raises:
        LineError: A line cannot be taken.
        StaleRecordError: Somebody else changed it; tells both sides.
        BoconsoleError: As `drafting.prepare`, `drafting.edit` and `issuing.issue`.
    """
    session.require("invoice.prepare")
    with audit.writing():
        if old is None:
            made = drafting.prepare(session, new_of(session, values, kind, ""))
        else:
            made = _edited(session, values, old, version)
        return issuing.issue(session, made) if issue else made


def _edited(
    session: Session, changed: Mapping[str, object], old: Document, version: int
) -> Document:
    now = again(old.head.id)
    drafting.require_draft(now)
    if not changed and now.head.version == version:
        return now
    if now.head.version != version:
        before, after = values_of(old), values_of(now)
        theirs = {name: after[name] for name in after if after[name] != before[name]}
        raise StaleRecordError(old.number, old.head.id, now.head.version, theirs, changed)
    wanted = {**values_of(now), **changed}
    return drafting.edit(session, now, new_of(session, wanted, now.head.kind, as_new(now).origin))


def may_credit(document: Document) -> bool:
    """Return whether a credit note can take something of a document back."""
    head = document.head
    return head.kind in CREDITS and head.state == "issued" and head.credited < head.total
