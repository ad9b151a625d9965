"""Repairs: an asset goes and comes back where it was; what it cost is kept, capitalised once."""

from collections.abc import Mapping
from datetime import date

import pytest

from boconsole.assets import changing, checking, lending
from boconsole.assets.errors import AssetTransitionError, RepairError
from boconsole.assets.fields import Cost, exact_cost
from boconsole.assets.service import doing, plan_list, plans, reading, repair_list, repairs
from boconsole.assets.writing import Ref
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.fixed_assets import acquiring, depreciating
from boconsole.session import Session
from db.assets.repairs import RepairRow
from tests import fixed_assets, trade
from tests.books import enter
from tests.equipment import lend, now, thing
from tests.fixed_assets import faults


def send(session: Session, ref: Ref, **given: object) -> RepairRow:
    return repairs.send(session, Ref(ref.id), {"description": "Screen", **given})


def test_an_asset_comes_back_where_it_was(local_session: Session) -> None:
    lent, stocked = thing(local_session, "Laptop"), thing(local_session, "Printer")
    lend(local_session, lent, "Ann <ann@example.com>")
    away = [send(local_session, lent, supplier=""), send(local_session, stocked)]
    with pytest.raises(RepairError, match="AST-0001 is away already"):
        send(local_session, lent)
    between = [now(local_session, ref).state for ref in (lent, stocked)]
    repairs.take_back(local_session, away[0], {"condition": "good"})
    back = repairs.take_back(
        local_session, away[1], {"result": "not repaired", "note": "no parts", "returned": "today"}
    )
    with pytest.raises(RepairError, match="is back already"):
        repairs.take_back(local_session, back, {})

    assert between == ["in_repair", "in_repair"]
    assert [now(local_session, ref).state for ref in (lent, stocked)] == ["deployed", "in_stock"]
    assert (now(local_session, lent).holder, now(local_session, lent).condition) == ("Ann", "good")
    assert (back.result, back.returned_on) == ("not_repaired", date(2026, 5, 4))


def test_what_was_handed_back_meanwhile_or_is_gone_stays_so(local_session: Session) -> None:
    handed, lost = thing(local_session, "Laptop"), thing(local_session, "Phone")
    lend(local_session, handed)
    away = [send(local_session, handed), send(local_session, lost)]
    lending.check_in(local_session, [Ref(handed.id)])
    changing.set_state(local_session, [Ref(lost.id)], "lost")
    for repair in away:
        repairs.take_back(local_session, repair, {})
    with pytest.raises(AssetTransitionError):
        send(local_session, lost)

    assert [now(local_session, ref).state for ref in (handed, lost)] == ["in_stock", "lost"]


def test_a_repair_noted_wrongly_is_withdrawn_or_changed(local_session: Session) -> None:
    ref = thing(local_session, "Laptop")
    wrong = send(local_session, ref, sent="2026-05-02")
    changed = repairs.edit(local_session, wrong, {"description": "Keyboard", "warranty": "yes"})
    with pytest.raises(StaleRecordError):
        repairs.withdraw(local_session, wrong)
    with pytest.raises(InvalidChangeError, match="before it was sent"):
        repairs.take_back(local_session, changed, {"returned": "2026-05-01"})
    with pytest.raises(InvalidChangeError, match="is to come"):
        repairs.edit(local_session, changed, {"sent": "2026-05-05"})
    repairs.withdraw(local_session, changed)

    assert (changed.description, changed.warranty) == ("Keyboard", True)
    assert now(local_session, ref).state == "in_stock"
    assert reading.history(local_session, ref.id) == []


def mended(session: Session, ref: Ref, cost: Cost, **given: object) -> RepairRow:
    repair = send(session, ref, sent="2026-04-01", cost=cost, **given)
    return repairs.take_back(session, repair, {"returned": "2026-04-10"})


def costs(session: Session, ref: Ref) -> Mapping[str, tuple[str, str, str]]:
    return {each.currency: each[1:] for each in reading.costs_of(session, ref.id)}


