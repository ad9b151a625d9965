"""Budgets by command: planned, shown, in and out of files, taken back."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext


def plan(call: Call) -> Answer:
    """Plan an account for a month or a year."""
    from boconsole.ledger import planning

    words = call.words
    try:
        amount = Decimal(words.amount)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise InvalidChangeError("amount", _("{text!r} is no number").format(
            text=words.amount[:40]))  # fmt: skip
    account = planning.plan(call.session(), words.account, words.span, amount, words.commodity)
    value = {"account": account.path, "span": words.span, "amount": f"{amount:f}",
             "commodity": words.commodity}  # fmt: skip
    return Answer(value, _("{account} is planned with {amount} {commodity} for {span}.").format(
        **value))  # fmt: skip


def show(call: Call) -> Answer:
    """Tell the plans of a fiscal year, month by month."""
    from boconsole.ledger import budget_grid
    from boconsole.ledger.budgets import month_name
    from boconsole.money import plain

    session, words = call.session(), call.words
    year = (budget_grid.read_year(session, words.year) if words.year
            else budget_grid.year_of(session))  # fmt: skip
    rows = [row for row in budget_grid.every(session, year, " ".join(words.query))
            if any(row.planned)]  # fmt: skip
    months = [month_name(month) for month in year.months]
    value = {
        "year": year.name,
        "budgets": [
            {
                "account": row.account.path, "commodity": row.commodity.code, "mode": row.mode,
                "months": {
                    name: {"planned": plain(planned, row.commodity.precision),
                           "actual": plain(actual, row.commodity.precision)}
                    for name, planned, actual in zip(months, row.planned, row.actual, strict=True)
                },
                "planned": plain(sum(row.planned), row.commodity.precision),
                "actual": plain(sum(row.actual), row.commodity.precision),
            }
            for row in rows
        ],
    }  # fmt: skip
    headings = (_("Account"), _("Commodity"), _("Mode"), *months, _("Year"))
    cells = [(row.account.path, row.commodity.code, _(row.mode),
              *(plain(minor, row.commodity.precision) if minor else ""
                for minor in row.planned), plain(sum(row.planned), row.commodity.precision))
             for row in rows]  # fmt: skip
    right = frozenset(range(3, len(headings)))
    return Answer(
        value,
        lambda: output.table(headings, cells, right=right) if cells else _("Nothing is planned."),
    )


def take_file(call: Call) -> Answer:
    """Take budgets from a CSV file."""
    from boconsole.ledger import budget_files

    made = budget_files.take(call.session(), Path(call.words.file))
    told = ngettext("{n} row is taken.", "{n} rows are taken.", made.rows).format(n=made.rows)
    return Answer({"file": call.words.file, "rows": made.rows, "operation": made.operation}, told)


def give_file(call: Call) -> Answer:
    """Write the budgets of a fiscal year to a CSV file."""
    from boconsole.ledger import budget_files, budget_grid

    session, words = call.session(), call.words
    year = (budget_grid.read_year(session, words.year) if words.year
            else budget_grid.year_of(session))  # fmt: skip
    rows = budget_files.export(session, Path(words.file), year,
                               spreadsheet=words.spreadsheet, overwrite=True)  # fmt: skip
    told = ngettext("{n} row is in {path}.", "{n} rows are in {path}.", rows)
    return Answer({"file": words.file, "year": year.name, "rows": rows},
                  told.format(n=rows, path=words.file))  # fmt: skip


def copy(call: Call) -> Answer:
    """Plan what a query names as it was in the year before, and some per cent more."""
    from boconsole.ledger import budget_editing, budget_grid

    session, words = call.session(), call.words
    year = budget_grid.read_year(session, words.year)
    percent = budget_editing.read_percent(words.plus)
    rows = budget_grid.every(session, year, " ".join(words.query))
    operation = budget_editing.copy_last_year(session, rows, year, percent)
    told = _("{year} is planned as the year before, {percent} % more.").format(
        year=year.name, percent=f"{percent:f}"
    )
    return Answer({"year": year.name, "percent": f"{percent:f}", "operation": operation},
                  told if operation else _("Nothing was to change."))  # fmt: skip


def undo(call: Call) -> Answer:
    """Take back one's own last change of budgets."""
    from boconsole.ledger import planning

    action = planning.undo_last(call.session())
    return Answer({"undone": action}, _("The last change of budgets is undone."))


def rule(call: Call) -> Answer:
    """Say whether an entry that passes a budget is refused."""
    from boconsole.ledger import planning

    words = call.words
    account = planning.set_mode(call.session(), words.account, words.mode)
    sentences = {
        "warn": _("Entries that pass the budget of {account} are told of it."),
        "block": _("Entries that pass the budget of {account} are refused."),
    }
    return Answer({"account": account.path, "mode": words.mode},
                  sentences[words.mode].format(account=account.path))  # fmt: skip


def against(call: Call) -> Answer:
    """Tell plans against what came of them."""
    from boconsole.ledger import budgets

    found = budgets.report(call.session(), call.words.span, call.words.until)
    value = [
        {
            "account": each.account.path,
            "commodity": each.commodity.code,
            "planned": each.text(each.planned),
            "actual": each.text(each.actual),
            "left": each.text(each.left),
        }
        for each in found
    ]
    rows = [(each.account.path, each.text(each.planned), each.text(each.actual),
             each.text(each.left), budgets.share(each), each.commodity.code)
            for each in found]  # fmt: skip
    headings = (_("Account"), _("Planned"), _("Actual"), _("Left"), _("Used"), _("Commodity"))
    right = frozenset((1, 2, 3, 4))
    return Answer(
        value,
        lambda: output.table(headings, rows, right=right) if rows else _("Nothing is planned."),
    )
