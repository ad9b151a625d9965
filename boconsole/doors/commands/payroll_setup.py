"""What pay rests on, by command: groups, accounts, items and rules."""

from pathlib import Path

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.words import parse_day


def load_rules(call: Call) -> Answer:
    """Keep the rules of a file."""
    from boconsole.payroll import known_rules

    found = known_rules.load(call.session(), Path(call.words.file))
    told = _("The rules {name} are kept.").format(name=found.name)
    return Answer({"name": found.name, "title": found.title, "currency": found.currency}, told)


def carry_over(call: Call) -> Answer:
    """Keep the sums that another program paid this year."""
    from boconsole.payroll import opening
    from boconsole.payroll.exporting import run_record
    from boconsole.payroll.words import parse_month

    words = call.words
    row = opening.take(call.session(), parse_month(words.through), Path(words.file), words.rules)
    told = _("{number} carries over {n} people up to {month}.").format(
        number=row.number, n=row.people, month=row.title
    )
    return Answer(run_record(row), told)


def put_group(call: Call) -> Answer:
    """Add a pay group or change it."""
    from boconsole.payroll import setting_up

    details = {}
    for word in call.words.details:
        name, equals, value = word.partition("=")
        if not equals:
            raise InvalidChangeError("details", _("expected a word such as risk=2"))
        details[name.strip()] = value.strip()
    row = setting_up.put_group(
        call.session(), call.words.name, call.words.rules, call.words.prorate, details
    )
    return Answer(_group(row), _("The pay group {name} is kept.").format(name=row.name or "-"))


def _group(row: "object") -> dict[str, object]:
    names = ("name", "rules", "prorate", "details")
    return {name: getattr(row, name) for name in names}


def list_groups(call: Call) -> Answer:
    """List pay groups."""
    from boconsole.payroll import setting_up

    value = [_group(row) for row in setting_up.groups(call.session())]
    rows = [[str(cell or "-") for cell in each.values()] for each in value]
    headings = (_("Group"), _("Rules"), _("Prorated"), _("Details"))
    return Answer(value, lambda: output.table(headings, rows) if rows else _("Nothing."))


def set_account(call: Call) -> Answer:
    """Say where lines are booked."""
    from boconsole.payroll import setting_up

    path = setting_up.set_account(call.session(), call.words.key, call.words.account)
    told = _("{key} is booked on {account}.").format(key=call.words.key, account=path)
    return Answer({"key": call.words.key, "account": path}, told)


def list_accounts(call: Call) -> Answer:
    """List where lines are booked."""
    from boconsole.payroll import setting_up
    from boconsole.payroll.words import KEYS

    known = setting_up.named_accounts(call.session())
    value = {key: known.get(key) for key in (*KEYS, *(key for key in known if key not in KEYS))}
    rows = [(key, path or "-", _(KEYS.get(key, ""))) for key, path in value.items()]
    headings = (_("Key"), _("Account"), _("What"))
    return Answer(value, lambda: output.table(headings, rows))


def add_item(call: Call) -> Answer:
    """Add a pay item."""
    from boconsole.payroll import setting_up, working_out
    from boconsole.payroll.exporting import item_record
    from boconsole.payroll.setting_up import NewItem

    words = call.words
    starts = parse_day(words.starts)
    ends = starts if words.once else parse_day(words.until, field="until") if words.until else None
    new = NewItem(
        words.code, words.name, words.kind, starts, ends, words.employee, words.group,
        words.amount, words.percent, working_out.whole(words.hours, "hours", 0, 24), words.day,
        not words.tax_free, words.irregular, words.fixed, words.prorated, words.note,
    )  # fmt: skip
    row = setting_up.add_item(call.session(), new)
    return Answer(item_record(row), _("Pay item {id} is kept.").format(id=row.id))


def list_items(call: Call) -> Answer:
    """List pay items."""
    from boconsole.payroll import setting_up
    from boconsole.payroll.exporting import item_record

    found = [item_record(row) for row in setting_up.items(call.session())]
    names = ("id", "employee", "group", "code", "kind", "amount", "percent", "from", "to", "note")
    rows = [[str(each[name] or "-") for name in names] for each in found]
    headings = (_("Id"), _("Employee"), _("Group"), _("Code"), _("Kind"), _("Amount"),
                _("Percent"), _("From"), _("To"), _("Note"))  # fmt: skip
    return Answer(found, lambda: output.table(headings, rows, right=frozenset((5, 6)))
                  if rows else _("Nothing."))  # fmt: skip


def end_item(call: Call) -> Answer:
    """Let a pay item end, or take it back."""
    from boconsole.payroll import setting_up, working_out

    last = parse_day(call.words.until, field="until") if call.words.until else None
    number = working_out.whole(call.words.id, "id", 1, 99_999)
    row = setting_up.end_item(call.session(), number, last)
    told = _("Pay item {id} ends on {day}.") if last else _("Pay item {id} is taken back.")
    return Answer({"id": row.id, "to": last}, told.format(id=row.id, day=last))
