"""The list of records: windows over long lists, the cursor, marks, columns, live changes."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from boconsole.errors import BoconsoleError
from screens.cells import Cell
from screens.widgets import table_messages as messages
from screens.widgets.columns import Column, Columns, header_line, row_parts
from screens.widgets.listing import Listing
from screens.widgets.marks import Marks
from screens.widgets.record_table import RecordTable
from screens.widgets.window import Around


class Line(NamedTuple):
    id: int
    subject: str = ""


class Page(NamedTuple):
    rows: Sequence[Line]
    first: str
    last: str
    more: bool


class Total(NamedTuple):
    number: int
    capped: bool


class Records:
    """A list by id, read by keyset; `ids` may change while it is shown."""

    def __init__(self, ids: Sequence[int], cap: int = 10_000) -> None:
        self.ids = list(ids)
        self.cap = cap
        self.subjects: dict[int, str] = {}
        self.asked: list[tuple[str | None, bool]] = []
        self.broken = False

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Page:
        if self.broken:
            raise BoconsoleError("The database has gone away; try again.")
        self.asked.append((after, backwards))
        near = [i for i in self.ids if after is None or (i < int(after)) == backwards]
        near = [i for i in near if after is None or i != int(after)]
        some = near[-limit:] if backwards else near[:limit]
        rows = [self.line(i) for i in some]
        first, last = (str(some[0]), str(some[-1])) if some else ("", "")
        return Page(rows, first, last, len(near) > limit)

    def count(self) -> Total:
        return Total(min(len(self.ids), self.cap), len(self.ids) > self.cap)

    def around(self, record: int, limit: int) -> Around[Line] | None:
        if record not in self.ids:
            return None
        place = self.ids.index(record)
        some = self.ids[max(0, place - limit // 2) : place + limit // 2]
        rows = [self.line(i) for i in some]
        before, after = some[0] != self.ids[0], some[-1] != self.ids[-1]
        return Around(rows, str(some[0]), str(some[-1]), before, after)

    def key(self, row: Line) -> int:
        return row.id

    def line(self, record: int) -> Line:
        return Line(record, self.subjects.get(record, f"subject {record}"))


class Desk:
    """A listing whose questions are answered when the test says so."""

    def __init__(self, source: Records, height: int = 20) -> None:
        self.questions: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []
        self.listing: Listing[Line] = Listing(self.ask, lambda: None)
        self.listing.fit(height)
        self.listing.show(source)

    def ask(self, work: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        self.questions.append((work, answer))

    def answer(self) -> "Desk":
        while self.questions:
            work, answer = self.questions.pop(0)
            answer(work())
        return self

    @property
    def shown(self) -> list[int]:
        view = self.listing.view
        return [row.id for row in self.listing.window.rows[view.top : view.top + view.height]]

    @property
    def line_of_cursor(self) -> int:
        return self.listing.view.cursor - self.listing.view.top


MILLION = range(1, 1_000_001)


def test_the_first_page_is_shown_and_the_next_is_fetched_ahead() -> None:
    source = Records(range(1, 5001))

    desk = Desk(source).answer()

    assert desk.shown == list(range(1, 21))
    assert source.asked == [(None, False)]
    assert len(desk.listing.window.rows) == 100


def test_walking_down_a_long_list_holds_few_rows_and_skips_none() -> None:
    desk = Desk(Records(range(1, 2001))).answer()
    seen = []

    for _step in range(1999):
        seen.append(desk.listing.record)
        desk.listing.go(1)
        desk.answer()

    assert seen == list(range(1, 2000))
    assert desk.listing.record == desk.listing.position == 2000
    assert len(desk.listing.window.rows) < 400


def test_walking_back_up_shows_every_row_too() -> None:
    desk = Desk(Records(range(1, 1001))).answer()
    desk.listing.bottom()
    desk.answer()
    seen = []

    for _step in range(1000):
        seen.append(desk.listing.record)
        desk.listing.go(-1)
        desk.answer()

    assert seen == list(range(1000, 0, -1))
    assert desk.listing.position == 1


def test_past_the_edge_a_third_of_the_page_comes_at_once() -> None:
    desk = Desk(Records(range(1, 501)), height=21).answer()

    desk.listing.go(20)
    at_edge = desk.shown[0]
    desk.listing.go(1)

    assert (at_edge, desk.shown[0], desk.listing.record) == (1, 8, 22)


def test_keys_faster_than_the_database_are_made_up_for() -> None:
    desk = Desk(Records(range(1, 5001))).answer()

    desk.listing.go(150)
    before = desk.listing.record
    desk.answer()

    assert before == 100
    assert desk.listing.record == 151


def test_the_end_is_read_from_the_end() -> None:
    source = Records(MILLION[:50_000], cap=60_000)
    desk = Desk(source).answer()

    desk.listing.bottom()
    desk.answer()

    assert desk.shown == list(range(49_981, 50_001))
    assert source.asked[-1] == (None, True)
    assert desk.listing.position == 50_000


def test_where_the_count_is_capped_the_end_has_no_number() -> None:
    desk = Desk(Records(range(1, 20_001))).answer()

    desk.listing.bottom()
    desk.answer()

    assert desk.listing.record == 20_000
    assert desk.listing.position is None


def test_a_jump_stands_in_the_middle_and_reads_on_both_sides() -> None:
    desk = Desk(Records(range(1, 5001))).answer()

    desk.listing.jump(3000)
    desk.answer()
    desk.listing.go(-300)
    desk.answer()

    assert desk.listing.record == 2700


def test_a_jump_to_a_record_that_is_not_there_changes_nothing() -> None:
    missed: list[int] = []
    desk = Desk(Records(range(1, 501))).answer()
    desk.listing.missed = missed.append
    desk.listing.go(5)

    desk.listing.jump(9999)
    desk.answer()

    assert missed == [9999]
    assert desk.listing.record == 6


def test_an_answer_to_an_earlier_query_is_dropped() -> None:
    slow, quick = Records(range(1, 501)), Records(range(1001, 1501))
    desk = Desk(slow)
    late = desk.questions.pop()

    desk.listing.show(quick)
    desk.answer()
    late[1](late[0]())

    assert desk.shown[0] == 1001


def test_the_last_good_rows_stay_while_others_are_read() -> None:
    desk = Desk(Records(range(1, 501))).answer()

    desk.listing.show(Records(range(1001, 1501)))

    assert desk.shown[0] == 1
    assert desk.listing.waiting


def test_the_cursor_stays_on_its_record_when_the_query_changes() -> None:
    desk = Desk(Records(range(1, 501))).answer()
    desk.listing.go(9)

    desk.listing.show(Records(range(2, 501, 2)))
    desk.answer()

    assert desk.listing.record == 10


def test_the_cursor_never_follows_what_was_first_half_a_word_ago() -> None:
    desk = Desk(Records(range(1, 501))).answer()
    desk.listing.go(6)
    desk.listing.hold()

    for typed in (range(20, 50), range(2, 501, 2), range(14, 30)):
        desk.listing.show(Records(typed))
        desk.answer()
    assert desk.listing.record == 14

    desk.listing.show(Records(range(1, 501)))
    desk.listing.release()
    desk.answer()
    assert desk.listing.record == 7


@pytest.mark.parametrize("start", [5, 150, 480])
def test_others_changes_do_not_move_the_row_under_the_cursor(start: int) -> None:
    source = Records(range(10, 5000, 10))
    desk = Desk(source).answer()
    desk.listing.go(start)
    desk.answer()
    record, line = desk.listing.record, desk.line_of_cursor
    assert record is not None

    source.ids = sorted({*source.ids, *range(record - 40, record, 3)} - {record + 10})
    desk.listing.reread()
    desk.answer()

    assert desk.listing.record == record
    assert desk.line_of_cursor == line
    assert desk.shown == source.ids[(at := source.ids.index(record)) - line : at - line + 20]


def test_when_the_record_is_gone_the_cursor_is_on_the_next() -> None:
    source = Records(range(1, 501))
    desk = Desk(source).answer()
    desk.listing.go(9)

    source.ids.remove(10)
    desk.listing.reread()
    desk.answer()

    assert desk.listing.record == 11


def test_when_all_after_it_is_gone_the_cursor_is_on_the_one_before() -> None:
    source = Records(range(1, 11))
    desk = Desk(source).answer()
    desk.listing.go(9)

    source.ids = list(range(1, 8))
    desk.listing.reread()
    desk.answer()

    assert desk.listing.record == 7


def test_a_list_that_became_empty_has_no_row() -> None:
    source = Records(range(1, 301))
    desk = Desk(source).answer()
    desk.listing.go(200)
    desk.answer()

    source.ids = []
    desk.listing.reread()
    desk.answer()

    assert desk.listing.record is None
    assert desk.listing.total == (0, False)


def test_changes_during_a_reading_are_read_after_it() -> None:
    source = Records(range(1, 501))
    desk = Desk(source)
    first = desk.questions[0][0]()
    desk.questions[0] = (lambda: first, desk.questions[0][1])

    source.subjects[1] = "new subject"
    desk.listing.reread()
    desk.answer()

    assert desk.listing.row == (1, "new subject")


def test_after_a_failed_reading_the_next_key_tries_again() -> None:
    source = Records(range(1, 501))
    desk = Desk(source).answer()
    desk.listing.go(95)
    desk.questions.clear()

    desk.listing.failed()
    desk.listing.go(1)
    desk.answer()

    assert len(desk.listing.window.rows) == 200


@given(
    moves=st.lists(
        st.one_of(
            st.tuples(st.just("go"), st.integers(-250, 250)),
            st.tuples(st.just("turn"), st.integers(-3, 3)),
            st.tuples(st.sampled_from(["top", "bottom"]), st.just(0)),
            st.tuples(st.just("jump"), st.integers(1, 900)),
            st.tuples(st.just("remove"), st.integers(1, 900)),
            st.tuples(st.just("add"), st.integers(1, 900)),
        ),
        max_size=25,
    ),
    height=st.integers(1, 70),
)
def test_what_is_shown_is_always_a_part_of_the_list(
    moves: list[tuple[str, int]], height: int
) -> None:
    source = Records(range(1, 900, 2))
    desk = Desk(source, height).answer()

    for move, number in moves:
        make(desk, source, move, number)
        desk.answer()
        start = source.ids.index(desk.shown[0])
        assert desk.shown == source.ids[start : start + height]
        assert desk.listing.record in desk.shown
        assert len(desk.shown) == min(height, len(source.ids))


def make(desk: Desk, source: Records, move: str, number: int) -> None:
    if move in ("remove", "add"):
        source.ids = sorted({*source.ids} - {number} | ({number} if move == "add" else set()))
        desk.listing.reread()
    else:
        arguments = {"go": (number,), "turn": (number,), "jump": (number,)}.get(move, ())
        getattr(desk.listing, move)(*arguments)


def column(name: str, width: int = 6, **rest: Any) -> Column[Line]:
    return Column(name, name.title(), width, lambda row: Cell(str(row.id)), **rest)


def test_narrow_screens_lose_the_least_important_columns_first() -> None:
    columns = Columns([column("a"), column("b", priority=2), column("c", priority=1, grow=1)])

    widths = {
        width: [(place.column.id, place.width) for place in columns.lay_out(width)]
        for width in (40, 22, 20, 15, 8)
    }

    assert widths == {
        40: [("a", 6), ("b", 6), ("c", 24)],
        22: [("a", 6), ("b", 6), ("c", 6)],
        20: [("a", 6), ("c", 11)],
        15: [("a", 6), ("c", 6)],
        8: [("a", 6)],
    }


def test_what_the_reader_changed_about_columns_survives_a_view() -> None:
    columns = Columns([column("a"), column("b"), column("c", grow=1)])
    columns.hidden.add("a")
    columns.resize("c", 12)
    columns.move("c", -1)

    again = Columns([column("a"), column("b"), column("c", grow=1), column("d")])
    again.restore({**columns.state(), "order": [*columns.state()["order"], "gone"]})

    assert [(p.column.id, p.left, p.width) for p in again.lay_out(60)] == [
        ("c", 2, 12),
        ("b", 15, 6),
        ("d", 22, 6),
    ]


def test_the_heading_shows_what_the_list_is_sorted_by() -> None:
    columns = Columns([column("number", 6, sort="id"), column("due", 6, align="right", sort="due")])

    heading = header_line(columns.lay_out(40), {"id": "▼", "due": "▲"})

    assert heading == "  Numb…▼   Due▲"


def test_a_row_has_its_mark_and_nothing_that_harms() -> None:
    placed = Columns(
        [
            Column("a", "A", 4, lambda _row: Cell("x\x1b[2J", "bad")),
            Column("b", "B", 5, lambda row: Cell(str(row.id)), align="right"),
        ]
    ).lay_out(20)

    assert row_parts(placed, Line(7), marked=True) == [("* ", ""), ("x[2J", "bad"), ("     7", "")]


def test_marks_are_some_or_all_but_some() -> None:
    some = Marks().turned(1).turned(2).turned(1)
    most = Marks(everything=True).turned(5)

    assert [record in some for record in (1, 2)] == [False, True]
    assert [record in most for record in (1, 5)] == [True, False]
    assert (some.number(10), most.number(10)) == (1, 9)


COLUMNS = (
    Column[Line]("id", "Number", 8, lambda row: Cell(f"TKT-{row.id}"), sort="id"),
    Column[Line]("subject", "Subject", 10, lambda row: Cell(row.subject), grow=1),
)


class Room(App[None]):
    def __init__(self, source: Records, **options: Any) -> None:
        super().__init__()
        self.source = source
        self.table: RecordTable[Line] = RecordTable(COLUMNS, **options)
        self.heard: list[messages.TableMessage] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.show(self.source, (("id", True),))
        self.table.focus()

    def hear(self, event: messages.TableMessage) -> None:
        self.heard.append(event)

    on_row_highlighted = on_row_opened = on_marks_changed = on_sort_requested = hear
    on_page_failed = on_record_missing = on_counted = hear

    def last(self, kind: type[messages.TableMessage]) -> Any:
        return [message for message in self.heard if isinstance(message, kind)][-1]

    def line(self, y: int) -> str:
        return self.table.render_line(y).text.rstrip()


async def settled(app: Room, pilot: Any) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_rows_are_drawn_below_the_heading() -> None:
    app = Room(Records(range(1, 501)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)

        assert app.line(0) == "  Number▼  Subject"
        assert app.line(1) == "  TKT-1    subject 1"
        assert app.line(11) == "  TKT-11   subject 11"
        assert app.table.position_text == "1 of 500"


@pytest.mark.parametrize(
    ("keys", "record"),
    [
        (("j", "down"), 3),
        (("j", "j", "k", "up"), 1),
        (("pagedown",), 11),
        (("pagedown", "pageup"), 1),
        (("G",), 500),
        (("G", "up"), 499),
        (("G", "g"), 1),
        (("end", "home"), 1),
    ],
)
async def test_keys_move_the_cursor(keys: tuple[str, ...], record: int) -> None:
    app = Room(Records(range(1, 501)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)
        for key in keys:
            await pilot.press(key)
            await settled(app, pilot)

        assert app.table.record == record
        assert app.last(messages.RowHighlighted).record == record


async def test_a_move_draws_two_lines() -> None:
    app = Room(Records(range(1, 501)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)
        drawn: list[int] = []
        draw = app.table.render_line
        app.table.render_line = lambda y: drawn.append(y) or draw(y)  # type: ignore[method-assign,func-returns-value]
        await pilot.press("down")
        await settled(app, pilot)

        assert sorted(drawn) == [1, 2]


async def test_marks_are_set_row_by_row_or_for_all() -> None:
    app = Room(Records(range(1, 501)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)
        await pilot.press("space", "space")
        await pilot.pause()
        some = app.table.marks

        await pilot.press("asterisk", "space")
        await pilot.pause()

        assert some == Marks(frozenset({1, 2}))
        assert app.line(1) == "* TKT-1    subject 1"
        assert app.table.marks == Marks(frozenset({3}), everything=True)
        assert app.last(messages.MarksChanged).marks == app.table.marks


async def test_a_click_moves_a_double_click_opens_the_heading_sorts() -> None:
    app = Room(Records(range(1, 501)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)
        await pilot.click(RecordTable, offset=(5, 3))
        clicked = app.table.record
        await pilot.double_click(RecordTable, offset=(5, 4))
        await pilot.click(RecordTable, offset=(3, 0), shift=True)
        await pilot.pause()

        assert clicked == 3
        assert app.last(messages.RowOpened).record == 4
        assert app.last(messages.SortRequested).field == "id"
        assert app.last(messages.SortRequested).add


async def test_a_changed_row_is_drawn_again_in_its_place() -> None:
    source = Records(range(1, 501))
    app = Room(source)
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)
        source.subjects[2] = "[/x] another"
        app.table.refresh_rows({2})
        await settled(app, pilot)

        assert app.line(2) == "  TKT-2    [/x] another"
        assert app.table.record == 1


async def test_an_empty_list_says_what_would_be_here() -> None:
    app = Room(Records([]), empty="No tickets yet; n makes one.")
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)

        assert app.line(2) == "  No tickets yet; n makes one."
        assert app.table.position_text == "0"


async def test_a_failure_is_told_and_the_rows_stay() -> None:
    source = Records(range(1, 501))
    app = Room(source)
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)
        source.broken = True
        app.table.refresh_rows()
        await settled(app, pilot)

        assert str(app.last(messages.PageFailed).error).startswith("The database has gone away")
        assert app.line(1) == "  TKT-1    subject 1"


async def test_many_rows_are_counted_to_a_limit() -> None:
    app = Room(Records(range(1, 20_002)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)

        assert app.table.position_text == "1 of 10,000+"


async def test_the_cursor_stays_when_the_terminal_shrinks() -> None:
    app = Room(Records(range(1, 501)))
    async with app.run_test(size=(40, 30)) as pilot:
        await settled(app, pilot)
        await pilot.press(*("down",) * 25)
        await pilot.resize_terminal(30, 10)
        await settled(app, pilot)

        assert app.table.record == 26
        assert "TKT-26" in "".join(app.line(y) for y in range(1, 10))


async def test_the_terminal_cursor_follows_the_row() -> None:
    app = Room(Records(range(1, 501)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settled(app, pilot)
        await pilot.press("down", "down")
        await pilot.pause()

        assert app.cursor_position == (0, 3)
