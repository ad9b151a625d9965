"""Assets: their life, who has them, and that all of it can be taken back.

Cases S1, S3, S7 and S11 are worked cases of published asset systems (Snipe-IT's
tests/Unit/DepreciationTest.php, app/Models/Depreciable.php and AssetTest.php, GLPI's
InfocomTest.php).
"""

from datetime import date
from decimal import Decimal
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole import audit
from boconsole.assets import (
    changing,
    creating,
    depreciating,
    lending,
    reading,
    transitions,
    undoing,
)
from boconsole.assets.errors import (
    AssetTransitionError,
    HeldError,
    HolderError,
    LinkedError,
    NotHeldError,
    NotLendableError,
    PastReturnError,
)
from boconsole.assets.words import ACTIVE, STATES
from boconsole.assets.writing import Ref
from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError, UndoError
from boconsole.fixed_assets import reading as reading_fixed
from boconsole.fixed_assets import valuing
from boconsole.fixed_assets.valuing import Valuation
from boconsole.session import Session
from db import connection
from tests import fixed_assets
from tests.equipment import laptop, lend, now, set_up, tags, thing
from tests.people import StandingClock, add_agent


def test_the_next_tag_follows_the_highest_and_fills_no_gap(session: Session) -> None:
    set_up(session)
    laptop(session, tag="ast-7")

    found = laptop(session), thing(session, "Old", tag="ICC-1")

    assert [now(session, ref).tag for ref in found] == ["AST-0008", "ICC-1"]
    assert creating.next_tag() == "AST-0009"


def test_s7_of_two_forms_open_with_the_same_tag_the_second_is_refused(session: Session) -> None:
    shown = creating.next_tag()
    thing(session, "First", tag=shown)

    with pytest.raises(InvalidChangeError, match="AST-0001 is used already"):
        thing(session, "Second", tag=shown)

    assert tags(session, "any") == ["AST-0001"]


