"""Where a ticket stands against its targets."""

from datetime import UTC, datetime

import pytest

from boconsole.sla.calendar import Calendar
from boconsole.sla.policies import Policy
from boconsole.sla.targets import NO_TARGET, History, TargetStatus, clock, longest_exchange, status
from boconsole.sla.trace import trace

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
H1 = Calendar.from_table(
    {"timezone": "Europe/Berlin", "hours": {day: ["08:00-18:00"] for day in WEEK[:5]}}
)
H2 = Calendar.from_table(
    {"timezone": "Europe/Berlin", "hours": {day: ["09:00-18:00"] for day in WEEK}}
)
POLICY = Policy("P", "office", first_response=60, next_reply=120, resolution=180)


def at(clock_time: str, day: str = "2013-03-21") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock_time}").replace(tzinfo=UTC)


def june(clock_time: str) -> datetime:
    return at(clock_time, "2013-06-04")


CREATED = at("09:30")
NEW = ("new", CREATED)


def running(due: datetime, warn: datetime, left_minutes: int) -> TargetStatus:
    state = "running" if left_minutes >= 0 else "breached"
    return TargetStatus(due, warn, state, left_minutes * 60)


def stopped(state: str, left_minutes: int) -> TargetStatus:
    return TargetStatus(None, None, state, left_minutes * 60)


def test_new_ticket_runs_towards_response_and_resolution() -> None:
    found = status(POLICY, H1, History(CREATED, [NEW]), at("09:30"))

    assert found.first_response == running(at("10:30"), at("10:15"), 60)
    assert found.next_reply == NO_TARGET
    assert found.resolution == running(at("12:30"), at("11:45"), 180)
    assert (found.due, found.warn, found.state) == (at("10:30"), at("10:15"), "running")


def test_response_in_time_is_met_zammad_p11() -> None:
    history = History(CREATED, [NEW], responded_at=at("10:00"))

    found = status(POLICY, H1, history, at("10:00"))

    assert found.first_response == stopped("met", 30)
    assert found.due == at("12:30")


def test_late_response_stays_breached_zammad_p11() -> None:
    history = History(CREATED, [NEW], responded_at=at("14:00"))

    found = status(POLICY, H1, history, at("14:00"))

    assert found.first_response == stopped("breached", -210)


def test_next_reply_runs_from_the_waiting_message_zammad_p13() -> None:
    history = History(CREATED, [NEW], responded_at=at("10:00"), waiting_since=at("12:05"))

    found = status(POLICY, H1, history, at("12:10"))

    assert found.next_reply == running(at("14:05"), at("13:35"), 115)


def test_next_reply_is_empty_once_answered_zammad_p13() -> None:
    history = History(CREATED, [NEW], responded_at=at("10:00"))
    exchanges = [(at("09:30"), at("12:00")), (at("12:05"), at("12:10"))]

    assert status(POLICY, H1, history, at("12:10")).next_reply == NO_TARGET
    assert longest_exchange(POLICY, H1, history, exchanges) == 150 * 60


def test_next_reply_waits_for_the_first_response() -> None:
    history = History(CREATED, [NEW], waiting_since=at("09:30"))

    assert status(POLICY, H1, history, at("12:10")).next_reply == NO_TARGET


@pytest.mark.parametrize(
    ("now", "state", "left"),
    [("10:29:59", "running", 1), ("10:30:00", "running", 0), ("10:30:01", "breached", -1)],
)
def test_target_is_breached_after_its_due_time(now: str, state: str, left: int) -> None:
    found = status(POLICY, H1, History(CREATED, [NEW]), at(now)).first_response

    assert (found.due, found.state, found.left_seconds) == (at("10:30"), state, left)


@pytest.mark.parametrize(
    ("answered", "state"), [("10:30:00", "met"), ("10:30:01", "breached")], ids=["on", "after"]
)
def test_answer_at_the_due_time_meets_it(answered: str, state: str) -> None:
    history = History(CREATED, [NEW], responded_at=at(answered))

    assert status(POLICY, H1, history, at("11:00")).first_response.state == state


