"""Lists: moving, filter, sort, marks, preview, live changes; at 80x24 and 160x50."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from boconsole.language import N_
from screens import lists
from screens.app import BoconsoleApp
from screens.areas import Area
from screens.cells import Cell
from screens.lists import ListScreen, View
from screens.places import Place
from screens.widgets.bars import HeaderLine, NoticeLine
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around, Page, Source, Total
from tests.consoles import console, line, settle


class Paper(NamedTuple):
    id: int
    title: str


class Rows(NamedTuple):
    rows: Sequence[Paper]
    first: str
    last: str
    more: bool


class Number(NamedTuple):
    number: int
    capped: bool


class Shelf:
    """Papers in memory whose title holds the words of a query."""

    def __init__(self, everything: Sequence[Paper], query: str) -> None:
        self.everything = everything
        self.query = query

    @property
    def papers(self) -> Sequence[Paper]:
        words = [word for word in self.query.split() if ":" not in word]
        found = [one for one in self.everything if all(word in one.title for word in words)]
        return found[::-1] if "sort:-" in self.query else found

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Page[Paper]:
        at = int(after) if after else (len(self.papers) if backwards else 0)
        start, end = (max(0, at - limit), at) if backwards else (at, at + limit)
        rows = self.papers[start:end]
        more = start > 0 if backwards else end < len(self.papers)
        return Rows(rows, str(start), str(start + len(rows)), more)

    def count(self) -> Total:
        return Number(len(self.papers), capped=False)

    def around(self, record: int, limit: int) -> Around[Paper] | None:
        ids = [paper.id for paper in self.papers]
        if record not in ids:
            return None
        start = max(0, ids.index(record) - limit // 2)
        rows = self.papers[start : start + limit]
        end = start + len(rows)
        return Around(rows, str(start), str(end), start > 0, end < len(ids))

    def key(self, row: Paper) -> int:
        return row.id


class PapersScreen(ListScreen[Paper]):
    AREA = "papers"
    TITLE = "Papers"
    papers: ClassVar[list[Paper]] = []

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[object] = []
        self.previewed: list[int] = []
        self.undone = 0

    def columns(self) -> Sequence[Column[Paper]]:
        return (
            Column("id", N_("Id"), 5, lambda paper: Cell(str(paper.id)), align="right", sort="id"),
            Column("title", N_("Title"), 20, lambda paper: Cell(paper.title), grow=1),
        )

    def source(self, query: str) -> Source[Paper]:
        return Shelf(self.papers, query)

    def open_row(self, row: Paper) -> None:
        self.opened.append(row.id)

    def open_number(self, number: str) -> None:
        self.opened.append(number)

    def preview(self, row: Paper):  # type: ignore[no-untyped-def]
        self.previewed.append(row.id)
        return super().preview(row)

    def check(self, query: str) -> tuple[int, str] | None:
        return (0, "needs a value") if query.endswith(":") else None

    def views(self) -> Sequence[View]:
        return (View("reds", "red", {"hidden": ["id"]}),)

    def undo_work(self) -> Callable[[], str]:
        return self._undo

    def _undo(self) -> str:
        self.undone += 1
        return "Undone."


AREAS = (
    Area("papers", "1", N_("Papers"), "tests.test_shell_lists:PapersScreen", "PAP"),
    Area("desk", "2", N_("Desk"), "tests.consoles:DeskScreen"),
)
SIZES = pytest.mark.parametrize("size", [(80, 24), (160, 50)])


@pytest.fixture
def app(tmp_path: Path) -> BoconsoleApp:
    colours = ("red", "blue")
    PapersScreen.papers = [Paper(n, f"{colours[n % 2]} paper {n}") for n in range(1, 501)]
    return console(tmp_path, areas=AREAS)


def papers(app: BoconsoleApp) -> PapersScreen:
    screen = app.screen
    assert isinstance(screen, PapersScreen)
    return screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)
    await pilot.pause(0.1)
    await settle(pilot)


@SIZES
async def test_header_counts_and_follows_the_cursor(
    app: BoconsoleApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j", "down")

        assert "Papers · 3 of 500" in line(app, HeaderLine)


@SIZES
async def test_first_and_last_row(app: BoconsoleApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "G")
        last = papers(app).row
        await press(pilot, "g")

        assert (last, papers(app).row) == (Paper(500, "red paper 500"), Paper(1, "blue paper 1"))


async def test_filter_shows_results_while_typing_and_is_kept_by_enter(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *"red 49")
        await pilot.pause(0.2)
        await settle(pilot)
        while_typing = papers(app).table.position_text
        await press(pilot, "enter")

        assert while_typing == "1 of 5"
        assert "red 49 · 1 of 5" in line(app, HeaderLine)
        assert app.focused is papers(app).table
        assert app.places.current == Place("papers", query="red 49")


async def test_esc_clears_marks_first_and_then_the_filter(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *"red", "enter")
        await press(pilot, "space", "space")
        marked = line(app, HeaderLine)
        await press(pilot, "escape")
        filtered = papers(app).query_text
        await press(pilot, "escape")

        assert "2 marked" in marked
        assert (filtered, papers(app).query_text) == ("red", "")


async def test_enter_opens_the_record_under_the_cursor(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "enter")

        assert papers(app).opened == [2]


async def test_number_typed_opens_the_record(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon", *"pap-42", "enter")

        assert papers(app).opened == ["PAP-42"]


async def test_same_sort_again_turns_the_order_round(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o", "1")
        once = papers(app).query_text
        await press(pilot, "o", "enter")

        assert (once, papers(app).query_text) == ("sort:id", "sort:-id")


async def test_view_brings_its_query_and_columns(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "1")

        assert "Papers · reds · red · 1 of 250" in line(app, HeaderLine)
        assert papers(app).table.columns.hidden == {"id"}


async def test_columns_of_a_view_stay_with_it(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "1", "escape")

        assert papers(app).table.columns.hidden == set()


async def test_refined_view_keeps_its_name(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "1", "slash", *"paper", "enter")

        assert "Papers · reds · red paper · " in line(app, HeaderLine)


async def test_another_query_has_not_the_name_of_the_view_before(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "1", "slash", "ctrl+u", *"blue", "enter")

        assert "Papers · blue · " in line(app, HeaderLine)
        assert papers(app).table.columns.hidden == set()


async def test_query_is_shown_again_by_walking_back(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "1")
        await press(pilot, "2")
        await press(pilot, "left_square_bracket")

        assert (app.current_mode, papers(app).query_text) == ("papers", "red")


async def test_area_with_a_query_is_one_command(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon", *"papers blue", "enter")

        assert papers(app).query_text == "blue"


async def test_columns_are_hidden_and_shown_live(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "vertical_line", "space", "enter")

        assert papers(app).table.columns.hidden == {"id"}


async def test_preview_stands_beside_the_list_where_there_is_room(app: BoconsoleApp) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await press(pilot, "j", "j", "j")

        assert papers(app).query_one(Preview).display
        assert papers(app).previewed[-1] == 4


async def test_cursor_that_moves_on_reads_no_preview(
    app: BoconsoleApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "REST", 600.0)
    async with app.run_test(size=(160, 50)) as pilot:
        await press(pilot)
        before = list(papers(app).previewed)
        await press(pilot, "j", "j", "j")

        assert papers(app).table.record == 4
        assert papers(app).previewed == before


async def test_preview_is_turned_off_and_not_read(app: BoconsoleApp) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await press(pilot, "p")
        before = len(papers(app).previewed)
        await press(pilot, "j")

        assert not papers(app).query_one(Preview).display
        assert len(papers(app).previewed) == before


async def test_narrow_window_has_no_preview(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j")

        assert not papers(app).query_one(Preview).display
        assert papers(app).previewed == []


async def test_tab_goes_to_the_preview(app: BoconsoleApp) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await press(pilot, "tab")

        assert app.focused is papers(app).query_one(Preview)


async def test_copy_takes_the_marked_rows(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "space", "y")

        assert app.clipboard == "1\tblue paper 1\n2\tred paper 2"
        assert line(app, NoticeLine).strip() == "2 rows copied."


async def test_marked_rows_far_away_are_still_chosen(app: BoconsoleApp) -> None:
    taken: list[Sequence[Paper]] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "G", "space")
        papers(app).with_chosen(taken.append)
        await settle(pilot)

        assert sorted(paper.id for paper in taken[0]) == [1, 500]


async def test_all_that_match_are_chosen(app: BoconsoleApp) -> None:
    taken: list[Sequence[Paper]] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "asterisk")
        papers(app).with_chosen(taken.append)
        await settle(pilot)

        assert len(taken[0]) == 500


async def test_change_elsewhere_is_shown_without_moving_the_cursor(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "j")
        PapersScreen.papers[2] = Paper(3, "green paper 3")
        app.following.spread("papers", [3])
        await settle(pilot)

        assert papers(app).row == Paper(3, "green paper 3")


async def test_covered_list_catches_up_when_it_is_shown(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2")
        PapersScreen.papers[0] = Paper(1, "green paper 1")
        app.following.spread("papers", [1])
        await press(pilot, "1")

        assert papers(app).row == Paper(1, "green paper 1")


async def test_a_list_may_follow_other_records_than_its_own(
    app: BoconsoleApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(
        PapersScreen, "records_changed", lambda _screen, event: heard.append(event.feature)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.following.spread("ink", [1])
        await settle(pilot)

        assert heard == ["ink"]


async def test_undo_tells_what_it_undid(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "u")

        assert papers(app).undone == 1
        assert line(app, NoticeLine).strip() == "Undone."


async def test_what_a_list_cannot_do_is_said(app: BoconsoleApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x")

        assert line(app, NoticeLine).strip() == "Note: This list cannot be exported."


async def test_empty_list_has_no_preview(app: BoconsoleApp) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await press(pilot, "j", "slash", *"nothing-like-this", "enter")

        assert papers(app).table.row is None
        assert str(papers(app).query_one(Preview).query_one(Static).render()) == ""
