"""Plans of service: what is done again and again with an asset, or with all deployed of a kind.

A plan says when by days, by a counter, or by both. Its words are the same in forms, on the command
line and in the audit trail.
"""

import json
from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.assets.errors import PlanError
from boconsole.assets.fields import EMPTY, category_id, day_of, model_id
from boconsole.assets.service import schedule
from boconsole.assets.service.schedule import Terms
from boconsole.assets.service.words import whole
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.moments import step
from boconsole.session import Session
from boconsole.text import clean, clean_line, required_line
from boconsole.tickets.fields import parse_changes
from boconsole.tickets.words import PRIORITIES, ranked
from db.assets import plans as stored
from db.assets.plan_rows import DueRow, PlanLoad, PlanRow
from db.fields import number_of

FEATURE = "service_plan"
TARGETS = ("asset", "model", "category")
TICKET = ("subject", "body", "queue", "assignee", "priority")
FIELDS = (
    "name", *TARGETS, "every", "starts", "after", "lead", "counter", "count_every", "count_lead",
    *TICKET,
)  # fmt: skip
AFTER = ("calendar", "done")
LONGEST_LEAD = 365


def add(session: Session, given: Mapping[str, object]) -> PlanRow:
    """Add a plan, given as words; see `FIELDS`.

    Raises:
        NotAllowedError, InvalidChangeError, NotFoundError, PlanError: Nothing was added.
    """
    session.require("asset.edit")
    with audit.writing():
        load = _load(session, _words(given))
        plan_id = stored.insert(load)
        _record(session, "add", plan_id, {}, 1)
        spread(session, again(plan_id))
        return again(plan_id)


def edit(session: Session, seen: PlanRow, given: Mapping[str, object]) -> PlanRow:
    """Change a plan; where its days or counts change, what is due is counted anew.

    Raises:
        NotAllowedError, InvalidChangeError, NotFoundError, PlanError, StaleRecordError: Nothing
            was changed.
    """
    session.require("asset.edit")
    with audit.writing():
        old = again(seen.id)
        before = words_of(old)
        wanted = _words(given)
        if any(wanted.get(target) for target in TARGETS):
            wanted = {**dict.fromkeys(TARGETS, ""), **wanted}
        load = _load(session, {**before, **wanted})
        if (load.asset_id, load.model_id, load.category_id) != old[3:6]:
            raise PlanError(_("A plan stays with what it is for; stop it and add another."))
        if not stored.update(old.id, seen.version, load):
            raise StaleRecordError(old.name, old.id)
        new = again(old.id)
        _record(session, "edit", old.id, before, new.version)
        if terms_of(new) != terms_of(old) or new.counter != old.counter:
            _count_anew(session, new)
        spread(session, new)
        return again(old.id)


def set_active(session: Session, seen: PlanRow, *, active: bool) -> PlanRow:
    """Stop a plan, or take it up again; tickets that are open stay so.

    Raises:
        StaleRecordError: Somebody changed it in the meantime.
    """
    session.require("asset.edit")
    with audit.writing():
        if not stored.set_active(seen.id, seen.version, active):
            raise StaleRecordError(seen.name, seen.id)
        told = {"active": (not active, active)}
        line = audit.Line(seen.id, told, seen.version + 1)
        audit.record(session, "service_plan.resume" if active else "service_plan.stop", FEATURE,
                     [line])  # fmt: skip
        if active:
            _count_anew(session, again(seen.id), only_past=True)
            spread(session, again(seen.id))
        return again(seen.id)


def again(plan_id: int) -> PlanRow:
    """Return a plan as it is now; raises NotFoundError."""
    found = stored.find(plan_id)
    if found is None:
        raise NotFoundError(_("plan {number}").format(number=plan_id))
    return found


def terms_of(row: PlanRow | DueRow) -> Terms:
    """Return when a plan is due, as the rule takes it."""
    return Terms(row.every, row.starts_on, row.after_done, row.lead_days, row.count_every,
                 row.count_lead)  # fmt: skip


def today(session: Session) -> date:
    """Return the day in the zone of who acts."""
    return session.now().astimezone(session.zone).date()


# When it is due


def spread(session: Session, plan: PlanRow) -> int:
    """Say of each asset that came under a plan when it is first due; returns of how many."""
    terms, now = terms_of(plan), today(session)
    dues = []
    for asset_id, count in stored.select_new(plan.id):
        due = schedule.first(terms, now, count)
        dues.append((asset_id, *due, schedule.notice(terms, due, now, count)))
    stored.insert_dues(plan.id, dues)
    stored.set_spread(plan.id, session.now())
    return len(dues)


def _notice(
    session: Session, plan: PlanRow | DueRow, due: schedule.Due, count: int | None
) -> date | None:
    return schedule.notice(terms_of(plan), due, today(session), count)