def test_pending_ticket_has_no_due_time_and_keeps_what_is_left() -> None:
    history = History(CREATED, [NEW, ("pending", at("10:00"))])

    found = status(POLICY, H1, history, at("15:00"))

    assert found.first_response == stopped("paused", 30)
    assert found.resolution == stopped("paused", 150)
    assert (found.due, found.warn, found.state) == (None, None, "paused")


def test_resumed_ticket_is_due_later() -> None:
    history = History(CREATED, [NEW, ("pending", at("10:00")), ("open", at("11:00"))])

    found = status(POLICY, H1, history, at("11:00"))

    assert found.first_response == running(at("11:30"), at("11:15"), 30)
    assert found.resolution == running(at("13:30"), at("12:45"), 150)


def test_response_goes_on_in_pending_where_the_policy_says_so() -> None:
    policy = Policy("P", "office", first_response=60, resolution=180, response_pauses=False)
    history = History(CREATED, [NEW, ("pending", at("10:00"))])

    found = status(policy, H1, history, at("10:10"))

    assert found.first_response == running(at("10:30"), at("10:15"), 20)
    assert found.resolution == stopped("paused", 150)
    assert found.due == at("10:30")


def test_breach_outlasts_a_pause() -> None:
    history = History(CREATED, [NEW, ("on_hold", at("11:00"))])

    found = status(POLICY, H1, history, at("15:00"))

    assert found.first_response == stopped("breached", -30)
    assert (found.due, found.state) == (None, "breached")


def test_state_held_since_creation_counts_from_creation() -> None:
    history = History(CREATED, [("pending", at("09:45")), ("open", at("10:00"))])

    assert status(POLICY, H1, history, at("10:00")).resolution.left_seconds == 180 * 60


@pytest.mark.parametrize(
    ("resolved", "expected"),
    [("12:00", stopped("met", 30)), ("13:30", stopped("breached", -60))],
)
@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_resolution_ends_with_the_ticket(state: str, resolved: str, expected: TargetStatus) -> None:
    history = History(CREATED, [NEW, (state, at(resolved))], responded_at=at("10:00"))

    assert status(POLICY, H1, history, at("17:00")).resolution == expected


def test_reopened_ticket_goes_on_with_what_was_left() -> None:
    states = [NEW, ("resolved", at("10:30")), ("closed", at("11:00")), ("open", at("12:30"))]
    history = History(CREATED, states, responded_at=at("10:00"))

    found = status(POLICY, H1, history, at("12:30"))

    assert found.resolution == running(at("14:30"), at("13:45"), 120)


def test_new_targets_are_counted_from_the_start_with_past_pauses() -> None:
    history = History(CREATED, [NEW, ("pending", at("10:00")), ("open", at("10:15"))])
    urgent = Policy("Urgent", "office", first_response=15, resolution=120)

    found = status(urgent, H1, history, at("10:20"))

    assert found.first_response.left_seconds == -20 * 60
    assert found.resolution.due == at("11:45")


@pytest.mark.parametrize(
    ("ended", "first_response"),
    [("10:00", NO_TARGET), ("11:00", stopped("breached", -30))],
    ids=["time-was-left", "too-late"],
)
def test_ticket_closed_without_an_answer(ended: str, first_response: TargetStatus) -> None:
    history = History(CREATED, [NEW, ("closed", at(ended))])

    assert status(POLICY, H1, history, at("17:00")).first_response == first_response


def test_thanks_after_the_solution_start_no_clock() -> None:
    states = [NEW, ("resolved", at("10:30"))]
    history = History(CREATED, states, responded_at=at("10:00"), waiting_since=at("10:40"))

    found = status(POLICY, H1, history, at("17:00"))

    assert found.next_reply == NO_TARGET
    assert found.state == "met"


