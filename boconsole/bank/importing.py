"""Taking over bank statements: each line once, the balances proved, differences told."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.bank import closings
from boconsole.bank.choosing import Choices, Chosen, read_statements
from boconsole.bank.errors import OtherAccountError, StatementError
from boconsole.bank.keys import Keyed, Movement, keyed, unseen
from boconsole.bank.opening import Difference, Told, differences, open_with
from boconsole.bank.reading.parts import ReadLine, ReadStatement
from boconsole.bank.twins import doubtful
from boconsole.errors import BoconsoleError, StaleRecordError
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.money import AmountTooLargeError, PrecisionError, rounded, to_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, safe
from db.bank import accounts as stored
from db.bank import lines
from db.bank.rows import BankLineLoad, BankLineRow, BankRow, StatementLoad
from db.fields import number_of
from db.ledger import balances
from db.ledger.rows import AccountRow, CommodityRow
from db.loading import reserve_ids

MEMO_LIMIT = 2_000


class Changed(NamedTuple):
    """A line of the file whose id is known with another day or amount; it was not taken."""

    movement: Movement
    known_dated: date
    known_amount: int


class Doubtful(NamedTuple):
    """A line of the file that seems to tell of the same movement as one that is there."""

    movement: Movement
    known: BankLineRow


class Imported(NamedTuple):
    """What an import brought.

    Attributes:
        added: New lines, doubtful ones among them.
        seen: Lines that were there already.
        rounded: Lines whose amounts were rounded.
        others: Bank numbers of the file that were left aside.
    """

    bank: BankRow
    added: int
    seen: int
    rounded: int
    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    others: tuple[str, ...]
    doubtful: tuple[Doubtful, ...] = ()


class _Looked(Exception):  # noqa: N818 - ends a dry run, nothing is wrong
    """Everything was tried, and nothing is to stay."""


def import_statement(
    session: Session, path: Path, account: AccountRow, choices: Choices, *, dry_run: bool = False
) -> Imported:
    """Take the statements of an account from a file; what was taken before is passed over.

    Args:
        session: Who imports.
        path: OFX, QFX, or a table that a map tells how to read.
        account: The account of the books.
        choices: What is said beside the file.
        dry_run: Try everything and keep nothing.

    Raises:
        StatementError: A line cannot be read or held; the line is named.
        OtherAccountError, WhichStatementError: The file belongs to another account.
        MatchError: Lines from before the opening balance come, and that one is matched.
        ClosedReconciliationError: New lines lie in what was closed.
    """
    session.require("bank.import")
    content = _content(path)
    found: list[Imported] = []
    with suppress(_Looked), audit.writing():
        bank = stored.find_bank(account.id)
        chosen = read_statements(path, content, bank, choices)
        found.append(_Import(session, path, content, account, choices, bank, chosen).run())
        if dry_run:
            raise _Looked
    return found[0]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BoconsoleError(
            _("{path} cannot be read: {reason}.").format(path=safe(str(path)), reason=reason)
        ) from error


class _Import:
    """One import, inside the caller's transaction."""

    def __init__(
        self, session: Session, path: Path, content: bytes, account: AccountRow,
        choices: Choices, bank: BankRow | None, chosen: Chosen,
    ) -> None:  # fmt: skip
        self.session = session
        self.file = safe(path.name)
        self.digest = hashlib.sha256(content).hexdigest()
        self.account = account
        self.choices = choices
        self.chosen = chosen
        self.commodity = self._commodity(bank)
        self.bank = bank or self._new_bank()
        self.rounded = 0
        self.added = 0
        self.seen = 0
        self.differences: list[Difference] = []
        self.changed: list[Changed] = []
        self.doubtful: list[Doubtful] = []

    def run(self) -> Imported:
        for statement in self.chosen.statements:
            self.take(statement)
        self._keep_choices()
        return Imported(
            self.bank, self.added, self.seen, self.rounded, tuple(self.differences),
            tuple(self.changed), self.chosen.others, tuple(self.doubtful),
        )  # fmt: skip

    def _commodity(self, bank: BankRow | None) -> CommodityRow:
        known = commodities.by_code()
        told = {each.currency for each in self.chosen.statements if each.currency}
        code = next(iter(told), "") or (bank.commodity if bank else "") or self._held(known)
        if len(told) > 1 or (bank is not None and code != bank.commodity):
            raise OtherAccountError(
                _("{file} is in {told}; the statements of {account} are in {known}.").format(
                    file=self.file, told=", ".join(sorted(told)), account=self.account.path,
                    known=bank.commodity if bank else code,
                )
            )  # fmt: skip
        commodities.ensure(known, {code: None})
        return known[code]

    def _held(self, known: dict[str, CommodityRow]) -> str:
        held = {row.commodity_id for row in
                balances.select_account_at([self.account.id], date.max)}  # fmt: skip
        if len(held) != 1:
            reason = _("the file tells no currency; name it with --currency")
            raise StatementError(self.file, 0, reason)
        return next(row.code for row in known.values() if row.id in held)

    def _new_bank(self) -> BankRow:
        bank_id = reserve_ids("bank_account", 1)[0]
        stored.insert_bank(bank_id, self.account.id, self.commodity.id)
        bank = stored.get_bank(bank_id)
        assert bank is not None
        return bank

    def _keep_choices(self) -> None:
        """Keep the bank's number and the map, which led to whole statements."""
        wanted = self.bank._replace(number=self.chosen.number, table_map=self.chosen.table_map)
        if wanted == self.bank:
            return
        if not stored.update_bank(wanted):
            raise StaleRecordError(self.bank.account, self.bank.id)
        told = {
            field: (getattr(self.bank, field), getattr(wanted, field))
            for field in ("number", "table_map")
            if getattr(self.bank, field) != getattr(wanted, field)
        }
        line = audit.Line(self.bank.id, told, self.bank.version + 1)
        audit.record(self.session, "bank.keep", "bank_account", [line])
        self.bank = wanted._replace(version=self.bank.version + 1)

    def take(self, statement: ReadStatement) -> None:
        """Take one statement: its new lines, and what it proves."""
        movements = [self.movement(line) for line in statement.lines]
        listed = keyed(movements)
        keys = {key for each in listed for key in (each.key, each.other) if key}
        known = lines.known_keys(self.bank.id, keys)
        fresh, changed = unseen(listed, known)
        self.changed += [Changed(each.movement, *known[each.key]) for each in changed]
        own = [each.movement for each in listed if each not in changed]
        opening = self.minor(statement.opening, statement.line)
        closing = self.minor(statement.closing, statement.line)
        seen = len(movements) - len(fresh) - len(changed)
        told = Told(self.bank.id, statement.starts, opening, closing, statement.closing_on, own)
        if fresh or not stored.find_statement(self.bank.id, self.digest):
            self.insert(told, fresh, seen, self.twins(fresh, keys))
        self.added += len(fresh)
        self.seen += seen
        self.differences += differences(told)

    def twins(self, fresh: Sequence[Keyed], brought: Collection[str]) -> dict[str, BankLineRow]:
        """Return the new lines that seem to be known, and note each for who imports."""
        days = {each.movement.dated for each in fresh}
        for day in sorted(days):
            closings.require_open_day(self.bank.id, day)
        known = lines.select_of_days(self.bank.id, days)
        found = doubtful(fresh, known, brought, self.chosen.kind)
        self.doubtful += [
            Doubtful(each.movement, found[each.key]) for each in fresh if each.key in found
        ]
        return found

    def movement(self, line: ReadLine) -> Movement:
        return Movement(
            line.dated, self.minor(line.amount, line.line) or 0, _one_line(line.key, LINE_LIMIT),
            _one_line(line.name, LINE_LIMIT), _one_line(line.memo, MEMO_LIMIT),
            _one_line(line.reference, LINE_LIMIT), line.line,
        )  # fmt: skip

    def minor(self, number: Decimal | None, line: int) -> int | None:
        """Return an amount in smallest units; rounds only where that was asked for."""
        if number is None:
            return None
        code, precision = self.commodity.code, self.commodity.precision
        if self.choices.half_up and (exact := rounded(number, precision)) != number:
            self.rounded += 1
            number = exact
        try:
            return to_minor(number, code, precision)
        except PrecisionError as refusal:
            reason = _("{amount} {code} has more than {precision} digits behind the point; round "
                       "halves up with --round").format(
                           amount=number, code=code, precision=precision)  # fmt: skip
            raise StatementError(self.file, line, reason) from refusal
        except AmountTooLargeError as refusal:
            raise StatementError(self.file, line, str(refusal).rstrip(".")) from refusal

    def insert(
        self, told: Told, fresh: Sequence[Keyed], seen: int, twins: Mapping[str, BankLineRow]
    ) -> None:
        statement_id = reserve_ids("bank_statement", 1)[0]
        starts, day = told.starts, told.closing_on
        load = StatementLoad(
            self.bank.id, self.file, self.digest, int(self.session.now().timestamp()),
            self.session.user.id, number_of(starts) if starts else None, told.opening,
            told.closing, number_of(day) if day and told.closing is not None else None,
            len(fresh), seen, self.chosen.kind,
        )  # fmt: skip
        stored.insert_statement(statement_id, load)
        lines.insert_lines([self.load(statement_id, each, twins.get(each.key)) for each in fresh])
        open_with(self.file, statement_id, told, [each.movement for each in fresh])
        changes: dict[str, tuple[object, object]] = {
            "file": (None, self.file), "sha256": (None, self.digest),
            "account": (None, self.account.path), "added": (None, len(fresh)),
            "seen": (None, seen),
        }  # fmt: skip
        if twins:
            changes["doubtful"] = (None, len(twins))
        line = audit.Line(statement_id, changes)
        audit.record(self.session, "bank.import", "bank_statement", [line])

    def load(self, statement_id: int, new: Keyed, twin: BankLineRow | None) -> BankLineLoad:
        each = new.movement
        state = "doubtful" if twin else "open" if each.amount else "matched"
        return BankLineLoad(
            self.bank.id, statement_id, number_of(each.dated), each.amount, each.name, each.memo,
            each.reference, new.key, state, twin.id if twin else None,
        )  # fmt: skip


def _one_line(text: str, limit: int) -> str:
    return " ".join(safe(text).split())[:limit]
