"""Time that goes wrong: timers forgotten, stopped twice, over midnight; projects that are over."""

from datetime import date
from pathlib import Path

import pytest

from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.projects import changing, tasking, timing
from boconsole.projects.errors import NoTimerError, TimerTooLongError
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from tests.bookkeeping import typed_in
from tests.desks import SMALL, press, quiet, shown, whole_desk
from tests.people import StandingClock, add_agent
from tests.test_projects import new_project, new_task


def test_a_timer_that_was_forgotten_asks_how_long_it_really_was(
    session: Session, clock: StandingClock
) -> None:
    task, other = (new_task(session, new_project(session), title) for title in ("Plan", "Build"))
    timing.set_rule(session, 15, "up")
    timing.start(session, f"TSK-{task}")
    clock.advance(days=3)

    for again in (
        lambda: timing.stop(session),
        lambda: timing.start(session, f"TSK-{other}", switch=True),
    ):
        with pytest.raises(TimerTooLongError, match="72h"):
            again()
    with pytest.raises(InvalidChangeError):
        timing.stop(session, minutes=73 * 60)
    stopped = timing.stop(session, minutes=125)

    assert (stopped.row.minutes, stopped.row.seconds, stopped.row.day) == (
        125, 7500, date(2026, 5, 4),
    )  # fmt: skip
    with pytest.raises(NoTimerError):
        timing.stop(session)


def test_a_timer_counts_on_the_day_it_began_and_never_below_nothing(
    session: Session, clock: StandingClock
) -> None:
    task = f"TSK-{new_task(session, new_project(session), 'Plan')}"
    clock.advance(hours=14)
    timing.start(session, task)
    clock.advance(hours=2)
    night = timing.stop(session).row
    timing.start(session, task)
    clock.advance(hours=-3)
    back = timing.stop(session).row

    assert (night.day, night.minutes) == (date(2026, 5, 4), 120)
    assert (back.minutes, back.seconds, back.ended_at) == (0, 0, back.started_at)


def test_a_key_that_meant_to_stop_a_timer_starts_none(session: Session) -> None:
    task = f"TSK-{new_task(session, new_project(session), 'Plan')}"
    seen = timing.toggle(session, task).row
    timing.stop(session)

    with pytest.raises(NoTimerError):
        timing.toggle(session, task, seen)

    assert timing.running(session) is None


def test_no_time_is_noted_on_a_project_that_is_over(session: Session, clock: StandingClock) -> None:
    project = new_project(session)
    task = new_task(session, project, "Plan")
    timing.start(session, f"TSK-{task}")
    with pytest.raises(InvalidChangeError):
        changing.set_state(session, project, "done")
    tasking.set_state(session, [Ref(task)], "done")
    changing.set_state(session, project, "done")
    clock.advance(hours=1)

    assert timing.stop(session).row.minutes == 60
    for again in (
        lambda: timing.start(session, f"TSK-{task}"),
        lambda: timing.add(session, f"TSK-{task}", 30),
    ):
        with pytest.raises(InvalidChangeError, match="PRJ-0001 is over"):
            again()


def test_an_entry_that_somebody_corrected_meanwhile_shows_both_sides(session: Session) -> None:
    task = f"TSK-{new_task(session, new_project(session), 'Plan')}"
    ann = add_agent(session, "ann")
    row = timing.add(ann, task, 30).row
    timing.edit(session, row.id, row.version, 45, row.day, "checked")

    with pytest.raises(StaleRecordError) as refused:
        timing.edit(ann, row.id, row.version, 20, row.day, "")

    assert refused.value.theirs["minutes"] == 45


async def test_the_console_asks_how_long_a_forgotten_timer_ran(
    local_session: Session, clock: StandingClock, tmp_path: Path
) -> None:
    task = new_task(local_session, new_project(local_session), "Plan")
    timing.start(local_session, f"TSK-{task}")
    clock.advance(days=3)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "6", "enter", "T")
        asked = shown(app)
        await typed_in(pilot, *"1h30m", "enter")
        told = shown(app)

    assert "72h" in asked
    assert "1h30m on TSK-1." in told
    assert timing.list_between(local_session, date(2026, 5, 4))[0].minutes == 90
