"""Documents in the console: one comes in as a file, is held and found; one is destroyed by two."""

from pathlib import Path

from boconsole.filing import File
from boconsole.registry import classes, destroying, reading, writing
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from tests.bookkeeping import typed_in
from tests.desks import SMALL, press, quiet, shown, whole_desk
from tests.people import add_agent

HOSTILE = "[@click=app.quit()]Lease[/x] \x1b[31mlate"


async def test_a_file_becomes_a_document_that_is_held_and_found(
    local_session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "lease.md"
    path.write_text(f"# {HOSTILE}\nEnds by registered letter.")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "7")
        await typed_in(pilot, "n", "tab", f" {path}", "ctrl+s", "tab", "tab")
        text = shown(app)
        await typed_in(pilot, "q", "h", " Acme 2026-14", "tab", " Claim", "ctrl+s")
        await typed_in(pilot, "/", " registered lett", "enter")
        found = shown(app)

    assert "[@click=app.quit()]Lease[/x] [31mlate" in text
    assert "\x1b" not in text
    assert "DOC-0001 lease.md" in found
    row = reading.get(local_session, 1).row
    assert (row.title, row.held, row.latest) == ("lease.md", True, 1)


async def test_what_one_proposed_another_confirms_by_typing_it(
    local_session: Session, tmp_path: Path
) -> None:
    classes.load(local_session, [("6", "Letters", "", "2y", "dated", "destroy")])
    given = {"title": "Letter", "class": "6", "dated_on": "2020-01-31"}
    made = writing.create(local_session, given, File("a.txt", b"a"))
    eve = add_agent(local_session, "eve", ("approver",))
    destroying.propose(eve, [Ref(made.id)], "old")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "7", ":", " destructions", "enter", "A", " destroy", "enter")
        done = shown(app)

    assert "Destroyed; x writes the protocol." in done
    assert reading.get(local_session, made.id).row.state == "destroyed"