def test_s7_tags_of_assets_made_at_once_are_all_different(session: Session) -> None:
    def make() -> None:
        for _time in range(5):
            creating.create(session, {"name": "At once"})
        connection.release()

    workers = [Thread(target=make) for _worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert tags(session, "any") == [f"AST-{number:04}" for number in range(1, 16)]


def test_a_model_gives_name_category_and_end_of_life(session: Session) -> None:
    set_up(session)

    row = now(session, laptop(session, bought="2026-01-31", warranty="36mo"))

    assert (row.name, row.category) == ("Lenovo ThinkPad T14", "Laptops")
    assert (row.warranty_on, row.end_of_life_on) == (date(2029, 1, 31), date(2030, 1, 31))


def test_what_somebody_has_is_not_handed_out_again_and_goes_back_to_stock(
    session: Session,
) -> None:
    set_up(session)
    ref = laptop(session)
    lend(session, ref, "Ann <ann@example.com>", expected="2026-05-10", acceptance=True)
    out = now(session, ref)

    with pytest.raises(HeldError, match="AST-0001 is with Ann"):
        lend(session, ref, "bob@example.com")
    lending.check_in(session, [ref._replace(version=0)], condition="worn")

    assert (out.state, out.holder, out.expected_on) == ("deployed", "Ann", date(2026, 5, 10))
    back = now(session, ref)
    assert (back.state, back.holder, back.expected_on, back.condition) == (
        "in_stock", "", None, "worn",
    )  # fmt: skip
    (held,) = reading.holders_of(session, ref.id)
    assert (held.holder, held.condition_in, held.acceptance) == ("Ann", "worn", "")
    assert held.until_at is not None


def test_only_what_is_in_stock_is_handed_out(session: Session) -> None:
    ref = creating.create(session, {"name": "Ordered"}, "ordered")

    with pytest.raises(NotLendableError, match="is ordered"):
        lend(session, ref)
    with pytest.raises(NotHeldError):
        lending.check_in(session, [ref])


def test_nothing_comes_back_before_it_went(session: Session) -> None:
    with pytest.raises(PastReturnError, match="2026-05-03"):
        lend(session, thing(session, "Phone"), expected="2026-05-03")


def test_an_asset_is_never_within_itself(session: Session) -> None:
    rack, server, disk = (thing(session, name) for name in ("Rack", "Server", "Disk"))
    lend(session, server, "AST-0001")
    lend(session, disk, "AST-0002")

    for tag in ("AST-0001", "AST-0003"):
        with pytest.raises(HolderError):
            lend(session, rack, tag)


def test_several_are_handed_out_as_one_step_or_none_of_them(session: Session) -> None:
    one, other = thing(session, "Desk phone"), thing(session, "Headset")
    lend(session, other)

    with pytest.raises(HeldError):
        lending.check_out(session, [one, Ref(other.id)], "bob@example.com", lending.Terms())

    assert tags(session, "holder:bob@example.com") == []


def test_what_is_lost_is_with_nobody_and_undo_gives_it_back(session: Session) -> None:
    ref = thing(session, "Tablet")
    lend(session, ref, "Ann <ann@example.com>", expected="+30d", acceptance=True)

    changing.set_state(session, [Ref(ref.id)], "lost")
    lost = now(session, ref)
    undoing.undo_last(session)

    assert (lost.state, lost.holder) == ("lost", "")
    again = now(session, ref)
    assert (again.state, again.holder, again.acceptance) == ("deployed", "Ann", "asked")
    assert again.expected_on == date(2026, 6, 3)


def test_an_undo_is_refused_once_something_came_after(session: Session) -> None:
    ref = thing(session, "Tablet")
    lend(session, ref)
    first = undoing.last_undoable(session)
    lending.check_in(session, [Ref(ref.id)])

    with pytest.raises(UndoError, match="changed since"):
        undoing.undo(session, first.operation if first else 0)


def test_a_change_of_what_somebody_else_changed_is_refused(session: Session) -> None:
    ref = thing(session, "Tablet")
    changing.edit(session, [ref], {"name": "Tablet 2"})

    with pytest.raises(StaleRecordError) as refused:
        changing.edit(session, [ref], {"name": "Tablet 3"})

    assert refused.value.theirs == {"name": "Tablet 2"}


def test_fields_belong_to_their_category(session: Session) -> None:
    from boconsole.assets import setting_up

    set_up(session)
    setting_up.add_field(session, "ram", "Memory", "number", category="Laptops", required=True)

    with pytest.raises(InvalidChangeError, match="is required"):
        laptop(session)
    with pytest.raises(InvalidChangeError, match="Laptops only"):
        thing(session, "Switch", **{"category": "Switches", "cf.ram": "16"})
    ref = laptop(session, **{"cf.ram": "16"})

    changing.edit(session, [ref], {"cf.ram": "32"})
    assert tags(session, "cf.ram:>16") == ["AST-0001"]
    undoing.undo_last(session)
    assert now(session, ref).custom == {"ram": "16"}


@pytest.mark.parametrize("old", STATES)
def test_only_the_ways_of_the_rule_lead_from_a_state(session: Session, old: str) -> None:
    ref = thing(session, "Thing")
    connection.execute("UPDATE asset SET state = ?, active = ?", (old, old in ACTIVE))

    for new in STATES:
        if new in (old, *transitions.possible(old, held=False)):
            continue
        with pytest.raises(AssetTransitionError):
            changing.set_state(session, [Ref(ref.id)], new)


STEP = st.sampled_from(
    ("out", "in", "lost", "in_repair", "in_stock", "retired", "disposed", "deployed", "undo",
     "extend", "accept")
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=12))
def test_holder_and_history_always_agree(local_session: Session, steps: list[str]) -> None:
    session = local_session
    ref = Ref(thing(session, "Thing").id)
    from boconsole.errors import BoconsoleError

    for step in steps:
        try:
            if step == "out":
                lend(session, ref, acceptance=True)
            elif step == "in":
                lending.check_in(session, [ref])
            elif step == "undo":
                undoing.undo_last(session)
            elif step == "extend":
                lending.extend(session, [ref], "+9d")
            elif step == "accept":
                lending.accept(session, [ref])
            else:
                changing.set_state(session, [ref], step)
        except BoconsoleError:
            pass
        row, held = now(session, ref), reading.holders_of(session, ref.id)
        present = [each for each in held if each.until_at is None]
        assert len(present) == bool(row.holder_kind)
        assert [each.expected_on for each in present] == [row.expected_on] * len(present)
        assert row.holder_kind or row.state != "deployed"
        assert not row.holder_kind or row.state in ("deployed", "in_repair")


