"""How a number came to be: its rule, its parts, and the lines behind each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from boconsole.language import N_, _
from boconsole.ledger.reading import Count
from boconsole.ledger.statements import explaining, periods
from boconsole.ledger.statements.explaining import Explained, Posting
from boconsole.ledger.statements.periods import Period
from boconsole.ledger.statements.terms import Group, Part, Term
from boconsole.session import Session
from screens.cells import Cell, safe
from screens.keys import Action
from screens.ledger import facts, rooms
from screens.ledger.facts import money
from screens.ledger.sources import Rows
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

LAST = 20
"""Lines of a part that the preview shows."""


class PartLine(NamedTuple):
    """One line of the parts: a part, several of them converted together, or the sum of all."""

    place: int
    title: str
    number: str
    amount: str
    rate: str
    worth: str
    part: Part | None = None


class PartsSource:
    """The parts of a number, in memory."""

    def __init__(self, lines: Sequence[PartLine]) -> None:
        self._lines = lines

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[PartLine]:
        """Return at most `limit` lines next to a place."""
        if backwards:
            stop = int(after) if after else len(self._lines)
            start = max(0, stop - limit)
            return self._cut(start, stop, more=start > 0)
        start = int(after) + 1 if after else 0
        return self._cut(start, start + limit, more=start + limit < len(self._lines))

    def _cut(self, start: int, stop: int, *, more: bool) -> Rows[PartLine]:
        rows = self._lines[start:stop]
        return Rows(rows, str(start), str(start + len(rows) - 1), more)

    def count(self) -> Count:
        """Return how many there are."""
        return Count(len(self._lines), capped=False)

    def around(self, record: int, limit: int) -> Around[PartLine] | None:
        """Return lines with one amidst them."""
        start = max(0, record - 1 - limit // 2)
        found = self._cut(start, start + limit, more=start + limit < len(self._lines))
        return Around(found.rows, found.first, found.last, start > 0, found.more)

    def key(self, row: PartLine) -> int:
        """Return the number of a line."""
        return row.place + 1


class ExplainedScreen(rooms.InRooms, ListScreen[PartLine]):
    """The parts of one number.

    Args:
        found: How it came to be.
        precisions: Digits behind the point, by commodity.
    """

    AREA = facts.AREA
    FEATURE = "explained"
    CSS_PATH = "../styles/explained.tcss"

    def __init__(self, found: Explained, precisions: dict[str, int]) -> None:
        self.found = found
        self.precisions = precisions
        self.lines = part_lines(found, precisions)
        super().__init__()

    def body(self) -> ComposeResult:
        """Yield the rule above the parts."""
        yield Static(id="rule", markup=False)
        yield from super().body()

    def on_mount(self) -> None:
        """Show the rule above the parts."""
        self._show_rule()

    def on_resize(self) -> None:
        """Break the rule in the new width."""
        self.call_after_refresh(self._show_rule)

    def _show_rule(self) -> None:
        found, room = self.found, max(self.size.width - 2, 20)
        amount = f"{money(found.shown, found.precision)} {safe(found.commodity)}"
        broken = _("The parts DO NOT sum to the number; r on the statement reads it again.")
        holds = (_("The parts sum to the number."), "good") if found.holds else (broken, "bad")
        lines = [
            *wrapped(toned((f"{safe(found.title)} · {safe(found.column)} · {amount}", "strong")),
                     room, " ", " "),
            *wrapped(Content(safe(found.rule)), room, " ", " "),
            *wrapped(toned(holds), room, " ", " "),
            *(part for code in found.without_rate for part in wrapped(toned(
                (_("No rate leads from {commodity}; it is in no sum.").format(
                    commodity=safe(code)), "warn")), room, " ", " ")),
        ]  # fmt: skip
        self.query_one("#rule", Static).update(block(lines))

    def heading(self) -> Heading:
        """Return what it is."""
        return super().heading()._replace(view=_("How it came to be"))

    def columns(self) -> Sequence[Column[PartLine]]:
        """Return part, lines, amount, rate and worth, as wide as they have to be."""
        wide = {name: max([8, *(len(getattr(line, name)) for line in self.lines)])
                for name in ("amount", "rate", "worth")}  # fmt: skip
        converted = any(line.rate for line in self.lines)
        more: list[Column[PartLine]] = [
            Column("rate", N_("Rate"), wide["rate"], lambda row: Cell(row.rate, "muted"),
                   align="right", priority=2),
            Column("worth", N_("Worth"), wide["worth"], lambda row: Cell(row.worth, _tone(row)),
                   align="right"),
        ]  # fmt: skip
        return (
            Column("part", N_("Part"), 18, lambda row: Cell(row.title, _tone(row)), grow=1),
            Column("lines", N_("Lines"), 8, lambda row: Cell(row.number), align="right",
                   priority=3),
            Column("amount", N_("Amount"), wide["amount"],
                   lambda row: Cell(row.amount, _tone(row)), align="right",
                   priority=1 if converted else 0),
            *(more if converted else []),
        )  # fmt: skip

    def source(self, query: str) -> PartsSource:
        """Return the parts in memory."""
        del query
        return PartsSource(self.lines)

    def preview(self, row: PartLine) -> RenderableType:
        """Return the first lines behind a part; reads."""
        if row.part is None:
            return toned((row.title, "strong"))
        room = self.query_one(Preview).room
        found = explaining.postings(self.session, row.part, limit=LAST)
        digits = self.precisions[row.part.commodity]
        lines = [toned((row.title, "strong")), Content("")]
        lines += [part for each in found
                  for part in wrapped(Content(_posting_text(each, digits)), room)]  # fmt: skip
        return block(lines)

    def why_not(self, action: Action) -> str:
        """Say what cannot be done with parts."""
        if action.id in ("list.filter", "list.sort"):
            return _("All parts are shown, in the order of the statement.")
        return super().why_not(action)

    def open_row(self, row: PartLine) -> None:
        """Show the lines behind a part."""
        if row.part is None:
            self.app.say(_("This line is a sum of others; enter on a part shows its lines."))
        else:
            digits = self.precisions[row.part.commodity]
            self.app.push_screen(PartScreen(row.part, digits))

    async def show_place(self, place: Place) -> None:
        """Show nothing else: the number was given when it was made."""


def _tone(row: PartLine) -> str:
    return "" if row.part is not None else "strong"


def _posting_text(posting: Posting, digits: int) -> str:
    amount = money(posting.amount, digits)
    return f"{posting.dated} {posting.number} {safe(posting.about)} {amount}"


def part_lines(found: Explained, precisions: dict[str, int]) -> list[PartLine]:
    """Return the lines of a number: its parts, those converted together, and the sum."""
    lines: list[PartLine] = []

    def add(title: str, number: str, amount: str, rate: str, worth: str,
            part: Part | None = None) -> None:  # fmt: skip
        lines.append(PartLine(len(lines), title, number, amount, rate, worth, part))

    for group in found.groups:
        alone = len(group.parts) == 1
        worth = money(group.worth, found.precision)
        for part in group.parts:
            end = (_rate(group), worth) if alone else ("", "")
            add(f"{safe(part.account.path)} · {days(part.term)}", str(part.number),
                _amount(part.amount, part.commodity, precisions), *end, part)  # fmt: skip
        if not alone and found.groups[1:]:
            add(_("Together"), "", _amount(group.amount, group.commodity, precisions),
                _rate(group), worth)  # fmt: skip
    total = f"{money(found.total, found.precision)} {safe(found.commodity)}"
    add(_("Sum"), str(sum(part.number for group in found.groups for part in group.parts)),
        total, "", money(found.total, found.precision))  # fmt: skip
    return lines


def days(term: Term) -> str:
    """Return the days of a term as they are typed."""
    if term.starts is None:
        return f"..{term.ends}"
    return periods.name(Period(term.starts, term.ends))


def _amount(minor: int, code: str, precisions: dict[str, int]) -> str:
    return f"{money(minor, precisions[code])} {safe(code)}"


def _rate(group: Group) -> str:
    return "" if group.rate is None else explaining.rate_text(group.rate)


class PostingsSource:
    """The lines behind a part, page by page."""

    def __init__(self, session: Session, part: Part) -> None:
        self._session = session
        self._part = part

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[Posting]:
        """Return at most `limit` lines next to a place."""
        found = explaining.postings(
            self._session, self._part, after or "", limit + 1, backwards=backwards
        )
        kept = found[-limit:] if backwards else found[:limit]
        ends = (explaining.cursor(kept[0]), explaining.cursor(kept[-1])) if kept else ("", "")
        return Rows(kept, *ends, len(found) > limit)

    def count(self) -> Count:
        """Return how many there are; they were counted with their sum."""
        return Count(self._part.number, capped=False)

    def around(self, record: int, limit: int) -> Around[Posting] | None:
        """Return nothing: no line is looked for here."""
        del record, limit
        return None

    def key(self, row: Posting) -> int:
        """Return the line's id."""
        return row.id


