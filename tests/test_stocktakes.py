"""Stocktakes: found, missing, misplaced, unknown; several scan at once; closing mends."""

import threading

import pytest

from boconsole import audit
from boconsole.assets import reading as assets
from boconsole.attempting import attempt
from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.session import Session
from boconsole.stock import stocktaking
from boconsole.stock.errors import NothingExpectedError, StocktakeClosedError
from db import connection
from tests.people import add_agent
from tests.things import add_asset, add_place

FLOOR, CELLAR = "Jakarta / Floor 3", "Jakarta / Cellar"


@pytest.fixture
def house(session: Session) -> Session:
    """Four assets on a floor, one in the cellar."""
    for path in ("Jakarta", FLOOR, CELLAR):
        add_place(path)
    floor, cellar = (_place(path) for path in (FLOOR, CELLAR))
    for number in range(1, 5):
        add_asset(f"AST-{number:04}", place=floor)
    add_asset("AST-0005", place=cellar)
    return session


def _place(path: str) -> int:
    return int(connection.fetch("SELECT id FROM place WHERE path = ?", (path,))[0][0])


def test_every_scan_is_told_at_once(house: Session) -> None:
    take = stocktaking.open_one(house, "Floor 3", at=[FLOOR]).id

    def told(text: str, place: str = FLOOR) -> str:
        return stocktaking.scan(house, take, text, place).state

    first = [told("ast-0001"), told("SN-AST-0002"), told("AST-0005"), told("AST-0999")]
    second = [told("AST-0001"), told("AST-0003", CELLAR), told("AST-0004", "Jakarta")]
    row = stocktaking.again(take)
    lines = {line.tag: line.state for line in stocktaking.lines(house, take)}

    assert first == ["found", "found", "misplaced", "unknown"]
    assert second == ["again", "misplaced", "found"]
    assert row[8:] == (4, 3, 2, 0, 0, 1)
    assert lines == {
        "AST-0001": "found", "AST-0002": "found", "AST-0003": "misplaced", "AST-0004": "found",
        "AST-0005": "misplaced", "AST-0999": "unknown",
    }  # fmt: skip


def test_closing_moves_and_marks_lost_only_what_was_said(house: Session) -> None:
    take = stocktaking.open_one(house, "All", at=["Jakarta"]).id
    for text, place in (("AST-0001", FLOOR), ("AST-0005", FLOOR)):
        stocktaking.scan(house, take, text, place)

    with pytest.raises(InvalidChangeError, match="AST-0001 is not missing"):
        stocktaking.close(house, take, lost=["AST-0001"])
    done = stocktaking.close(house, take, move=True, lost=["AST-0002"])

    states = {tag: assets.get(house, assets.find(house, tag).id) for tag in (
        "AST-0002", "AST-0003", "AST-0005")}  # fmt: skip
    assert done == (1, 1)
    assert (states["AST-0002"].state, states["AST-0003"].state) == ("lost", "in_stock")
    assert states["AST-0005"].place == FLOOR
    with pytest.raises(StocktakeClosedError):
        stocktaking.scan(house, take, "AST-0003")
    with pytest.raises(StocktakeClosedError):
        stocktaking.close(house, take)
    assert audit.verify().broken == 0


def test_several_people_scan_one_stocktake_at_once(house: Session) -> None:
    take = stocktaking.open_one(house, "Floor 3", at=[FLOOR]).id
    told: list[str] = []
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        for number in range(1, 5):
            tag = f"AST-{number:04}"
            told.append(attempt(lambda tag=tag: stocktaking.scan(house, take, tag, FLOOR)).state)
        connection.release()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (told.count("found"), told.count("again")) == (4, 8)
    assert stocktaking.again(take).missing == 0


def test_what_is_away_is_not_expected_and_nothing_is_no_stocktake(house: Session) -> None:
    connection.execute("UPDATE asset SET state = 'in_repair' WHERE tag <> 'AST-0001'")
    agent = add_agent(house, "bob")

    opened = stocktaking.open_one(house, "Floor 3", at=["Floor 3"])

    assert opened.expected == 1
    with pytest.raises(NothingExpectedError):
        stocktaking.open_one(house, "Cellar", at=[CELLAR])
    with pytest.raises(NotAllowedError):
        stocktaking.open_one(agent, "Mine", at=[FLOOR])
    assert stocktaking.scan(agent, opened.id, "AST-0001").state == "found"
