"""The text of files is read behind everything else: kept at once, followed, stopped, never late."""

import io
import threading
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from boconsole.filing import File
from boconsole.registry import adding, chores, classes, destroying, extracting, reading, writing
from boconsole.registry.extracting import StoppedReadingError, Text, Watch
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from db.registry import versions
from screens.app import BoconsoleApp
from screens.registry.text_reader import reader_of
from tests.bookkeeping import typed_in
from tests.desks import SMALL, press, quiet, shown, whole_desk
from tests.people import add_agent


def paper(pages: int) -> bytes:
    """A PDF of some pages with a line each."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    found = io.BytesIO()
    drawn = canvas.Canvas(found)
    for page in range(pages):
        drawn.drawString(72, 720, f"Rent of the warehouse {page}")
        drawn.showPage()
    drawn.save()
    return found.getvalue()


def test_a_pdf_is_kept_at_once_and_read_later(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "_apart", lambda *_args: Text("Rent of the warehouse", "read"))
    made = writing.create(session, {"title": "Lease"}, File("lease.pdf", b"%PDF"))
    plain = writing.create(session, {"title": "Note"}, File("note.md", b"Rent"))
    chores.run_due(session)
    states = [reading.card(session, one.id).versions[0].text_state for one in (made, plain)]

    assert states == ["waiting", "read"]
    assert adding.read_waiting(document_id=plain.id) == 0
    assert adding.read_waiting() == 1
    assert [row.title for row in reading.list_page(session, "warehouse").rows] == ["Lease"]


def test_what_was_destroyed_meanwhile_gets_no_text(session: Session) -> None:
    classes.load(session, [("6", "Letters", "", "2y", "dated", "destroy")])
    given = {"title": "Letter", "class": "6", "dated_on": "2020-01-31"}
    made = writing.create(session, given, File("a.pdf", b"%PDF secret"))
    found = adding.next_waiting()
    assert found is not None
    eve = add_agent(session, "eve", ("approver",))
    order = destroying.propose(eve, [Ref(made.id)], "old")
    destroying.confirm(session, order.row.id)

    adding.keep_text(found[0], Text("secret words", "read"))

    assert versions.text_of(made.id, 1) == ""


def test_reading_tells_its_pages_and_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boconsole.registry.extraction.EVERY", 0)
    stop, told = Event(), []

    def tell(page: int, pages: int) -> None:
        told.append((page, pages))
        stop.set()

    with pytest.raises(StoppedReadingError):
        extracting.text_of("lease.pdf", paper(2_000), Watch(stop, tell))

    assert told
    assert told[0][1] == 2_000


async def test_nobody_waits_for_a_pdf_in_the_console(
    local_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = threading.Event()

    def slow(_library: str, _content: bytes, watch: Watch) -> Text:
        watch.tell(12, 240)
        while not hold.wait(0.02):
            if watch.stop.is_set():
                raise StoppedReadingError
        return Text("Ends by registered letter.", "read")

    monkeypatch.setattr(extracting, "_apart", slow)
    writing.create(local_session, {"title": "Lease"}, File("lease.pdf", b"%PDF"))
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await pilot.press("7")
        there = await until(pilot, app, "reading DOC-0001, page 12 of 240")
        await pilot.press("j", "X")
        await until(pilot, app, "Stopped")
        await quiet(pilot)
        stopped = adding.count_waiting()
        hold.set()
        await press(pilot, "2", "7")
        reader_of(app).start()
        await quiet(pilot)
        await typed_in(pilot, "/", " registered", "enter")
        found = shown(app)

    assert "DOC-0001" in there
    assert stopped == 1
    assert "DOC-0001 Lease" in found


async def until(pilot: Pilot[None], app: BoconsoleApp, text: str) -> str:
    """Wait until the screen shows a text; what it shows then."""
    for _turn in range(200):
        if text in shown(app):
            break
        await pilot.pause(0.05)
    assert text in shown(app)
    return shown(app)
