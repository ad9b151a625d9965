"""Pay by command: what a month comes to, by rules alone."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.payroll.rules.lines import Line, Sheet
    from boconsole.payroll.rules.sets import Held, RuleSet
    from boconsole.payroll.working_out import Question, Settlement


def list_rules(call: Call) -> Answer:
    """List sets of rules."""
    from boconsole import settings
    from boconsole.payroll.rules import reading

    del call
    sets = [reading.shipped(name) for name in reading.names()]
    sets += reading.in_folder(settings.rules_folder())
    value = [{"name": each.name, "title": each.title, "kind": each.kind, "from": each.starts,
              "to": each.ends, "currency": each.currency} for each in sets]  # fmt: skip
    rows = [[str(cell or "-") for cell in each.values()] for each in value]
    headings = (_("Name"), _("Title"), _("Kind"), _("From"), _("To"), _("Commodity"))
    return Answer(value, lambda: output.table(headings, rows))


def _rules(call: Call) -> "tuple[RuleSet, int, Held]":
    """Return the rules that were named, the month, and what of them holds in it."""
    from boconsole.payroll import working_out

    words = call.words
    rules = working_out.rules_of(words.rules, words.rules_file)
    settles = bool(getattr(words, "year_gross", "")) and not words.leaving
    month = 12 if settles else working_out.LATEST_BY_TABLE
    if words.month:
        month = working_out.whole(words.month, "month", 1, 12)
    year = rules.starts.year if rules.ends else max(rules.starts.year, call_year())
    return rules, month, rules.on(year, month)


def call_year() -> int:
    """Return the year of the clock, for rules without an end."""
    from boconsole.session import wall_clock

    return wall_clock().year


def compute(call: Call) -> Answer:
    """Tell what a month's pay comes to."""
    from boconsole.payroll import working_out

    rules, month, held = _rules(call)
    question = _question(call, rules, month)
    sheet, settled = working_out.answer(rules, held.day.year, question)
    told = {"rules": rules.name, "year": held.day.year, "month": month,
            "ptkp": question.terms.status, "method": question.terms.method,
            **_sheet(sheet, rules.digits),
            "settlement": _settlement(settled, rules.digits)}  # fmt: skip
    return Answer(told, lambda: _table(sheet, rules.digits, settled))


def _question(call: Call, rules: "RuleSet", month: int) -> "Question":
    from boconsole.payroll import working_out
    from boconsole.payroll.rules.contributions import EVERYTHING
    from boconsole.payroll.rules.lines import Terms

    words, digits = call.words, rules.digits

    def money(name: str) -> int:
        return working_out.amount(getattr(words, name), name, digits)

    def told(name: str) -> int | None:
        return money(name) if getattr(words, name) else None

    without = frozenset(word for word in words.without.split(",") if word)
    codes = {row.code for row in rules.rows.contributions} | {EVERYTHING}
    if unknown := sorted(without - codes):
        raise InvalidChangeError("without", _("expected some of {codes}").format(
            codes=", ".join(sorted(codes)) or unknown[0]))  # fmt: skip
    terms = Terms(
        working_out.status(rules, words.ptkp), working_out.method_of(words.method), words.risk,
        frozenset({EVERYTHING}) if words.no_bpjs else without,
        working_out.whole(words.family, "family", 0, 20), money("minimum_wage"),
        not words.no_tax_number, words.sector,
    )  # fmt: skip
    worked = words.months_worked
    return working_out.Question(
        money("gross"), month, terms, money("bonus"), money("benefit"), told("pension"),
        told("zakat"), words.leaving,
        working_out.whole(worked, "months_worked", 1, 12) if worked else 0,
        working_out.whole(words.resident_months, "resident_months", 1, 12),
        told("year_gross"), told("withheld"),
    )  # fmt: skip


def _sheet(sheet: "Sheet", digits: int) -> dict[str, object]:
    """Return a month for programs."""
    from boconsole.payroll.rules.month import whole_rate

    def money(amount: int) -> str:
        return plain(amount, digits)

    paid: dict[str, object] = {
        each.code: {"base": money(each.base), "employer": money(each.employer),
                    "employee": money(each.employee)}
        for each in sheet.contributions
    }  # fmt: skip
    paid["employer"] = money(sum(each.employer for each in sheet.contributions))
    paid["employee"] = money(sum(each.employee for each in sheet.contributions))
    allowance = sum(line.amount for line in sheet.lines if line.code == "tax_allowance")
    return {
        "category": sheet.category, "rate": whole_rate(sheet.rate), "gross": money(sheet.gross),
        "tax": money(sheet.tax), "allowance": money(allowance), "borne": money(sheet.borne),
        "bpjs": paid, "net": money(sheet.net), "cost": money(sheet.cost),
        "lines": [_line(line, sheet.rules, digits) for line in sheet.lines],
    }  # fmt: skip