def _count_anew(session: Session, plan: PlanRow, *, only_past: bool = False) -> None:
    """Count from today when a changed plan is due, and whatever waits for its ticket."""
    for row in stored.select_dues(plan.id):
        past = row.next_on is not None and row.next_on < today(session)
        if only_past and not past:
            continue
        due = schedule.first(terms_of(plan), today(session), row.shown)
        if row.done_count is not None and plan.count_every:
            due = due._replace(at=row.done_count + plan.count_every)
        notice = None if row.ticket_id else _notice(session, plan, due, row.shown)
        stored.move(row, *due, notice)


def recount(session: Session, asset_id: int, counter: str) -> None:
    """See what a reading means for the plans that go by this counter."""
    for row in stored.select_of_asset(asset_id):
        if row.counter == counter and row.ticket_id is None:
            due = schedule.Due(row.next_on, row.next_count)
            stored.move(row, *due, _notice(session, row, due, row.shown))


# Words


def words_of(plan: PlanRow) -> dict[str, str]:
    """Return a plan as forms and commands take it."""
    ticket: dict[str, str] = json.loads(plan.ticket)
    return {
        "name": plan.name,
        **{target: plan.target if target == plan.target_kind else "" for target in TARGETS},
        "every": plan.every, "starts": str(plan.starts_on),
        "after": "done" if plan.after_done else "calendar", "lead": str(plan.lead_days),
        "counter": plan.counter, "count_every": str(plan.count_every or ""),
        "count_lead": str(plan.count_lead or ""),
        **{field: ticket.get(field, "") for field in TICKET},
    }  # fmt: skip


def _words(given: Mapping[str, object]) -> dict[str, str]:
    found = {}
    for key, value in given.items():
        field = key.strip().lower().replace("-", "_")
        if field not in FIELDS:
            raise InvalidChangeError(
                key[:40], _("is not a field; use one of {fields}").format(fields=", ".join(FIELDS))
            )
        found[field] = "" if value is None else str(value).strip()
    return found


def _record(
    session: Session, action: str, plan_id: int, before: Mapping[str, str], version: int
) -> None:
    told = {
        field: (before.get(field) or None, word or None)
        for field, word in words_of(again(plan_id)).items() if before.get(field, "") != word
    }  # fmt: skip
    audit.record(session, f"service_plan.{action}", FEATURE, [audit.Line(plan_id, told, version)])


def _load(session: Session, words: Mapping[str, str]) -> PlanLoad:
    target = _target(session, words)
    every, counter = words.get("every", "").lower(), words.get("counter", "")
    counter = clean_line(counter, field="counter", limit=30).lower()
    starts = words.get("starts", "")
    starts_on = today(session) if starts in EMPTY else day_of(session, starts, "starts")
    count_every = whole(words.get("count_every") or "0", "count_every")
    if every:
        step(starts_on, every)
    if bool(counter) != bool(count_every):
        raise InvalidChangeError(
            "count_every", _("say both the counter (km, hours, pages) and after how many")
        )
    if not every and not count_every:
        raise InvalidChangeError("every", _("say after what time or after how many of a counter"))
    after = words.get("after") or "calendar"
    if after not in AFTER:
        raise InvalidChangeError(
            "after",
            _("{word!r} is not one of {words}").format(word=after[:40], words=", ".join(AFTER)),
        )
    return PlanLoad(
        required_line(words.get("name", ""), field="name", limit=120), *target,
        every, number_of(starts_on), after == "done",
        whole(words.get("lead") or "0", "lead", LONGEST_LEAD), counter, count_every,
        whole(words.get("count_lead") or "0", "count_lead", count_every),
        _ticket(session, words),
    )  # fmt: skip


def _target(
    session: Session, words: Mapping[str, str]
) -> tuple[int | None, int | None, int | None]:
    from boconsole.assets import reading

    named = [target for target in TARGETS if words.get(target)]
    if len(named) != 1:
        raise InvalidChangeError("asset", _("say one asset, or a model, or a category"))
    word = words[named[0]]
    if named[0] == "asset":
        return reading.find(session, word).id, None, None
    found = {"model": model_id, "category": category_id}[named[0]](word)
    if found is None:
        raise NotFoundError(_("{what} {name!r}").format(what=_(named[0]), name=word[:60]))
    return (None, found, None) if named[0] == "model" else (None, None, found)


def _ticket(session: Session, words: Mapping[str, str]) -> str:
    """Return the fields of the ticket, checked as a new ticket checks them."""
    fields = {field: clean(words.get(field, ""), field=field) for field in TICKET}
    if fields["assignee"].lower() in ("me", "@me"):
        fields["assignee"] = session.user.login
    if fields["priority"]:
        fields["priority"] = PRIORITIES[ranked("priority", fields["priority"], PRIORITIES) - 1]
    found = {field: text for field, text in fields.items() if text}
    parse_changes(session, {field: text for field, text in found.items()
                            if field not in ("subject", "body")})  # fmt: skip
    return json.dumps(found, ensure_ascii=False)