def test_merged_ticket_owes_nothing_more() -> None:
    history = History(CREATED, [NEW, ("merged", at("11:00"))])

    found = status(POLICY, H1, history, at("17:00"))

    assert found[:3] == (NO_TARGET, NO_TARGET, NO_TARGET)
    assert (found.due, found.state) == (None, "none")


def test_no_target_has_no_due_time_zammad_p17() -> None:
    found = status(Policy("P", "office"), H1, History(CREATED, [NEW]), at("10:00"))

    assert found[:3] == (NO_TARGET, NO_TARGET, NO_TARGET)
    assert (found.due, found.warn, found.state) == (None, None, "none")


def test_ticket_from_the_future_has_used_nothing() -> None:
    found = status(POLICY, H1, History(CREATED, [NEW]), at("08:00"))

    assert found.first_response.left_seconds == 60 * 60


@pytest.mark.parametrize(
    ("policy", "states", "responded", "first_response", "resolution"),
    [
        pytest.param(
            Policy("P", "office", first_response=120, resolution=250),
            [
                ("open", june("09:00")),
                ("pending", june("10:00")),
                ("open", june("10:30")),
                ("closed", june("12:00")),
            ],
            june("10:45"),
            stopped("met", 45),
            stopped("met", 100),
            id="C5",
        ),
        pytest.param(
            Policy("P", "office", first_response=120, resolution=240),
            [("pending", june("09:00")), ("closed", june("12:00"))],
            None,
            NO_TARGET,
            stopped("met", 240),
            id="C6",
        ),
        pytest.param(
            Policy("P", "office", first_response=120, resolution=240),
            [
                ("pending", june("09:00")),
                ("open", june("10:30")),
                ("pending", june("11:00")),
                ("closed", june("12:00")),
            ],
            None,
            NO_TARGET,
            stopped("met", 210),
            id="C7",
        ),
        pytest.param(
            Policy("P", "office", first_response=120),
            [
                ("open", june("09:00")),
                ("pending", june("09:30")),
                ("open", june("09:45")),
                ("closed", june("10:00")),
                ("open", june("10:30")),
            ],
            None,
            TargetStatus(june("11:45"), june("11:15"), "running", 75 * 60),
            NO_TARGET,
            id="closed-and-reopened",
        ),
    ],
)
def test_status_agrees_with_zammad(
    policy: Policy,
    states: list[tuple[str, datetime]],
    responded: datetime | None,
    first_response: TargetStatus,
    resolution: TargetStatus,
) -> None:
    history = History(june("09:00"), states, responded_at=responded)

    found = status(policy, H2, history, june("10:30"))

    assert found.first_response == first_response
    assert found.resolution == resolution


def test_stalled_ticket_is_due_later_once_answered_rt_p7() -> None:
    policy = Policy("P", "office", first_response=120, next_reply=240)
    stalled = [NEW, ("on_hold", at("10:00"))]
    resumed = [*stalled, ("open", at("11:00"))]

    before = status(policy, H1, History(CREATED, stalled), at("10:30"))
    after = status(
        policy, H1, History(CREATED, resumed, at("11:00"), waiting_since=at("11:10")), at("11:10")
    )

    assert before.due is None
    assert after.due == at("15:10")


def test_stalled_time_moves_the_response_rt_p9() -> None:
    states = [NEW, ("on_hold", at("10:00")), ("open", at("11:00"))]
    excluding = Policy("P", "office", first_response=120)
    ignoring = Policy("P", "office", first_response=120, response_pauses=False)

    assert status(excluding, H1, History(CREATED, states), at("11:00")).due == at("12:30")
    assert status(ignoring, H1, History(CREATED, states), at("11:00")).due == at("11:30")


def test_clock_of_a_target_can_be_traced() -> None:
    history = History(CREATED, [NEW, ("pending", at("10:00")), ("open", at("11:00"))])

    running_clock = clock(POLICY, history, "resolution")

    assert running_clock is not None
    assert [day.running_total for day in trace(H1, *running_clock)] == [180 * 60]