def test_costs_are_summed_by_currency_and_a_repair_is_capitalised_once(session: Session) -> None:
    fixed_assets.open_register(session)
    fixed_assets.buy(session)
    ref = thing(session, "Server", fixed_asset="FA-0001", cost=exact_cost("4800.00 USD"))
    enter(session, "Expenses:Supplies  600 USD", "Assets:Bank", day=date(2026, 4, 10))
    first = mended(session, ref, exact_cost("600.00 USD"))
    mended(session, ref, exact_cost("150000 IDR"), warranty="yes")
    with pytest.raises(InvalidChangeError, match="name the posted bill"):
        repairs.capitalise(session, first)
    done = repairs.capitalise(session, first, against="Expenses:Supplies")
    for refused in (
        lambda: repairs.capitalise(session, done, against="Expenses:Supplies"),
        lambda: repairs.edit(session, done, {"cost": exact_cost("1 USD")}),
        lambda: repairs.withdraw(session, done),
    ):
        with pytest.raises(RepairError, match="stays so"):
            refused()
    due = depreciating.plan(session, date(2026, 4, 1)).due

    assert costs(session, ref) == {
        "USD": ("4800.00", "600.00", "5400.00"), "IDR": ("0.00", "150000.00", "150000.00"),
    }  # fmt: skip
    part = next(each for each in due if each.asset.number == "FA-0002")
    assert (part.asset.row.cost, part.asset.row.months) == (60_000, 45)
    assert faults(session) == []
    assert checking.faults(session) == []
    acquiring.withdraw(session, part.asset, "an expense after all")
    again = repairs.capitalise(session, done, against="Expenses:Supplies", months=12)
    assert again.fixed_asset_id == 3


def test_the_history_of_work_reads_whole_and_lists_answer_queries(session: Session) -> None:
    ref, other = thing(session, "Van"), thing(session, "Printer")
    trade.open_trade(session)
    doing.add_work(session, [ref.id], {"kind": "installation", "what": "Radio", "on": "2026-04-02"})
    mended(session, ref, exact_cost("80.00 USD"), supplier="Paper Mill", description="Brakes")
    doing.read_counter(session, ref.id, "km", "48200")
    send(session, other, description="Paper jam")
    plans.add(session, {"name": "Oil", "asset": "AST-0001", "every": "1y", "starts": "+5d"})
    plans.add(session, {"name": "Drum", "asset": "AST-0002", "every": "1mo"})

    told = [(line.kind, line.what, line.cost) for line in reading.history(session, ref.id)]
    assert told == [
        ("reading", "48200 km", ""), ("installation", "Radio", ""),
        ("repair", "Brakes", "80.00 USD"),
    ]  # fmt: skip
    asked = {
        query: [row.description for row in repair_list.list_page(session, query).rows]
        for query in ("", "is:away", 'supplier:"Paper Mill"', "AST-0001", "jam", "is:unbilled",
                      "result:repaired sent:2026-04", "sort:sent")
    }  # fmt: skip
    assert asked == {
        "": ["Paper jam", "Brakes"], "is:away": ["Paper jam"], 'supplier:"Paper Mill"': ["Brakes"],
        "AST-0001": ["Brakes"], "jam": ["Paper jam"], "is:unbilled": ["Brakes"],
        "result:repaired sent:2026-04": ["Brakes"], "sort:sent": ["Brakes", "Paper jam"],
    }  # fmt: skip
    asked = {
        query: [row.name for row in plan_list.list_page(session, query).rows]
        for query in ("", "is:due", "asset:AST-0001", "oil", "next:<30d sort:-next", "is:stopped")
    }
    assert asked == {
        "": ["Drum", "Oil"], "is:due": ["Drum"], "asset:AST-0001": ["Oil"], "oil": ["Oil"],
        "next:<30d sort:-next": ["Oil", "Drum"], "is:stopped": [],
    }  # fmt: skip
    first = plan_list.list_page(session, "sort:next", "", 1)
    assert plan_list.list_page(session, "sort:next", first.cursors[0], 1).rows[0].name == "Oil"
    assert plan_list.count(session, "") == (2, False)