class PartScreen(rooms.InRooms, ListScreen[Posting]):
    """The lines behind one part, in order of day.

    Args:
        part: Which.
        precision: Digits behind the point of its commodity.
    """

    AREA = facts.AREA
    FEATURE = "explained"
    ACTIONS: ClassVar[Sequence[Action]] = ()

    def __init__(self, part: Part, precision: int) -> None:
        self.part = part
        self.precision = precision
        super().__init__()

    def heading(self) -> Heading:
        """Return the account, the days and the sum."""
        total = f"{money(self.part.amount, self.precision)} {safe(self.part.commodity)}"
        found = super().heading()
        return found._replace(
            view=safe(self.part.account.path), filter=f"{days(self.part.term)} = {total}"
        )

    def columns(self) -> Sequence[Column[Posting]]:
        """Return day, number, text and amount with the sign of the part."""
        return (
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.dated))),
            Column("number", N_("Number"), 15, lambda row: Cell(row.number, "info"), priority=1),
            Column("about", N_("Payee and description"), 18,
                   lambda row: Cell(safe(row.about)), grow=1),
            Column("amount", N_("Amount"), 22, lambda row: Cell(
                f"{money(row.amount, self.precision)} {safe(self.part.commodity)}"),
                align="right"),
        )  # fmt: skip

    def source(self, query: str) -> PostingsSource:
        """Return where the lines come from."""
        del query
        return PostingsSource(self.session, self.part)

    def why_not(self, action: Action) -> str:
        """Say what cannot be done with these lines."""
        if action.id in ("list.filter", "list.sort"):
            return _("These are the lines of one part, all of them, in order of day.")
        return super().why_not(action)

    def open_row(self, row: Posting) -> None:
        """Open the entry of a line."""
        if not row.entry_id:
            self.app.say(_("A budget has no entry; it is planned in the room Budgets."))
            return
        from screens.ledger.entry import EntryScreen

        self.app.push_screen(EntryScreen(row.entry_id))

    async def show_place(self, place: Place) -> None:
        """Show nothing else: the part was given when it was made."""
