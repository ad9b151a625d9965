"""What people may do with tickets, on both engines."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from boconsole import audit
from boconsole.errors import (
    InvalidChangeError,
    NotAllowedError,
    NotFoundError,
    StaleRecordError,
    TransitionError,
    UndoError,
)
from boconsole.session import Session
from boconsole.tickets import (
    assigning,
    changing,
    creating,
    linking,
    macros,
    merging,
    notifying,
    reading,
    replying,
    service_levels,
    setting_up,
    templates,
    triggering,
    undoing,
)
from boconsole.tickets.errors import LinkError, MergedTicketError, MergeError
from boconsole.tickets.rows import NewTicket, Ref, TicketRow
from db import users
from tests.people import StandingClock, add_agent


def make(session: Session, subject: str = "Printer is on fire", **fields: object) -> TicketRow:
    body = str(fields.pop("body", "It smells of smoke."))
    return creating.create(session, NewTicket(subject, body, fields))


def numbers(session: Session, query: str) -> list[int]:
    return [row.id for row in reading.list_page(session, query).rows]


def test_a_new_ticket_has_what_was_given(session: Session) -> None:
    setting_up.add_queue(session, "Service Desk")

    ticket = make(
        session, requester="Ann Lee <ann@example.com>", impact="high", urgency="high",
        queue="service desk", tags="vip,printer",
    )  # fmt: skip

    assert (ticket.state, ticket.priority, ticket.queue) == ("new", "critical", "Service Desk")
    assert (ticket.requester, ticket.requester_name) == ("ann@example.com", "Ann Lee")
    assert ticket.tags == ("printer", "vip")
    assert [entry.text for entry in reading.timeline(session, ticket.id)] == ["It smells of smoke."]


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [
        ("high", "high", "critical"), ("high", "medium", "high"), ("medium", "high", "high"),
        ("high", "low", "medium"), ("medium", "medium", "medium"), ("low", "high", "medium"),
        ("medium", "low", "low"), ("low", "medium", "low"), ("low", "low", "planning"),
    ],
)  # fmt: skip
def test_priority_follows_impact_and_urgency(
    local_session: Session, impact: str, urgency: str, priority: str
) -> None:
    ticket = make(local_session, impact=impact, urgency=urgency)

    assert ticket.priority == priority


def test_another_priority_needs_a_reason(session: Session) -> None:
    ticket = make(session)

    with pytest.raises(InvalidChangeError) as refused:
        changing.edit(session, [ticket], {"priority": "critical"})
    changing.edit(session, [ticket], {"priority": "critical", "priority_reason": "the director"})

    assert refused.value.field == "priority_reason"
    assert reading.get(session, ticket.id).priority == "critical"


def test_a_stale_edit_is_refused_and_shows_both_sides(session: Session) -> None:
    ticket = make(session)
    changing.edit(session, [ticket], {"subject": "Theirs"})

    with pytest.raises(StaleRecordError) as refused:
        changing.edit(session, [ticket], {"subject": "Ours"})

    assert refused.value.theirs["subject"] == "Theirs"
    assert refused.value.yours["subject"] == "Ours"
    assert reading.get(session, ticket.id).subject == "Theirs"


def test_a_forbidden_transition_names_the_possible_ones(session: Session) -> None:
    ticket = make(session)
    changing.set_state(session, [Ref(ticket.id)], "closed")

    with pytest.raises(TransitionError, match="possible from here: open"):
        changing.set_state(session, [Ref(ticket.id)], "pending")


def test_bulk_edit_is_all_or_nothing(session: Session) -> None:
    tickets = [make(session, f"Ticket {number}") for number in range(3)]
    changing.set_state(session, [Ref(tickets[2].id)], "closed")

    with pytest.raises(TransitionError):
        changing.set_state(session, [Ref(ticket.id) for ticket in tickets], "pending")

    assert reading.get(session, tickets[0].id).state == "new"


def test_bulk_edit_has_one_undo(session: Session) -> None:
    tickets = [make(session, f"Ticket {number}") for number in range(3)]

    changing.edit(session, tickets, {"assignee": "me", "tags": "+urgent"})
    undoing.undo_last(session)

    states = [(row.assignee, row.tags) for row in (reading.get(session, t.id) for t in tickets)]
    assert states == [("", ())] * 3
    assert audit.verify().broken == 0


def test_undo_brings_back_every_field(session: Session) -> None:
    ticket = make(session, requester="ann@example.com", tags="a")
    before = reading.get(session, ticket.id)

    changing.edit(session, [ticket], {
        "subject": "Other", "kind": "problem", "impact": "low", "due": "2026-06-01",
        "state": "pending", "wake": "+3d", "rating": "4", "tags": "b,c", "watchers": "+me",
        "reply": "Hello", "note": "psst", "requester": "bob@example.org",
    })  # fmt: skip
    undoing.undo_last(session)

    after = reading.get(session, ticket.id)
    assert after._replace(version=0, updated_at=before.updated_at) == before._replace(version=0)
    assert [entry.kind for entry in reading.timeline(session, ticket.id) if entry.text] == [
        "request"
    ]


def test_undo_is_refused_when_somebody_touched_it_since(session: Session) -> None:
    ticket = make(session)
    done = changing.edit(session, [ticket], {"subject": "Mine"})
    changing.edit(add_agent(session, "bob"), [Ref(ticket.id)], {"impact": "low"})

    with pytest.raises(UndoError, match="changed since"):
        undoing.undo(session, done.operation)


def test_undo_goes_back_step_by_step(session: Session) -> None:
    ticket = make(session, "First")
    changing.edit(session, [ticket], {"subject": "Second"})
    changing.edit(session, [Ref(ticket.id)], {"subject": "Third"})

    seen = []
    for _step in range(2):
        undoing.undo_last(session)
        seen.append(reading.get(session, ticket.id).subject)

    assert seen == ["Second", "First"]
    with pytest.raises(UndoError, match="nothing to undo"):
        undoing.undo_last(session)


def test_undo_twice_is_refused(session: Session) -> None:
    ticket = make(session)
    done = changing.edit(session, [ticket], {"subject": "Mine"})
    undoing.undo(session, done.operation)

    with pytest.raises(UndoError, match="undone already"):
        undoing.undo(session, done.operation)


def test_a_public_reply_opens_and_answers(session: Session) -> None:
    ticket = make(session)

    replying.reply(session, ticket, "On our way", minutes=5)

    after = reading.get(session, ticket.id)
    assert (after.state, after.minutes_spent, after.responded_at) == ("open", 5, session.now())


def test_an_internal_note_answers_nobody(session: Session) -> None:
    ticket = make(session)

    replying.reply(session, ticket, "Third time this week", internal=True)

    after = reading.get(session, ticket.id)
    assert (after.state, after.responded_at) == ("new", None)
    assert reading.timeline(session, ticket.id)[-1].kind == "note"


def test_a_message_of_the_requester_opens_a_pending_ticket(session: Session) -> None:
    ticket = make(session, requester="ann@example.com")
    changing.set_state(session, [Ref(ticket.id)], "pending", until="+2d")

    replying.receive(session, Ref(ticket.id), "Here is the log file")

    assert reading.get(session, ticket.id).state == "open"


def test_a_pending_ticket_wakes_up(session: Session, clock: StandingClock) -> None:
    ticket = make(session)
    changing.set_state(session, [ticket], "pending", until="+2h")
    asleep = replying.wake(session)

    clock.advance(hours=3)

    assert (asleep, replying.wake(session)) == (0, 1)
    assert reading.get(session, ticket.id).state == "open"


def test_merge_moves_messages_and_adds_time(session: Session) -> None:
    source = make(session, "Same fire", body="second report", tags="x", requester="b@example.com")
    into = make(session)
    replying.reply(session, source, "note", internal=True, minutes=11)
    replying.reply(session, into, "note", internal=True, minutes=7)

    merging.merge(session, Ref(source.id), Ref(into.id))

    merged, target = reading.get(session, source.id), reading.get(session, into.id)
    assert (merged.state, merged.merged_into, merged.assignee) == ("merged", into.id, "")
    assert (target.minutes_spent, target.tags) == (18, ("x",))
    texts = [entry.text for entry in reading.timeline(session, into.id) if entry.text]
    assert "second report" in texts
    assert numbers(session, "second") == [into.id]


def test_a_merged_ticket_cannot_be_changed(session: Session) -> None:
    source, into = make(session, "Same fire"), make(session)
    merging.merge(session, source, into)

    with pytest.raises(MergedTicketError, match=f"TKT-{into.id}"):
        changing.edit(session, [Ref(source.id)], {"subject": "x"})


@pytest.mark.parametrize("late", [False, True])
def test_unmerge_parts_them_again(session: Session, late: bool) -> None:
    source = make(session, "Same fire", body="second report", assignee="me", tags="x")
    into = make(session)
    before = reading.get(session, source.id)
    merging.merge(session, source, into)
    changing.edit(session, [Ref(into.id)], {"impact": "low"} if late else {})

    merging.unmerge(session, Ref(source.id))

    after, target = reading.get(session, source.id), reading.get(session, into.id)
    assert (after.state, after.assignee, after.closed_at) == ("new", before.assignee, None)
    assert target.tags == ()
    texts = [entry.text for entry in reading.timeline(session, source.id) if entry.text]
    assert texts == ["second report"]
    assert audit.verify().broken == 0


def test_merge_into_itself_is_refused(session: Session) -> None:
    ticket = make(session)

    with pytest.raises(MergeError, match="itself"):
        merging.merge(session, ticket, ticket)


def test_split_takes_messages_along(session: Session) -> None:
    ticket = make(session)
    replying.reply(session, ticket, "And my mouse is broken", internal=True)
    chosen = reading.timeline(session, ticket.id)[1].message_id

    new = merging.split(session, Ref(ticket.id), [chosen], "Mouse is broken")

    assert [each.text for each in reading.timeline(session, new.id) if each.text] == [
        "And my mouse is broken"
    ]
    assert (new.links[0].kind, new.links[0].id) == ("caused_by", ticket.id)


def test_links_are_seen_from_both_sides_and_never_form_a_circle(session: Session) -> None:
    first, second, third = (make(session, f"Ticket {number}") for number in range(3))
    linking.link(session, first.id, "parent_of", second.id)
    linking.link(session, third.id, "child_of", second.id)

    with pytest.raises(LinkError, match="circle"):
        linking.link(session, third.id, "parent_of", first.id)

    seen = [(link.kind, link.id) for link in linking.links_of(second.id)]
    assert seen == [("child_of", first.id), ("parent_of", third.id)]


def test_undo_of_a_link_removes_it(session: Session) -> None:
    first, second = make(session, "One"), make(session, "Two")
    linking.link(session, first.id, "blocks", second.id)

    undoing.undo_last(session)

    assert linking.links_of(first.id) == ()


def test_a_macro_fills_in_and_changes(session: Session) -> None:
    ticket = make(session, requester="Ann Lee <ann@example.com>")
    macros.save(session, "Ask for logs", "Dear {requester.first}, {number}: logs please.",
                {"state": "pending", "wake": "+2d"})  # fmt: skip

    macros.apply(session, [ticket], macros.find(session, "logs"))

    after = reading.get(session, ticket.id)
    last = [entry for entry in reading.timeline(session, ticket.id) if entry.kind == "reply"][-1]
    assert after.state == "pending"
    assert last.text == f"Dear Ann, TKT-{ticket.id}: logs please."


def test_triggers_act_within_the_operation_and_undo_with_it(session: Session) -> None:
    triggering.save(session, "Escalate", "update", "tag:vip", {"tags": "+escalated"}, "")
    ticket = make(session)

    changing.change_tags(session, [ticket], add=["vip"])
    escalated = reading.get(session, ticket.id).tags
    undoing.undo_last(session)

    assert escalated == ("escalated", "vip")
    assert reading.get(session, ticket.id).tags == ()


def test_round_robin_takes_turns(session: Session) -> None:
    for login in ("ann", "bob"):
        add_agent(session, login)
    setting_up.add_queue(session, "Desk", ["ann", "bob"])
    assigning.set_rule(session, "Desk", "round_robin")

    given = [make(session, f"T{number}", queue="Desk").assignee for number in range(3)]

    assert given == ["ann", "bob", "ann"]


def test_least_loaded_gets_the_next(session: Session) -> None:
    for login in ("ann", "bob"):
        add_agent(session, login)
    setting_up.add_queue(session, "Desk", ["ann", "bob"])
    make(session, "Old", assignee="ann")
    assigning.set_rule(session, "Desk", "least_loaded")

    assert make(session, "New", queue="Desk").assignee == "bob"


def test_a_recurring_ticket_comes_once_a_day(session: Session, clock: StandingClock) -> None:
    templates.save(session, "Backup check", {"subject": "Check the backup", "kind": "request"})
    templates.recur(session, "Daily backup", "Backup check", "1d", clock.now.date())

    first, again = templates.run_due(session), templates.run_due(session)
    clock.advance(days=2)

    assert (first, again, templates.run_due(session)) == (1, 0, 2)


def test_assignment_is_told_to_the_assignee(session: Session) -> None:
    bob = add_agent(session, "bob")
    ticket = make(session)

    changing.assign(session, [ticket], "bob")

    assert "assigned to you by root" in notifying.unread(bob)[0].text
    assert notifying.mark_read(bob, ticket.id) == 1


def test_custom_fields_are_checked_and_found(session: Session) -> None:
    setting_up.add_field(session, "floor", "Floor", "number")
    setting_up.add_field(session, "site", "Site", "choice", choices=["Bandung", "Jakarta"])

    ticket = make(session, **{"cf.floor": "3", "cf.site": "Bandung"})

    assert ticket.custom == {"floor": "3", "site": "Bandung"}
    assert numbers(session, "cf.floor:>2 cf.site:Bandung") == [ticket.id]
    with pytest.raises(InvalidChangeError, match="not a number"):
        changing.edit(session, [ticket], {"cf.floor": "third"})


def test_custom_fields_belong_to_kinds_and_may_be_required(session: Session) -> None:
    setting_up.add_field(session, "serial", "Serial", "text", kind="incident", required=True)

    ticket = make(session, **{"cf.serial": "X-1"})

    with pytest.raises(InvalidChangeError, match="is required"):
        make(session)
    with pytest.raises(InvalidChangeError, match="is required"):
        changing.edit(session, [ticket], {"cf.serial": ""})
    with pytest.raises(InvalidChangeError, match="kind incident only"):
        make(session, kind="question", **{"cf.serial": "X-2"})


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("subject", "  ", InvalidChangeError), ("kind", "song", InvalidChangeError),
        ("queue", "Nowhere", NotFoundError), ("assignee", "ghost", NotFoundError),
        ("due", "someday", InvalidChangeError), ("rating", "6", InvalidChangeError),
        ("requester", "no address", InvalidChangeError), ("colour", "red", InvalidChangeError),
        ("minutes_spent", "-3", InvalidChangeError), ("tags", "a:b", InvalidChangeError),
        ("category", "Nothing", NotFoundError), ("watchers", "ghost", NotFoundError),
        ("due", "+99999y", InvalidChangeError), ("cf.ghost", "1", NotFoundError),
    ],
)  # fmt: skip
def test_bad_values_are_refused_by_name(
    local_session: Session, field: str, value: str, refusal: type[Exception]
) -> None:
    ticket = make(local_session)

    with pytest.raises(refusal):
        changing.edit(local_session, [ticket], {field: value})


def test_control_and_bidi_characters_never_reach_a_record(session: Session) -> None:
    ticket = make(session, "A\x1b]52;c;eA==\x07 b\u202ec [/x]", body="x\x9by\u2066\r\nz")

    assert ticket.subject == "A]52;c;eA== bc [/x]"
    assert reading.timeline(session, ticket.id)[0].text == "xy\nz"


def test_who_may_not_edit_is_refused(session: Session) -> None:
    ticket = make(session)
    auditor = add_agent(session, "olga", roles=("auditor",))

    with pytest.raises(NotAllowedError, match=r"ticket\.edit"):
        changing.edit(auditor, [ticket], {"subject": "x"})


POLICIES = """
[calendars.office]
timezone = "UTC"
[calendars.office.hours]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]

