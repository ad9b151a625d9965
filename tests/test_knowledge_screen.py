"""Articles in the console, by real keys: written, reviewed, compared, proposed and quoted."""

import json
import re
from pathlib import Path

import pytest
from textual.widgets import Input

from boconsole.knowledge import reading, reviewing, using, writing
from boconsole.knowledge.writing import NewArticle
from boconsole.session import Session
from boconsole.tickets import reading as tickets
from boconsole.tickets import replying
from boconsole.tickets.rows import Ref
from screens.dialogs import MenuDialog
from screens.help import LinesScreen
from screens.knowledge import KnowledgeScreen
from screens.knowledge_page import ArticleScreen
from tests.bookkeeping import typed_in
from tests.desks import LARGE, SMALL, desk, make, open_ticket, press, quiet, row, shown, whole_desk
from tests.people import add_agent

HOSTILE = "[@click=app.quit()]VPN[/x] \x1b[31mdrops\u202e"


@pytest.fixture
def base(local_session: Session) -> Session:
    """A published article of Ann's, an internal one, and one in review."""
    ann = add_agent(local_session, "ann")
    for title, audience in (("VPN drops at home", "public"), ("VPN gateway restart", "internal")):
        made = writing.create(
            ann, NewArticle(title, f"# Steps\n\n- Set the **timeout** of {title}.", audience)
        )
        reviewing.publish(local_session, [reviewing.submit(ann, [made.row])[0].row])
    waits = writing.create(ann, NewArticle(HOSTILE, "[link](javascript:x) `code`\x1b[2J", "public"))
    reviewing.submit(ann, [waits.row])
    return local_session


async def test_list_filters_by_words_and_previews_harmless_text(
    base: Session, tmp_path: Path
) -> None:
    app = whole_desk(base, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " knowledge", "enter", "/", " is:review vpn", "enter")
        await pilot.pause(0.1)
        await quiet(pilot)
        screen, text = app.screen, shown(app)
        await press(pilot, "x")
        app.screen.query_one(Input).value = str(tmp_path / "due.json")
        await press(pilot, "enter")

    assert [row["number"] for row in json.loads((tmp_path / "due.json").read_text())] == ["KB-3"]
    assert isinstance(screen, KnowledgeScreen)
    assert "KB-3" in text
    assert "KB-1" not in text
    assert "[@click=app.quit()]VPN[/x] [31mdrops" in text
    assert not re.search("[\x1b\u202e]", text)
    assert "link <javascript:x> code" in text


async def test_keys_bring_an_article_from_a_form_to_its_readers(
    base: Session, tmp_path: Path
) -> None:
    app = whole_desk(base, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " knowledge", "enter", "n", " Toner")
        row(app, "body").text = "Cupboard 4."
        await press(pilot, "ctrl+s")
        opened = app.screen
        await press(pilot, "s", "r", "A")
        refused = shown(app)
        await typed_in(pilot, ":", " kb-3", "enter", "A")
        state = reading.get(base, 3).row.state
        await press(pilot, "u")
        undone, back = shown(app), reading.get(base, 3).row.state
        await press(pilot, "A")
        await press(pilot, "e")
        row(app, "body").text = "Another text"
        await press(pilot, "ctrl+s")
        pending = shown(app)
        await press(pilot, "tab")
        waiting = shown(app)
        await press(pilot, "=")
        compared = app.screen
        lines = shown(app)

    assert isinstance(opened, ArticleScreen)
    assert "somebody else has to publish it" in refused
    assert (state, back) == ("published", "review")
    assert "Undone: KB-3." in undone
    assert "version 1 of 2; the last one is not published" in pending
    assert "Another text" in waiting
    assert isinstance(compared, LinesScreen)
    assert "+ Another text" in lines


async def test_a_new_ticket_links_what_fits_it(base: Session, tmp_path: Path) -> None:
    make(base)
    app = whole_desk(base, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "2", "n", " the vpn drops")
        await pilot.pause(0.5)
        await quiet(pilot)
        offered = shown(app)
        await press(pilot, "ctrl+r", "space", "enter", "ctrl+s")
        await quiet(pilot)

    assert "[ ] KB-1 VPN drops at home and 1 more" in offered
    assert [use.article_id for use in reading.of_ticket(base, 2)] == [1]
    assert reading.get(base, 1).row.used == 1


async def test_articles_are_quoted_to_whom_they_are_for(base: Session, tmp_path: Path) -> None:
    ticket = make(base, "VPN drops", body="at home")
    app = desk(base, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        screen = await open_ticket(pilot, ticket)
        await quiet(pilot)
        offered = shown(app)
        await press(pilot, "b", "1")
        linked = shown(app)
        await press(pilot, "c", "ctrl+r", "2")
        refused = shown(app)
        row(app, "kind").text = "internal"
        await press(pilot, "ctrl+r", "2")
        row(app, "kind").text = "public"
        await press(pilot, "ctrl+s")
        kept = shown(app)
        row(app, "text").text = ""
        await press(pilot, "ctrl+r", "1", "ctrl+s")
        back = app.screen

    assert "b: may help" in offered
    assert "Articles   KB-1 VPN drops at home" in linked
    assert "KB-2 is internal; quote it in a note only" in refused
    assert "KB-2 is internal; quote it in a note only" in kept
    assert back is screen
    written = [each.text for each in tickets.timeline(base, ticket.id) if each.kind == "reply"]
    assert [text.splitlines()[0] for text in written] == ["KB-1: VPN drops at home"]
    assert [(use.article_id, use.quoted) for use in reading.of_ticket(base, ticket.id)] == [
        (1, True)
    ]


async def test_a_solved_ticket_tells_what_helped_and_becomes_an_article(
    base: Session, tmp_path: Path
) -> None:
    ticket = make(base, "VPN drops")
    using.link(base, 1, ticket.id)
    replying.reply(base, Ref(ticket.id), "Use a cable.", state="resolved")
    app = desk(base, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await quiet(pilot)
        await press(pilot, "+")
        asked = app.screen
        await press(pilot, "1", "B")
        await quiet(pilot)
        made = app.screen
        text = shown(app)

    assert isinstance(asked, MenuDialog)
    assert reading.get(base, 1).row.helpful == 1
    assert isinstance(made, ArticleScreen)
    assert ("KB-4 VPN drops" in text, "Use a cable." in text) == (True, True)


async def test_a_reader_without_the_permission_sees_no_articles(
    base: Session, tmp_path: Path
) -> None:
    ticket = make(base, "VPN drops")
    using.link(base, 2, ticket.id)
    boss = add_agent(base, "boss", ("executive",))
    app = whole_desk(boss, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await open_ticket(pilot, ticket)
        page = shown(app)
        await press(pilot, "b")
        refused = shown(app)
        await typed_in(pilot, ":", " knowledge", "enter")
        listed = shown(app)

    assert "VPN gateway" not in page
    assert "You may not read articles" in refused
    assert "VPN gateway" not in listed
