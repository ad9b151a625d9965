"""The forms of the bank: a statement to import, an entry or a payment that a line lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from boconsole.bank import billing, completing, creating, importing, learned, telling
from boconsole.bank.choosing import Choices
from boconsole.bank.desk import BankLineRow, BankRow, BookLineRow
from boconsole.bank.errors import MapMissingError, StatementError
from boconsole.bank.importing import Imported
from boconsole.bank.reading.maps import TableMap, of_kept, read_table_map
from boconsole.errors import InvalidChangeError
from boconsole.importing.errors import MapError
from boconsole.language import N_, _
from boconsole.ledger import entering
from boconsole.ledger.entering import LINES
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.reading import AccountRow
from boconsole.session import Session
from screens.cells import safe
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.keys import Action
from screens.ledger.bank_facts import FEATURE
from screens.ledger.facts import money
from screens.ledger.forms import EntryFormScreen

MISSING_MAP = N_(
    "this file is a table, and no map is kept; name a TOML file with [columns] date = …, "
    "amount = … (docs/bank.md shows one)"
)

# A statement


def import_form(
    session: Session,
    account: AccountRow,
    bank: BankRow | None,
    saved: Callable[[Imported], None],
) -> FormScreen:
    """Return the form that asks for a file; what is typed stays where it is refused."""
    if bank is not None and bank.table_map:
        columns = of_kept(bank.table_map).columns.items()
        kept = "  ".join(f"{name}={'+'.join(found)}" for name, found in columns)
        map_hint = _("Empty for the map kept with the account: {kept}").format(kept=safe(kept))
    else:
        map_hint = _("For a table (CSV): the TOML file that says which column is what.")
    fields = [
        Field("file", N_("File"), required=True, suggest=_paths,
              hint=N_("OFX, QFX or CSV; down and enter take a completion")),
        Field("map", N_("Map"), suggest=_paths, hint=map_hint),
        Field("opening", N_("Opening balance"), check=_wrong_amount,
              hint=N_("Before the first line; where the file tells none.")),
        Field("closing", N_("Closing balance"), check=_wrong_amount,
              hint=N_("After the last line; where the file tells none.")),
        Field("currency", N_("Currency"), hint=N_("Where the file tells none.")),
        Field("number", N_("Bank's number"), hint=N_("Where a file holds several accounts.")),
    ]  # fmt: skip

    def save(values: Mapping[str, object], _version: int) -> Imported:
        told = {name: str(value or "") for name, value in values.items()}
        choices = Choices(
            _map_of(told.get("map", "")), told.get("number", ""), told.get("currency", ""),
            _amount(told.get("opening", "")), _amount(told.get("closing", "")),
        )  # fmt: skip
        path = Path(told.get("file", "")).expanduser()
        try:
            return importing.import_statement(session, path, account, choices)
        except MapMissingError as refusal:
            raise InvalidChangeError("map", _(MISSING_MAP)) from refusal
        except StatementError as refusal:
            raise InvalidChangeError("file", str(refusal)) from refusal

    title = _("Import a statement of {account}").format(account=safe(account.path))
    return FormScreen(
        Form(draft_of("bank.import", account.id), title, fields, save, {}, said=telling.summary,
             saved=saved, feature="bank_statement")
    )  # fmt: skip


def _paths(start: str) -> list[Suggestion]:
    return [Suggestion(path) for path in completing.paths(start)]


def _map_of(text: str) -> TableMap | None:
    if not text:
        return None
    try:
        return read_table_map(Path(text).expanduser())
    except MapError as refusal:
        raise InvalidChangeError("map", str(refusal)) from refusal


def _wrong_amount(text: str) -> str:
    try:
        return "" if Decimal(text.strip()).is_finite() else _("is an amount such as 12.50")
    except InvalidOperation:
        return _("is an amount such as 12.50")


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


# An entry


class Start(NamedTuple):
    """What the form of an entry begins with.

    Attributes:
        line: The bank line that lacks it.
        beside: Entries that are part of the amount already.
        account: Of the other side; empty for the one that was learned, if any.
    """

    line: BankLineRow
    beside: Sequence[BookLineRow] = ()
    account: str = ""


class Offered(NamedTuple):
    """What is read before the form opens: accounts, and those of earlier lines of such a text."""

    choices: entering.Choices
    accounts: Sequence[str]


def read_offered(session: Session, line: BankLineRow) -> Offered:
    """Return what the form of an entry offers; blocks."""
    return Offered(entering.read_choices(session), learned.accounts_of(session, line))


class BankEntryScreen(EntryFormScreen):
    """The form of an entry that a bank line lacks: it is posted and matched, never a draft."""

    AUTO_FOCUS = "LineEdit:last-child .account"

    def why_not(self, action: Action) -> str:
        """Leave one key for saving: a draft could not be matched."""
        if action.id == "form.post":
            return _("ctrl+s posts the entry and matches it.")
        return super().why_not(action)


def entry_form(
    session: Session,
    bank: BankRow,
    start: Start,
    offered: Offered,
    saved: Callable[[object], None],
) -> BankEntryScreen:
    """Return the form of the entry that a bank line, or the rest of one, lacks."""
    line = start.line
    rest = line.amount - sum(book.amount for book in start.beside)
    account = start.account or next(iter(offered.accounts), "")
    values: dict[str, object] = {
        "date": line.dated, "payee": line.name, "code": line.reference,
        "description": creating.about_of(bank, line),
        LINES: f"{creating.own_line(bank, rest)}\n{account}".rstrip("\n"),
    }  # fmt: skip
    known = ", ".join(offered.accounts)
    hint = _("As before: {accounts}").format(accounts=safe(known)) if known else N_(
        "More lines split it   = takes what is missing   ^d deletes the line"
    )  # fmt: skip
    fields = [
        Field("date", N_("Date"), "date", required=True),
        Field("payee", N_("Payee")),
        Field("description", N_("Description")),
        Field("code", N_("Code")),
        Field(LINES, N_("Lines"), "long", required=True, hint=hint),
        Field("comment", N_("Note")),
    ]

    def save(changed: Mapping[str, object], _version: int) -> object:
        return creating.enter_typed(session, line, {**values, **changed}, start.beside)

    def said(done: tuple[JournalEntry, object]) -> str:
        return _("{number} is posted and matched.").format(number=done[0].number)

    title = _("Entry for bank line {id}").format(id=line.id)
    form = Form(draft_of("bank.new", line.id), title, fields, save, values, said=said, saved=saved,
                feature=FEATURE)  # fmt: skip
    return BankEntryScreen(form, offered.choices)


# A payment


def payment_form(
    session: Session,
    bank: BankRow,
    line: BankLineRow,
    numbers: Sequence[str],
    saved: Callable[[object], None],
) -> FormScreen:
    """Return the form that asks which documents a bank line pays.

    Args:
        session: Who asks.
        bank: Of the line.
        line: An open bank line.
        numbers: Of the documents that its text names.
        saved: Called afterwards.
    """

    def bills(start: str) -> list[Suggestion]:
        return [Suggestion(*bill) for bill in billing.offered(session, line, start)]

    def partners(start: str) -> list[Suggestion]:
        return [Suggestion(name) for name in billing.partners(session, start)]

    fields = [
        Field("documents", N_("Documents"), "tags", suggest=bills,
              hint=N_("Numbers, by comma; empty: the oldest due of the contact.")),
        Field("partner", N_("Contact"), "lookup", suggest=partners),
        Field("reference", N_("Reference")),
    ]  # fmt: skip
    values: dict[str, object] = {
        "documents": tuple(numbers), "reference": creating.about_of(bank, line)
    }  # fmt: skip

    def save(changed: Mapping[str, object], _version: int) -> object:
        given = {**values, **changed}
        documents = given["documents"]
        wanted = [str(each) for each in documents] if isinstance(documents, tuple) else []
        new = billing.payment_of(
            session, line, wanted, partner=str(given.get("partner") or ""),
            reference=str(given.get("reference") or ""),
        )  # fmt: skip
        return creating.pay(session, line, new)

    amount = f"{money(line.amount, bank.precision)} {bank.commodity}"
    title = _("Payment of {amount} on {day}").format(amount=amount, day=line.dated)
    return FormScreen(
        Form(draft_of("bank.pay", line.id), title, fields, save, values, said=billing.said,
             saved=saved, feature=FEATURE)
    )  # fmt: skip