def _settlement(settled: "Settlement | None", digits: int) -> dict[str, object] | None:
    """Return the year that was settled, for programs; `tax` is the year's, not the month's."""
    if settled is None:
        return None
    year = settled.year
    amounts = {
        "gross": year.gross, "cost": year.cost, "pension": settled.pension, "zakat": settled.zakat,
        "net": year.net, "free": year.free, "taxable": year.taxable, "tax": settled.tax,
        "withheld": settled.withheld, "rest": settled.tax - settled.withheld,
    }  # fmt: skip
    return {**{name: plain(amount, digits) for name, amount in amounts.items()},
            "withheld_from": settled.basis}  # fmt: skip


def _line(line: "Line", rules: str, digits: int) -> dict[str, object]:
    return {
        "kind": line.kind, "code": line.code, "name": line.name, "base": plain(line.base, digits),
        "rate": line.rate, "amount": plain(line.amount, digits), "rule": rules,
        "source": line.source,
    }  # fmt: skip


def _table(sheet: "Sheet", digits: int, settled: "Settlement | None") -> str:
    """Return a month for people: its lines, and below what is paid out."""
    from boconsole.payroll import citing
    from boconsole.payroll.words import KIND_TITLES

    rows = [
        (_(KIND_TITLES[line.kind]), _(line.name), plain(line.base, digits) if line.base else "",
         line.rate, plain(line.amount, digits), citing.source(line.source))
        for line in sheet.lines
    ]  # fmt: skip
    headings = (_("Kind"), _("What"), _("Base"), _("Rate"), _("Amount"), _("Source"))
    table = output.table(headings, rows, right=frozenset((2, 3, 4)))
    sums = [(_("Taxable income"), sheet.gross), (_("Income tax"), sheet.tax),
            (_("Paid out"), sheet.net), (_("Cost of the employer"), sheet.cost)]  # fmt: skip
    if settled is not None:
        sums += [(_("Tax of the year"), settled.tax), (_("Withheld before"), settled.withheld)]
    found = f"{table}\n\n{output.pairs([(name, plain(each, digits)) for name, each in sums])}"
    if settled is not None and settled.basis == "unknown":
        found += "\n\n" + _("Nobody said what was withheld before: name it by --withheld.")
    return found


def besides(call: Call) -> Answer:
    """Tell THR, overtime, severance and the like."""
    from boconsole.payroll import working_out
    from boconsole.payroll.rules import entitlements
    from boconsole.payroll.rules.lines import Line

    words = call.words
    rules, _month, held = _rules(call)

    def money(name: str) -> int:
        return working_out.amount(getattr(words, name), name, rules.digits)

    amount = money("amount")
    if words.what in ("thr", "overtime"):
        if words.what == "thr":
            months = working_out.whole(words.months, "months", 0, 999)
            item = entitlements.thr(held, money("wage"), months)
        else:
            hours = working_out.hours(words.hours)
            item = entitlements.overtime(held, money("wage"), hours, words.day,
                                         money("whole_wage"))  # fmt: skip
        amount = item.amount
        lines = [Line(item.kind, item.code, item.name, item.base, item.rate, amount, item.source)]
    elif words.what in entitlements.LUMPS:
        lines = []
        if words.what == "severance" and not amount:
            months = working_out.whole(words.months, "months", 0, 999)
            due = entitlements.severance(held, money("wage"), months,
                                         working_out.times(words.times))  # fmt: skip
            amount = sum(item.amount for item in due)
            lines = [Line(item.kind, item.code, item.name, item.base, item.rate, item.amount,
                          item.source) for item in due]  # fmt: skip
        lines += entitlements.lump_tax(held, words.what, amount)
    elif words.what in ("daily", "fee"):
        work = entitlements.daily_tax if words.what == "daily" else entitlements.outsider_tax
        lines = [work(held, amount)]
    else:
        raise InvalidChangeError(
            "what", _("expected thr, overtime, severance, old_age, daily or fee")
        )
    tax = sum(line.amount for line in lines if line.kind == "tax")
    value = {"rules": rules.name, "what": words.what, "amount": plain(amount, rules.digits),
             "tax": plain(tax, rules.digits), "net": plain(amount - tax, rules.digits),
             "lines": [_line(line, rules.name, rules.digits) for line in lines]}  # fmt: skip
    rows = [(_(line.name), plain(line.base, rules.digits), line.rate,
             plain(line.amount, rules.digits), line.source) for line in lines]  # fmt: skip
    headings = (_("What"), _("Base"), _("Rate"), _("Amount"), _("Source"))
    return Answer(value, lambda: output.table(headings, rows, right=frozenset((1, 2, 3))))
