"""The forms of the work on assets: plans, what was done, counters, repairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from boconsole.assets import offering, reading
from boconsole.assets.reading import AssetRow
from boconsole.assets.service import doing, plans, repairs
from boconsole.assets.service import offering as service_offering
from boconsole.assets.service.plans import FEATURE as PLAN
from boconsole.assets.service.reading import DueRow, PlanRow
from boconsole.assets.service.repairs import RepairRow
from boconsole.assets.service.words import RESULT_TITLES, WORK_KINDS, WORK_TITLES
from boconsole.assets.words import CONDITION_TITLES
from boconsole.assets.writing import Ref
from boconsole.fixed_assets import classes, typing
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets.words import PRIORITIES
from screens.asset_facts import FEATURE, money
from screens.cells import PRIORITIES as LOOKS
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of

Saved = Callable[[object], None]
Given = Mapping[str, object]
DAY_HINT = N_("today, -3d, 31/5 …")
COST_HINT = N_("Such as 120 USD.")
BILL_HINT = N_("The bill, such as BIL-2026-00042.")
AFTER = [("calendar", N_("by the calendar")), ("done", N_("counted from the work done"))]


def _offer(
    session: Session, find: Callable[[Session, str], list[offering.Offer]]
) -> Callable[[str], Sequence[Suggestion]]:
    return lambda start: [Suggestion(*each) for each in find(session, start)]


def _form(
    name: str, about: Sequence[object], title: str, fields: Sequence[Field],
    save: Callable[[Given], object], values: Given, said: str | Callable[..., str], saved: Saved,
    feature: str = FEATURE,
) -> FormScreen:  # fmt: skip
    return FormScreen(
        Form(draft_of(name, *about), title, fields, lambda given, _version: save(given), values,
             said=said, saved=saved, feature=feature)
    )  # fmt: skip


# Plans


def _plan_fields(session: Session, *, new: bool) -> list[Field]:
    offer = partial(_offer, session)
    ranks = [
        ("", N_("as usual")),
        *((word, LOOKS[rank].word) for rank, word in enumerate(PRIORITIES, 1)),
    ]
    targets = [
        Field("asset", N_("Asset"), suggest=offer(offering.assets),
              hint=N_("One asset; or a model or a category below.")),
        Field("model", N_("Model"), "lookup", suggest=offer(offering.models),
              hint=N_("For all its assets that are handed out.")),
        Field("category", N_("Category"), "lookup", suggest=offer(offering.categories),
              hint=N_("For all its assets that are handed out.")),
    ]  # fmt: skip
    return [
        Field("name", N_("Name"), required=True, hint=N_("What is done, such as Oil change.")),
        *(targets if new else ()),
        Field("every", N_("Every"), hint=N_("90d, 2w, 3mo or 1y; empty if only a counter says.")),
        Field("starts", N_("First day"), "date", hint=N_("2027-05-31, 31/12, +30d.")),
        Field("after", N_("Then"), "choice", choices=AFTER, required=True),
        Field("lead", N_("Days ahead"), hint=N_("How long before the day the ticket comes.")),
        Field("counter", N_("Counter"), suggest=offer(service_offering.counters),
              hint=N_("What is counted: km, hours, pages; or nothing.")),
        Field("count_every", N_("After how many"), hint=N_("Such as 10000.")),
        Field("count_lead", N_("How many ahead"), hint=N_("Such as 500.")),
        Field("subject", N_("Subject"),
              hint=N_("Of the ticket; {plan}, {tag} and {asset} are filled in.")),
        Field("queue", N_("Queue"), "lookup", suggest=offer(service_offering.queues),
              hint=N_("Of the ticket.")),
        Field("assignee", N_("Assignee"), "lookup", suggest=offer(service_offering.accounts),
              hint=N_("Account that gets the ticket.")),
        Field("priority", N_("Priority"), "choice", choices=ranks),
        Field("body", N_("To be done"), "long"),
    ]  # fmt: skip


def plan_form(session: Session, saved: Saved, asset: str = "") -> FormScreen:
    """Return the form of a new plan, of one asset where its tag is given."""

    def said(row: PlanRow) -> str:
        return _("{name} is planned; first on {day}.").format(
            name=row.name, day=row.next_on or row.counter
        )

    values = {"asset": asset, "after": "calendar", "lead": "7"}
    return _form("plan.new", [asset], _("New plan of service"),
                 _plan_fields(session, new=True), partial(plans.add, session), values, said,
                 saved, PLAN)  # fmt: skip


def edit_plan_form(session: Session, row: PlanRow, saved: Saved) -> FormScreen:
    """Return the form of a plan."""
    words = plans.words_of(row)
    values: dict[str, object] = {**words, "starts": row.starts_on}

    def save(given: Given, version: int) -> PlanRow:
        return plans.edit(session, row._replace(version=version), given)

    return FormScreen(
        Form("plan.edit", _("{name} for {target}").format(name=row.name, target=row.target),
             _plan_fields(session, new=False), save, values, row.id, row.version,
             _("{number} changed.").format(number=row.name), saved, PLAN)
    )  # fmt: skip


def done_form(session: Session, row: DueRow, saved: Saved) -> FormScreen:
    """Return the form that says a plan is done for an asset."""
    fields = [
        Field("on", N_("Done"), "date", hint=DAY_HINT),
        *([Field("count", N_("Counter"),
                 hint=N_("What it showed; empty takes the last reading."))]
          if row.counter else ()),
        Field("what", N_("Found"), hint=N_("What was found or changed.")),
        Field("minutes", N_("Minutes")),
        Field("who", N_("Who"), hint=N_("Empty is you.")),
    ]  # fmt: skip

    def said(now: DueRow) -> str:
        when = str(now.next_on) if now.next_on else f"{now.next_count} {now.counter}"
        return _("{name} is done for {tag}; next {when}.").format(
            name=now.plan, tag=now.tag, when=when
        )

    return _form("plan.done", [row.plan_id, row.asset_id],
                 _("{name} of {tag} is done").format(name=row.plan, tag=row.tag), fields,
                 partial(doing.do_plan, session, row), {"on": today(session)}, said,
                 saved)  # fmt: skip


# Counters and work


def reading_form(session: Session, row: AssetRow, counter: str, saved: Saved) -> FormScreen:
    """Return the form of a reading."""
    fields = [
        Field("counter", N_("Counter"), required=True,
              suggest=_offer(session, service_offering.counters),
              hint=N_("km, hours, pages or any other.")),
        Field("value", N_("Shows"), required=True, hint=N_("A whole number.")),
        Field("on", N_("Read"), "date", hint=DAY_HINT),
        Field("reason", N_("Reason"), hint=N_("Only where it shows less than before.")),
    ]  # fmt: skip

    def save(given: Given) -> object:
        return doing.read_counter(
            session, row.id, _word(given, "counter"), _word(given, "value"),
            on=_word(given, "on"), reason=_word(given, "reason"),
        )  # fmt: skip

    return _form("asset.reading", [row.id, counter], _("Counter of {tag}").format(tag=row.tag),
                 fields, save, {"counter": counter, "on": today(session)},
                 _("{number} changed.").format(number=row.tag), saved)  # fmt: skip


def work_form(session: Session, ids: Sequence[int], name: str, saved: Saved) -> FormScreen:
    """Return the form of work that was done on assets, which are called so together."""
    fields = [
        Field("kind", N_("Kind"), "choice", required=True,
              choices=[(kind, WORK_TITLES[kind]) for kind in WORK_KINDS]),
        Field("what", N_("What"), required=True, hint=N_("What was done.")),
        Field("on", N_("Done"), "date", hint=DAY_HINT),
        Field("who", N_("Who"), hint=N_("Empty is you.")),
        Field("minutes", N_("Minutes")),
        Field("ticket", N_("Ticket"), hint=N_("Such as TKT-42.")),
    ]  # fmt: skip
    return _form("asset.work", ids, _("Work on {tag}").format(tag=name), fields,
                 partial(doing.add_work, session, ids),
                 {"kind": "upgrade", "on": today(session)},
                 _("{number} changed.").format(number=name), saved)  # fmt: skip


# Repairs


def _repair_fields(session: Session) -> list[Field]:
    return [
        Field("description", N_("What is broken"), required=True),
        Field("sent", N_("Sent"), "date", hint=DAY_HINT),
        Field("supplier", N_("Supplier"), "lookup",
              suggest=_offer(session, offering.organisations), hint=N_("Who repairs it.")),
        Field("warranty", N_("Warranty pays"), "switch"),
        Field("cost", N_("Costs"), hint=COST_HINT),
        Field("invoice", N_("Invoice"), hint=BILL_HINT),
        Field("ticket", N_("Ticket"), hint=N_("Such as TKT-42.")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip


def send_form(session: Session, tag: str, saved: Saved) -> FormScreen:
    """Return the form that sends an asset to be repaired; asks which where no tag is given."""
    fields = _repair_fields(session)
    if not tag:
        fields.insert(0, Field("asset", N_("Asset"), required=True,
                               suggest=_offer(session, offering.assets)))  # fmt: skip

    def save(given: Given) -> RepairRow:
        wanted = dict(given)
        ref = reading.find(session, tag or str(wanted.pop("asset", "")))
        return repairs.send(session, Ref(ref.id), wanted)

    def said(row: RepairRow) -> str:
        return _("{tag} is away to be repaired.").format(tag=row.tag)

    title = _("Send {tag} to be repaired").format(tag=tag) if tag else _("Send to be repaired")
    return _form("repair.new", [tag], title, fields, save,
                 {"sent": today(session), "warranty": False}, said, saved)  # fmt: skip


def back_form(session: Session, row: RepairRow, words: Given, saved: Saved) -> FormScreen:
    """Return the form that takes an asset back from repair; `words` are those of the repair."""
    fields = [
        Field("returned", N_("Back"), "date", hint=DAY_HINT),
        Field("result", N_("Result"), "choice", required=True,
              choices=list(RESULT_TITLES.items())),
        Field("condition", N_("Condition"), "choice",
              choices=[("", N_("nobody said")), *CONDITION_TITLES.items()]),
        Field("cost", N_("Costs"), hint=COST_HINT),
        Field("invoice", N_("Invoice"), hint=BILL_HINT),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip
    values: dict[str, object] = {
        "returned": today(session), "result": "repaired", "cost": money(repairs.cost_of(row)),
        "invoice": words["invoice"], "note": row.note,
    }  # fmt: skip

    def said(now: RepairRow) -> str:
        return _("{tag} is back from repair.").format(tag=now.tag)

    return _form("repair.back", [row.id], _("Take {tag} back").format(tag=row.tag), fields,
                 partial(repairs.take_back, session, row), values, said, saved)  # fmt: skip


def edit_repair_form(session: Session, row: RepairRow, words: Given, saved: Saved) -> FormScreen:
    """Return the form of a repair, of which `words` are what is written."""
    fields = _repair_fields(session)
    if row.returned_on is not None:
        fields[2:2] = [
            Field("returned", N_("Back"), "date", required=True),
            Field("result", N_("Result"), "choice", required=True,
                  choices=list(RESULT_TITLES.items())),
        ]  # fmt: skip
    values: dict[str, object] = {
        **words, "sent": row.sent_on, "returned": row.returned_on,
        "warranty": row.warranty, "cost": money(repairs.cost_of(row)),
    }  # fmt: skip

    def save(given: Given, version: int) -> RepairRow:
        return repairs.edit(session, row._replace(version=version), given)

    return FormScreen(
        Form("repair.edit", _("Repair of {tag}").format(tag=row.tag), fields, save, values,
             row.id, row.version, _("{number} changed.").format(number=row.tag), saved, FEATURE)
    )  # fmt: skip


def _accounts(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(path) for path in typing.account_paths(session, start)]


def _classes(session: Session, start: str) -> list[Suggestion]:
    low = start.casefold()
    names = [row.name for row in classes.classes(session)]
    return [Suggestion(name) for name in names if low in name.casefold()]


def capitalise_form(session: Session, row: RepairRow, _words: Given, saved: Saved) -> FormScreen:
    """Return the form that lets the register of fixed assets take a cost over."""
    fields = [
        Field("against", N_("Account"), suggest=partial(_accounts, session),
              hint=N_("Of expenses that has the cost; empty where the bill has it as an asset.")),
        Field("asset_class", N_("Class"), suggest=partial(_classes, session),
              hint=N_("Empty is that of the asset's fixed asset.")),
        Field("months", N_("Months"), "number", hint=N_("Its life; empty is what is left.")),
    ]  # fmt: skip

    def save(given: Given) -> RepairRow:
        months = given.get("months")
        return repairs.capitalise(
            session, row, asset_class=_word(given, "asset_class"), against=_word(given, "against"),
            months=int(str(months)) if months is not None else None,
        )  # fmt: skip

    title = _("Capitalise {cost} of {tag}").format(cost=money(repairs.cost_of(row)), tag=row.tag)
    return _form("repair.capitalise", [row.id], title, fields, save, {},
                 _("The register has the cost of the repair now."), saved)  # fmt: skip


def today(session: Session) -> object:
    """Return the day in the zone of who is here."""
    return session.now().astimezone(session.zone).date()


def _word(given: Given, name: str) -> str:
    value = given.get(name)
    return "" if value is None else str(value)