[[policies]]
name = "Critical"
match = "prio:critical"
calendar = "office"
first_response = 60
resolution = 240

[[policies]]
name = "Standard"
calendar = "office"
first_response = 240
next_reply = 120
resolution = 960
"""


def dues(session: Session, ticket_id: int) -> Sequence[str]:
    sla = reading.get(session, ticket_id).sla
    return [
        f"{target.due:%a %H:%M}" if target.due else target.state
        for target in (sla.first_response, sla.next_reply, sla.resolution)
    ]


def test_targets_follow_the_policy_that_matches(session: Session) -> None:
    service_levels.load(session, POLICIES)

    ticket = make(session)
    normal = dues(session, ticket.id)
    changing.edit(session, [ticket], {"impact": "high", "urgency": "high"})

    assert normal == ["Mon 13:00", "none", "Wed 09:00"]
    assert dues(session, ticket.id) == ["Mon 10:00", "none", "Mon 13:00"]


def test_the_clock_stands_while_pending(session: Session, clock: StandingClock) -> None:
    service_levels.load(session, POLICIES)
    ticket = make(session)
    clock.advance(hours=1)
    changing.set_state(session, [ticket], "pending")
    paused = dues(session, ticket.id)
    clock.advance(hours=2)

    changing.set_state(session, [Ref(ticket.id)], "open")

    assert paused == ["paused", "none", "paused"]
    assert dues(session, ticket.id) == ["Mon 15:00", "none", "Wed 11:00"]


def test_the_next_reply_runs_after_the_first(session: Session, clock: StandingClock) -> None:
    service_levels.load(session, POLICIES)
    ticket = make(session, requester="ann@example.com")
    replying.reply(session, ticket, "We look at it")
    clock.advance(hours=1)

    replying.receive(session, Ref(ticket.id), "Any news?")

    assert dues(session, ticket.id) == ["met", "Mon 12:00", "Wed 09:00"]


def test_a_breach_stays_a_breach(session: Session, clock: StandingClock) -> None:
    service_levels.load(session, POLICIES)
    ticket = make(session, impact="high", urgency="high")
    clock.advance(hours=2)

    replying.reply(session, ticket, "Sorry, late")
    changing.set_state(session, [Ref(ticket.id)], "resolved")

    sla = reading.get(session, ticket.id).sla
    assert (sla.first_response.state, sla.first_response.left) == ("breached", -3600)
    assert (sla.resolution.state, sla.resolution.left) == ("met", 7200)


def test_loading_policies_recomputes_open_tickets(session: Session) -> None:
    ticket = make(session)

    loaded = service_levels.load(session, POLICIES)

    assert loaded == (1, 2, 1)
    assert dues(session, ticket.id)[0] == "Mon 13:00"
    assert numbers(session, "due<8h") == []
    assert numbers(session, "sla<8h") == [ticket.id]


ANOTHER = """
[[policies]]
name = "{}"
calendar = "office"
resolution = 60
"""


def test_a_closed_ticket_never_comes_under_another_policy(session: Session) -> None:
    office = POLICIES.partition("[[policies]]")[0]
    service_levels.load(session, office + ANOTHER.format("Standard"))
    ticket = make(session)
    changing.set_state(session, [ticket], "closed")

    service_levels.load(session, office + ANOTHER.format("First") + ANOTHER.format("Standard"))
    moved = reading.get(session, ticket.id).sla.policy
    service_levels.load(session, office + ANOTHER.format("Next"))
    gone = reading.get(session, ticket.id).sla.policy

    assert (moved, gone) == ("Standard", "")


def test_next_ticket_is_the_soonest_due(session: Session) -> None:
    service_levels.load(session, POLICIES)
    make(session, "Normal")
    urgent = make(session, "Urgent", impact="high", urgency="high")
    make(add_agent(session, "bob"), "Taken", impact="high", urgency="high", assignee="bob")

    found = reading.next_ticket(session)

    assert found is not None
    assert found.id == urgent.id


def test_a_breached_ticket_is_found(session: Session, clock: StandingClock) -> None:
    service_levels.load(session, POLICIES)
    ticket = make(session, impact="high", urgency="high")
    make(session)

    clock.advance(hours=2)

    assert numbers(session, "is:breached") == [ticket.id]


def test_search_finds_words_of_the_thread(session: Session) -> None:
    ticket = make(session)
    make(session, "Something else", body="nothing")
    replying.reply(session, ticket, "Toner cartridge überhitzt")

    assert numbers(session, "uberhitzt") == [ticket.id]
    assert numbers(session, "toner cart") == [ticket.id]
    assert numbers(session, '"cartridge toner"') == []


def test_first_account_of_a_database_is_its_admin(session: Session) -> None:
    assert users.select_roles(session.user.id) == ("admin",)


def test_waiting_past_midnight_counts_no_minute(session: Session, clock: StandingClock) -> None:
    service_levels.load(session, POLICIES)
    ticket = make(session)
    clock.now += timedelta(hours=8)
    evening = reading.get(session, ticket.id).sla.resolution.left
    clock.now += timedelta(hours=16)

    assert reading.get(session, ticket.id).sla.resolution.left == evening
