"""The inbox of an approver: everything that waits for an approval, in one list.

Each feature tells what of it waits, and approves it by its own rules.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from boconsole import audit
from boconsole.invoices import approvals as of_invoices
from boconsole.invoices import payments_together
from boconsole.invoices import together as documents_together
from boconsole.invoices import words as documents
from boconsole.invoices.words import Side
from boconsole.language import _, decimal
from boconsole.ledger import approvals as of_ledger
from boconsole.ledger import together
from boconsole.ledger.approvals import ENTRY, Finder, Waiting
from boconsole.ledger.together import Ref
from boconsole.money import plain
from boconsole.session import Session
from db.ledger.pages import Sum

PAY_RUN = "pay-run"
PAPER = "document"
OFFER = "offer"
KINDS = (
    ENTRY, "invoice", "invoice-credit", "bill", "bill-credit", "payment", "undoing", PAY_RUN,
    PAPER, OFFER,
)  # fmt: skip
"""In the order in which those of one day stand."""


def _pay_runs(session: Session) -> list[Waiting]:
    from boconsole.payroll import waiting as of_payroll

    return of_payroll.waiting(session)


def _approve_pay_runs(session: Session, refs: Sequence[Ref]) -> None:
    from boconsole.payroll import waiting as of_payroll

    of_payroll.approve(session, refs)


def _papers(session: Session) -> list[Waiting]:
    from boconsole.registry import inbox

    return inbox.waiting(session)


def _approve_papers(session: Session, refs: Sequence[Ref]) -> None:
    from boconsole.registry import inbox

    inbox.approve(session, refs)


def _offers(session: Session) -> list[Waiting]:
    from boconsole.recruitment import waiting as of_recruitment

    return of_recruitment.waiting(session)


def _approve_offers(session: Session, refs: Sequence[Ref]) -> None:
    from boconsole.recruitment import waiting as of_recruitment

    of_recruitment.approve(session, refs)


FINDERS: Sequence[Finder] = (
    of_ledger.waiting, of_invoices.documents, of_invoices.payments, _pay_runs, _papers, _offers,
)  # fmt: skip
FEATURES = {ENTRY: "ledger", "payment": "payment", "undoing": "payment", PAY_RUN: "payroll",
            PAPER: PAPER, OFFER: "application"}  # fmt: skip
"""Whose records of a kind are; all others are documents."""
DOCUMENT = "invoice"
YOU = "you"
"""The word for what may be approved, in every language."""


def waiting(session: Session, words: str = "") -> list[Waiting]:
    """Return what waits for an approval, the oldest day first.

    Args:
        session: Who reads; what this person may not read is left out.
        words: Each must stand in what the list shows of a record, `you` for what may be approved.
    """
    if not session.may("document.read"):
        session.require("ledger.read")
    finders = FINDERS if session.may("ledger.read") else (_papers, _offers)
    found = [row for finder in finders for row in finder(session)]
    wanted = words.lower().split()
    if wanted:
        found = [row for row in found if _has(row, wanted, session)]
    return sorted(found, key=lambda row: (row.dated, KINDS.index(row.kind), row.id))


def _has(row: Waiting, wanted: Sequence[str], session: Session) -> bool:
    yours = (YOU, _("you").lower())
    sums = (f"{text} {each.commodity}" for each in row.sums for text in _written(each))
    shown = (row.title, row.number, str(row.dated), row.contact, row.about, *sums, row.preparer,
             *row.approvers)  # fmt: skip
    text = " ".join(shown).lower()
    return all(
        session.user.login in row.approvers if word in yours else word in text for word in wanted
    )


def _written(each: Sum) -> tuple[str, str]:
    """Return a sum as programs write it, and as the language does: `1234.50`, `1,234.50`."""
    exact = plain(each.amount, each.precision)
    return exact, decimal(Decimal(exact), each.precision)


def feature_of(row: Waiting) -> str:
    """Return the feature that a record belongs to, as its changes are told."""
    return FEATURES.get(row.kind, DOCUMENT)


def side_of(row: Waiting) -> Side:
    """Return the side that a document belongs to."""
    return documents.KINDS[row.kind].side


def approve(session: Session, rows: Sequence[Waiting]) -> None:
    """Approve records of any kinds as they were seen: all of them, or none.

    Raises:
        ApprovalError: The one who acts prepared one of them.
        StaleRecordError: One of them changed in the meantime.
        NotAllowedError: This person approves no records of such a kind.
    """
    works: dict[str, Callable[[Session, Sequence[Ref]], object]] = {
        "ledger": together.approve,
        DOCUMENT: documents_together.approve,
        "payment": payments_together.approve,
        "payroll": _approve_pay_runs,
        PAPER: _approve_papers,
        FEATURES[OFFER]: _approve_offers,
    }
    with audit.writing():
        for feature, work in works.items():
            found = [Ref(row.id, row.version, row.number)
                     for row in rows if feature_of(row) == feature]  # fmt: skip
            if found:
                work(session, found)