def test_agents_lend_and_do_not_edit(session: Session) -> None:
    ref = thing(session, "Phone")
    agent = add_agent(session, "olga")

    lend(agent, ref)

    with pytest.raises(NotAllowedError, match=r"asset\.edit"):
        changing.edit(agent, [Ref(ref.id)], {"name": "Mine"})


def test_s1_what_is_worn_off_is_worth_its_floor() -> None:
    rows = depreciating.of_terms(
        Decimal(4000), Decimal(1000), 36, date(2016, 5, 1), "straight-line"
    )

    assert rows[-1] == ("2019-04", rows[-1].amount, "3000.00", "1000.00")


def test_s3_a_straight_line_by_whole_months() -> None:
    rows = depreciating.of_terms(
        Decimal(4600), Decimal(1000), 36, date(2026, 1, 1), "straight-line"
    )

    assert [row.book_value for row in (rows[0], rows[11], rows[35])] == [
        "4500.00", "3400.00", "1000.00",
    ]  # fmt: skip


def test_a_declining_balance_takes_its_rate_of_the_book_value() -> None:
    rows = depreciating.of_terms(
        Decimal(12000), Decimal(0), 48, date(2026, 1, 1), "declining-balance", rate=Decimal(50)
    )

    assert (rows[0].amount, rows[11].book_value, rows[12].amount) == ("500.00", "6000.00", "250.00")
    assert rows[-1].book_value == "0.00"


def test_book_value_comes_from_the_fixed_asset_which_is_one_asset_only(session: Session) -> None:
    fixed_assets.build(session)
    ref = thing(session, "Server", fixed_asset="FA-0001")

    with pytest.raises(LinkedError, match="FA-0001 is AST-0001 already"):
        thing(session, "Other", fixed_asset="FA-0001")

    worth = now(session, ref).worth
    assert (worth.cost, worth.book_value, worth.currency) == ("4800.00", "4500.00", "USD")
    schedule = depreciating.of_asset(session, ref.id, date(2026, 3, 31))
    assert [tuple(row) for row in schedule] == [
        ("2026-01", "100.00", "100.00", "4700.00"),
        ("2026-02", "100.00", "200.00", "4600.00"),
        ("2026-03", "100.00", "300.00", "4500.00"),
    ]
    march = date(2026, 3, 31)
    valuing.revalue(session, reading_fixed.get(session, "FA-0001"), march, Valuation(Decimal(5400)))
    revalued = depreciating.of_asset(session, ref.id, date(2026, 4, 30))
    assert revalued[:3] == schedule
    assert tuple(revalued[3]) == ("2026-04", "120.00", "120.00", "5280.00")


def test_s11_warranties_are_warned_of_while_the_asset_is_in_use(session: Session) -> None:
    over, near, late, gone = (
        thing(session, name, warranty=day)
        for name, day in (("Over", "2026-05-03"), ("Near", "2026-05-14"), ("Late", "2026-12-01"),
                          ("Gone", "2026-05-03"))
    )  # fmt: skip
    changing.set_state(session, [gone], "disposed")

    assert tags(session, "warranty:<=+10d") == [now(session, each).tag for each in (over, near)]
    assert tags(session, "is:expired") == [now(session, over).tag]
    assert tags(session, "is:expiring") == [now(session, near).tag]
    assert now(session, late).tag in tags(session, "-is:expired")


def test_overdue_is_what_should_be_back_before_today(
    session: Session, clock: StandingClock
) -> None:
    for name, day in (("Late", "+1d"), ("Today", "+2d"), ("Free", "")):
        lend(session, thing(session, name), expected=day)
    clock.advance(days=2)

    assert tags(session, "is:overdue") == ["AST-0001"]


def test_what_an_asset_was_is_asked_of_the_trail(session: Session, clock: StandingClock) -> None:
    ref = thing(session, "Phone")
    clock.advance(days=2)
    lend(session, ref)

    assert tags(session, "was:state=in_stock@2026-05-05") == ["AST-0001"]
    assert tags(session, "was:state=deployed@2026-05-05") == []
    assert tags(session, "was:state=deployed@2026-05-06") == ["AST-0001"]
    assert audit.verify().broken == 0
