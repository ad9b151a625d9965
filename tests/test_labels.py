"""Labels of assets: sheets as PDF, and codes in block characters."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from boconsole.errors import InvalidChangeError
from boconsole.paper import labels
from boconsole.paper.labels import SHEETS, Label
from boconsole.session import Session
from boconsole.stock import blocks, labelling
from tests.desks import SMALL, press, quiet, row, shown, whole_desk
from tests.things import add_asset


def test_sheets_stand_where_their_makers_print_them() -> None:
    places = {name: sheet.place(0) for name, sheet in SHEETS.items()}

    # Avery's templates give L7160 a side margin of 7.2 mm and a top margin of 15.1 mm
    assert [round(each, 1) for each in places["L7160"]] == [7.2, 15.2]
    assert [round(each, 1) for each in places["L7651"]] == [4.7, 10.7]
    assert [round(each, 1) for each in places["5160"]] == [4.8, 12.7]
    assert round(SHEETS["L7160"].place(20)[0] + 63.5 + 7.21) == 210


def test_a_partly_used_sheet_goes_on_at_a_later_label(
    local_session: Session, tmp_path: Path
) -> None:
    for number in range(1, 25):
        add_asset(f"AST-{number:04}", f"Laptop of a rather long name {number}")
    path = tmp_path / "labels.pdf"

    done = labelling.print_labels(local_session, "", path, start=20)
    pages = PdfReader(path).pages

    assert done == (24, 3)
    assert "AST-0002" in pages[0].extract_text()
    assert "AST-0003" in pages[1].extract_text()
    assert "AST-0024" in pages[2].extract_text()
    assert "Laptop of a rath…" in pages[0].extract_text()
    with pytest.raises(InvalidChangeError, match="labels 1 to 21"):
        labelling.print_labels(local_session, "", path, start=22)
    with pytest.raises(InvalidChangeError, match="nothing to print"):
        labelling.print_labels(local_session, "nowhere", path)
    with pytest.raises(InvalidChangeError, match="L7160"):
        labelling.print_labels(local_session, "", path, sheet="L9999")


def test_the_same_labels_make_the_same_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for path in (one, two):
        labels.write(path, "Labels", SHEETS["L7651"], [Label("AST-0001", ("AST-0001", "Box"))])

    assert one.read_bytes() == two.read_bytes()


def test_a_code_in_blocks_has_the_modules_of_the_code() -> None:
    code = labels.matrix("AST-0007")
    drawn = blocks.lines(code)
    light = blocks.lines(code, light=True)

    assert (len(drawn[0]), len(drawn)) == (25, 13)
    upper = [sign in "▀█" for sign in drawn[1][2:-2]]
    lower = [sign in "▄█" for sign in drawn[1][2:-2]]
    assert (upper, lower) == (list(code[0]), list(code[1]))
    opposite = str.maketrans("▀▄█ ", "▄▀ █")
    assert [line.translate(opposite) for line in light][:-1] == drawn[:-1]


async def test_code_is_shown_and_labels_are_printed_from_the_list(
    local_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(1, 4):
        add_asset(f"AST-{number:04}")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "3", "j", "Q")
        code = shown(app)
        await press(pilot, "escape", "asterisk", "W")
        row(app, "start").text = "20"
        await press(pilot, "ctrl+s")
        told = shown(app)

    lines = [line.strip("│ ") for line in code.splitlines()]
    wanted = [line.strip() for line in blocks.lines(labels.matrix("AST-0002"))]
    assert [line for line in wanted if line and not any(line in each for each in lines)] == []
    assert "3 labels are in labels.pdf." in told
    assert len(PdfReader(tmp_path / "labels.pdf").pages) == 2
