"""What the tabs of a project show, as lines: tasks, risks, goals, money, people, reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from boconsole.language import N_, _, decimal
from boconsole.projects import goals, linking, risks, tree, words
from boconsole.projects.card import Card
from boconsole.projects.costing import Forecast
from boconsole.projects.earned_value import EarnedValue
from boconsole.projects.reading import TaskRow
from boconsole.projects.scheduling import Scheduled
from boconsole.projects.words import length
from boconsole.session import Session
from screens import project_facts as facts
from screens.cells import Cell, fit, instant, safe
from screens.project_lines import Column, Item, Line, heading, plain, row
from screens.prose import toned, wrapped

TASKS, TIMELINE, BOARD, RISKS, GOALS, MONEY, PEOPLE, REPORTS = (
    "tasks", "timeline", "board", "risks", "goals", "money", "people", "reports",
)  # fmt: skip
TABS = {
    TASKS: N_("Tasks"), TIMELINE: N_("Timeline"), BOARD: N_("Board"), RISKS: N_("Risks"),
    GOALS: N_("Goals"), MONEY: N_("Money"), PEOPLE: N_("People"), REPORTS: N_("Reports"),
}  # fmt: skip
OF_TASKS = (TASKS, TIMELINE, BOARD)
WIDE = 100
LEVELS = {"high": "bad", "medium": "warn", "low": "muted"}


def bar(tab: str, card: Card, room: int) -> Line:
    """Return the names of all tabs, the open one in brackets."""
    counts = {RISKS: sum(each.state == risks.OPEN for each in card.risks)}
    parts: list[tuple[str, str]] = []
    for name, title in TABS.items():
        told = _(title) + (f" {counts[name]}" if counts.get(name) and room > 70 else "")
        here = name == tab
        parts.append((f"[{told}]" if here else f" {told} ", "strong" if here else "muted"))
    return Line(toned(*parts))


def tasks(card: Card, today: date, room: int) -> list[Line]:
    """Return the tree of tasks."""
    columns = [
        Column(_("Task"), 0), Column(_("State"), 11), Column(_("Owner"), 8),
        Column("%", 4, right=True), Column(_("Work"), 9, right=True),
        Column(_("Start"), 9, right=True), Column(_("Due"), 11, right=True),
    ]  # fmt: skip
    wide = room >= WIDE
    if wide:
        columns += [Column(_("Slack"), 6, right=True), Column(_("Waits for"), 18)]
    nodes = tree.walk(card.plan.tasks)
    if not nodes:
        return [plain(_("No task is here yet. n adds the first one; n again adds more."), "muted")]
    times = {each.task.id: each for each in card.schedule.tasks}
    lines = [heading(columns, room)]
    for node in nodes:
        task, own = node.task, times.get(node.task.id)
        critical = own is not None and own.critical and task.state not in words.ENDED
        mark = "◆" if task.kind == words.MILESTONE else "*" if critical else " "
        over = task.state in words.ENDED
        timer = "⏱" if card.timer and card.timer.task_id == task.id else ""
        title = f"{'  ' * node.depth}{mark}{timer}{task.title}"
        tone = "strong" if task.children else "muted" if over else "bad" if critical else ""
        cells = [
            Cell(title, tone), facts.task_state_cell(task.state), Cell(task.owner, "muted"),
            Cell(str(task.percent)), Cell(facts.work_told(task)),
            Cell(facts.short_day(task.start_on, today), "muted"),
            facts.due_cell(task.due_on, today, over=over),
        ]  # fmt: skip
        if wide:
            cells += [Cell("" if over or own is None else _slack(own)),
                      Cell(linking.links_text(card.plan.links, task.id), "muted")]  # fmt: skip
        lines.append(row(columns, cells, room, Item("task", task.id)))
    return lines


def _slack(own: Scheduled) -> str:
    return _("{days}d").format(days=own.total_slack)


def about(card: Card, task: TaskRow, today: date) -> str:
    """Return a sentence about a task: number, what it waits for, slack, work."""
    own = next((each for each in card.schedule.tasks if each.task.id == task.id), None)
    parts = [words.task_number(task.id)]
    if waits := linking.links_text(card.plan.links, task.id):
        parts.append(_("waits for {tasks}").format(tasks=waits))
    if task.children:
        parts.append(_("holds {n} tasks").format(n=task.children))
    elif own is not None and task.state not in words.ENDED:
        parts.append(_("critical") if own.critical
                     else _("slack {n}d").format(n=own.total_slack))  # fmt: skip
        if task.start_on is None or (task.due_on and own.early_finish > task.due_on):
            parts.append(_("earliest {start} to {end}").format(
                start=facts.short_day(own.early_start, today),
                end=facts.short_day(own.early_finish, today)))  # fmt: skip
    if task.spent:
        parts.append(_("{time} spent").format(time=length(task.spent)))
    if task.note:
        parts.append(safe(task.note))
    return " · ".join(parts)


def risk_lines(card: Card, today: date, room: int) -> list[Line]:
    """Return risks and issues, the gravest first."""
    if not card.risks:
        return [plain(_("No risk is noted yet. n adds one: what may happen, how likely, how bad."),
                      "muted")]  # fmt: skip
    columns = [
        Column(_("Risk"), 0), Column(_("P×I"), 8, right=True), Column(_("Response"), 10),
        Column(_("Owner"), 8), Column(_("Due"), 11, right=True), Column(_("State"), 8),
    ]  # fmt: skip
    lines = [heading(columns, room)]
    for each in card.risks:
        over = each.state == risks.CLOSED
        level = risks.level(each.exposure)
        mark = "!" if each.kind == risks.ISSUE else " "
        told = f"{each.probability}×{each.impact}={each.exposure:>2}"
        lines.append(row(columns, [
            Cell(f"{mark}{each.title}", "muted" if over else ""),
            Cell(told, "muted" if over else LEVELS[level]),
            Cell(_(risks.RESPONSES[each.response]), "muted" if not each.response else ""),
            Cell(each.owner, "muted"), facts.due_cell(each.due_on, today, over=over),
            Cell(_(risks.STATES[each.state]), "muted" if over else ""),
        ], room, Item("risk", each.id)))  # fmt: skip
        if each.plan and not over:
            lines += [Line(each_line) for each_line in wrapped(
                toned((safe(each.plan), "muted")), room, "   ", "   ")]  # fmt: skip
    return [*lines, plain(""), plain(_("! has happened. P×I: likely times bad, each 1 to 5."),
                                     "muted")]  # fmt: skip


def goal_lines(card: Card, today: date, room: int) -> list[Line]:
    """Return objectives with their key results."""
    lines = [Line(each) for each in wrapped(toned((safe(card.plan.project.goal), "")), room)]
    if card.plan.project.goal:
        lines.append(plain(""))
    if not card.goals:
        return [*lines, plain(_("No objective is here yet. n adds one, n on it its results."),
                              "muted")]  # fmt: skip
    for goal in card.goals:
        due = f"  {facts.short_day(goal.row.due_on, today)}" if goal.row.due_on else ""
        told = f"{facts.progress_bar(goal.progress, 10)} {goal.row.title}{due}"
        lines.append(Line(toned((told, "strong")), Item("objective", goal.row.id)))
        for each in goal.results:
            figures = f"{each.start} → {each.current} → {each.target} {each.unit}".rstrip()
            at = f" ({facts.short_day(each.measured_on, today)})" if each.measured_on else ""
            bar_told = facts.progress_bar(goals.share(each), 10)
            lines.append(Line(toned((f"  {bar_told} {each.title}  ", ""), (figures + at, "muted")),
                              Item("result", each.id)))  # fmt: skip
    return lines


def money_lines(card: Card, today: date) -> list[Line]:
    """Return budget against actual, earned value, and the end."""
    found, money = card.forecast, card.forecast.money
    left = None if money.budget is None else money.budget - money.actual

    def told(minor: int | None) -> str:
        return f"{facts.amount(minor, money.precision):>14} {money.commodity}"

    pairs = [
        (_("Budget"), told(money.budget), ""),
        (_("Hours"), told(money.labour), length(money.hours)),
        (_("Ledger"), told(money.booked) if money.booked is not None else " " * 14,
         safe(card.plan.project.tag) or _("entries that link to {number}").format(
             number=card.plan.number) if money.booked is not None
         else _("you may not see the ledger")),
        (_("Spent"), told(money.actual), ""), (_("Left"), told(left), ""),
    ]  # fmt: skip
    lines = [
        Line(toned((f"{name:<12}", "muted"), (value, "bad" if name == _("Left") and left is not None
                                              and left < 0 else ""), (f"  {more}", "muted")))
        for name, value, more in pairs
    ]  # fmt: skip
    lines += [plain(f"! {each}", "warn") for each in money.left_out]
    finish = facts.short_day(found.finish, today)
    due = card.plan.project.due_on
    late = bool(found.finish and due and found.finish > due)
    name = _("End")
    lines += [plain(""), Line(toned((f"{name:<12}", "muted"),
                                    (f"{finish}  ", "bad" if late else ""),
                                    (found.why, "muted")))]  # fmt: skip
    if found.value is None:
        return [*lines, plain(_("Earned value needs a budget; E adds one."), "muted")]
    return [*lines, plain(""), *_figures(found, found.value)]


def _figures(found: Forecast, value: EarnedValue) -> list[Line]:
    """Return the figures of earned value, each line a figure and its variance or index."""
    planned = _("planned by now, {share}%").format(share=f"{found.planned:.0f}")
    earned = _("earned by now, {share}%").format(share=f"{found.complete:.0f}")
    digits = found.money.precision
    rows = (
        ("PV", value.pv, planned, "SPI", value.spi, _("schedule index")),
        ("EV", value.ev, earned, "CPI", value.cpi, _("cost index")),
        ("AC", value.ac, _("actual cost"), "SV", value.sv, _("schedule variance")),
        ("EAC", value.eac, _("estimate at completion"), "CV", value.cv, _("cost variance")),
        ("ETC", value.etc, _("estimate to complete"), "VAC", value.vac, _("at completion")),
    )  # fmt: skip
    return [
        Line(toned((f"{first:<4}", "muted"), (f"{_figure(amount, digits):>13} ", ""),
                   (fit(meaning, 22), "muted"), (f" {second:<4}", "muted"),
                   (f"{_figure(other, None if second in INDEXES else digits):>14} ",
                    "bad" if _bad(other, index=second in INDEXES) else ""),
                   (more, "muted")))
        for first, amount, meaning, second, other, more in rows
    ]  # fmt: skip


INDEXES = ("SPI", "CPI")


def _figure(value: Decimal | None, digits: int | None) -> str:
    """Return an amount of a currency with so many digits, or an index."""
    if value is None:
        return "-"
    if digits is None:
        return decimal(value, 2)
    return facts.amount(int(value.scaleb(digits)), digits)


def _bad(value: Decimal | None, *, index: bool) -> bool:
    return value is not None and value < (1 if index else 0)


def people_lines(card: Card, room: int) -> list[Line]:
    """Return who works on it and who has a stake in it, with their open work."""
    columns = [Column(_("Name"), 0), Column(_("Role"), 16), Column(_("h/week"), 7, right=True),
               Column(_("Open"), 7, right=True), Column(_("Infl."), 5, right=True),
               Column(_("Inter."), 6, right=True)]  # fmt: skip
    open_work: dict[int, int] = {}
    for task in card.plan.tasks:
        if task.owner_id and not task.children and task.state not in words.ENDED:
            left = task.remaining
            if left is None:
                left = task.estimate * (100 - task.percent) // 100
            open_work[task.owner_id] = open_work.get(task.owner_id, 0) + left
    if not card.people:
        return [plain(_("Nobody is named yet. n adds who works on it, or has a stake in it."),
                      "muted")]  # fmt: skip
    lines = [heading(columns, room)]
    for each in card.people:
        work = open_work.get(each.user_id or 0, 0)
        lines.append(row(columns, [
            Cell(f"{each.name} {each.login or each.email}".rstrip(),
                 "" if each.user_id else "muted"),
            Cell(each.role), Cell(str(each.hours if each.hours is not None else "-")),
            Cell(length(work) if work else "-"), Cell(str(each.influence or "-")),
            Cell(str(each.interest or "-")),
        ], room, Item("person", each.id)))  # fmt: skip
    return lines


def report_lines(card: Card, room: int, session: Session) -> list[Line]:
    """Return what was reported and decided, the last first."""
    lines: list[Line] = []
    for each in card.reports:
        rag = facts.rag_cell(each.rag)
        at = instant(each.at, session.now(), session.zone)
        first = toned((rag.text, rag.tone), (f"  {at}  {safe(each.author)}  {each.progress}%", ""))
        lines.append(Line(first, Item("report", each.id)))
        for label, text in ((_("Why"), each.reason), (_("Done"), each.achieved),
                            (_("Next"), each.planned)):  # fmt: skip
            if text:
                start = toned((f"   {label:<6} ", "muted"))
                lines += [Line(line) for line in wrapped(toned((safe(text), "")), room, start,
                                                         " " * 10)]  # fmt: skip
    if not lines:
        lines.append(plain(_("Nothing was reported yet. c reports how it stands, and why."),
                           "muted"))  # fmt: skip
    if card.decisions:
        lines += [plain(""), plain(_("Decisions"), "strong")]
    for decision in card.decisions:
        told = f"{decision.decided_on}  {safe(decision.title)}  "
        lines.append(Line(toned((told, ""), (safe(decision.decided_by), "muted"))))
        if decision.reason:
            lines += [Line(line) for line in wrapped(
                toned((safe(decision.reason), "muted")), room, " " * 12, " " * 12)]  # fmt: skip
    return lines
