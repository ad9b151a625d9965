"""Pay runs by command: from draft to the books and the bank."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.payroll.comparing import Difference
    from boconsole.payroll.rules.lines import Line
    from boconsole.session import Session
    from db.payroll.rows import RunRow, SlipRow


def run(call: Call) -> Answer:
    """Compute the run of a month."""
    from boconsole.payroll import running, words

    session, month = call.session(), words.parse_month(call.words.month)
    row = running.run(session, month, call.words.group, _day(call.words.pay_on))
    return _done(row, _("{number} of {month} is computed for {n} people."))


def correct(call: Call) -> Answer:
    """Compute a posted month anew, as a run of differences."""
    from boconsole.payroll import running
    from boconsole.staff import finding

    session = call.session()
    old = _run(call, session)
    named = [word.strip() for word in call.words.people.split(",") if word.strip()]
    ids = [finding.find(session, word).id for word in named] or None
    row = running.correct(session, old, call.words.reason, ids, _day(call.words.pay_on))
    return _done(row, _("{number} corrects {month} for {n} people."))


def drop(call: Call) -> Answer:
    """Give up a run that is not posted."""
    from boconsole.payroll import running

    session = call.session()
    row = running.drop(session, _run(call, session), call.words.reason)
    return _done(row, _("{number} of {month} is dropped."))


def approve(call: Call) -> Answer:
    """Approve a run that others computed."""
    from boconsole.payroll import approving

    session = call.session()
    row = approving.approve(session, _run(call, session))
    return _done(row, _("{number} of {month} is approved."))


def post(call: Call) -> Answer:
    """Book an approved run."""
    from boconsole.payroll import posting

    session = call.session()
    row = posting.post(session, _run(call, session), _day(call.words.date))
    return _done(row, _("{number} of {month} is posted."))


def pay(call: Call) -> Answer:
    """Book the payment of a posted run."""
    from boconsole.payroll import posting

    session = call.session()
    row = _run(call, session)
    day = _day(call.words.date) or session.now().astimezone(session.zone).date()
    row = posting.pay(session, row, day, call.words.account)
    return _done(row, _("{number} of {month} is paid."))


def bank_file(call: Call) -> Answer:
    """Write the file that tells a bank whom to pay."""
    from boconsole.payroll import bank_file as files

    session = call.session()
    row = _run(call, session)
    words = call.words
    count = files.write(session, row, Path(words.file), skip=words.skip_missing,
                        account=words.pays, bic=words.bic)  # fmt: skip
    note = ngettext("{n} payment is in the file.", "{n} payments are in the file.", count)
    return Answer(None, "", (note.format(n=count),))


def slips(call: Call) -> Answer:
    """Write the pay slips of a run as PDF files."""
    from boconsole.payroll import slips as paper

    session = call.session()
    row = _run(call, session)
    written = paper.write_all(session, row, Path(call.words.folder), call.words.language)
    note = ngettext("{n} pay slip is written.", "{n} pay slips are written.", len(written))
    return Answer([str(path) for path in written], note.format(n=len(written)))


def certificates(call: Call) -> Answer:
    """Write the year's tax certificates as PDF files."""
    from boconsole.payroll import tax_papers

    session, words = call.session(), call.words
    written = tax_papers.write_all(session, _year(words.year), Path(words.folder),
                                   employee=words.employee, language=words.language)  # fmt: skip
    note = ngettext("{n} certificate is written.", "{n} certificates are written.", len(written))
    return Answer([str(path) for path in written], note.format(n=len(written)))


def tax_file(call: Call) -> Answer:
    """Write what was withheld in a month as XML, or a year as CSV."""
    from boconsole.payroll import tax_files
    from boconsole.payroll import words as pay_words

    session, words = call.session(), call.words
    if bool(words.month) == bool(words.year):
        raise InvalidChangeError("month", _("name a month or a year"))
    if words.year:
        count = tax_files.write_year(session, _year(words.year), Path(words.file))
    else:
        month = pay_words.parse_month(words.month)
        count = tax_files.write_month(session, month, Path(words.file), place=words.place,
                                      skip=words.skip_missing)  # fmt: skip
    note = ngettext("{n} person is in the file.", "{n} people are in the file.", count)
    return Answer(None, "", (note.format(n=count),))


def _year(text: str) -> int:
    from boconsole.payroll.working_out import whole

    return whole(text, "year", 2024, 9999)


def mine(call: Call) -> Answer:
    """List one's own pay slips, or write one, or the certificate of a year, as PDF."""
    from boconsole.payroll import reading
    from boconsole.payroll import slips as paper
    from boconsole.payroll.exporting import slip_record

    session, words = call.session(), call.words
    if words.year:
        from boconsole.payroll import tax_papers

        if not words.output:
            raise InvalidChangeError("output", _("name the file of the certificate"))
        year = tax_papers.write_own(session, _year(words.year), Path(words.output), words.language)
        told = _("The tax certificate of {year} is written.").format(year=year.year)
        return Answer(None, "", (told,))
    if words.output:
        slip = paper.write_own(session, words.run_number, Path(words.output), words.language)
        told = _("The pay slip of {month} is written.").format(month=slip.run.title)
        return Answer(None, "", (told,))
    found = reading.own(session)

    def text() -> str:
        rows = [
            (slip.run.number, slip.run.title, plain(slip.row.earned, slip.run.digits),
             plain(slip.row.tax, slip.run.digits), plain(slip.row.net, slip.run.digits),
             slip.run.currency)
            for slip in found
        ]  # fmt: skip
        headings = (_("Number"), _("Month"), _("Earned"), _("Income tax"), _("Paid out"),
                    _("Commodity"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((2, 3, 4))) if rows else _("Nothing.")

    value = [{"run": slip.run.number, "month": slip.run.title, **slip_record(slip.run, slip.row)}
             for slip in found]  # fmt: skip
    return Answer(value, text)


def _day(text: str) -> date | None:
    return parse_day(text) if text else None


def _run(call: Call, session: "Session") -> "RunRow":
    from boconsole.payroll import reading

    return reading.find(session, call.words.run_number or call.words.month, call.words.group)


def _done(row: "RunRow", text: str) -> Answer:
    from boconsole.payroll.exporting import run_record

    return Answer(run_record(row), text.format(number=row.number, month=row.title, n=row.people))


# Reading


def list_runs(call: Call) -> Answer:
    """List runs."""
    from boconsole.payroll import reading, words
    from boconsole.payroll.exporting import run_record

    found = reading.runs(call.session())

    def text() -> str:
        rows = [
            (row.number, row.title, row.pay_group or "-", _(words.RUN_KINDS[row.kind]),
             _(words.STATE_TITLES[row.state]), str(row.people), plain(row.earned, row.digits),
             plain(row.tax, row.digits), plain(row.net, row.digits), row.currency)
            for row in found
        ]  # fmt: skip
        headings = (_("Number"), _("Month"), _("Group"), _("Kind"), _("State"), _("People"),
                    _("Earned"), _("Income tax"), _("Paid out"), _("Commodity"))  # fmt: skip
        return (
            output.table(headings, rows, right=frozenset((5, 6, 7, 8))) if rows else _("Nothing.")
        )

    return Answer([run_record(row) for row in found], text)


def show(call: Call) -> Answer:
    """Show a run with its people, or one person of it line by line."""
    from boconsole.payroll import reading
    from boconsole.payroll.exporting import run_record, slip_record
    from boconsole.staff import finding

    session = call.session()
    if call.words.employee.lower() == "me" and not session.may(reading.RIGHT):
        own = reading.own_of(session, call.words.run_number or call.words.month)
        return Answer(slip_record(own.run, own.row), lambda: _lines(own.lines, own.row, own.run))
    row = _run(call, session)
    if call.words.employee:
        slip = reading.slip(session, row, finding.find(session, call.words.employee).id)
        return Answer(slip_record(row, slip.row), lambda: _lines(slip.lines, slip.row, row))
    found = reading.slips(session, row)
    value = {**run_record(row), "slips": [slip_record(row, each) for each in found]}
    return Answer(value, lambda: _people(found, row))


def _people(found: "list[SlipRow]", row: "RunRow") -> str:
    rows = [
        (each.number, each.name, each.department, each.status,
         *(plain(amount, row.digits) for amount in (each.earned, each.tax, each.net, each.cost)))
        for each in found
    ]  # fmt: skip
    rows.append(("", _("Sum"), "", "", *(plain(amount, row.digits) for amount in
                                         (row.earned, row.tax, row.net, row.cost))))  # fmt: skip
    headings = (_("Number"), _("Name"), _("Department"), _("Status"), _("Earned"),
                _("Income tax"), _("Paid out"), _("Cost"))  # fmt: skip
    return output.table(headings, rows, right=frozenset((4, 5, 6, 7)))


def _lines(lines: "tuple[Line, ...]", slip: "SlipRow", row: "RunRow") -> str:
    from boconsole.payroll import citing
    from boconsole.payroll.words import KIND_TITLES

    rows = [
        (_(KIND_TITLES[line.kind]), _(line.name), plain(line.base, row.digits) if line.base else "",
         line.rate, plain(line.amount, row.digits), citing.source(line.source))
        for line in lines
    ]  # fmt: skip
    headings = (_("Kind"), _("What"), _("Base"), _("Rate"), _("Amount"), _("Source"))
    table = output.table(headings, rows, right=frozenset((2, 3, 4)))
    sums = [(_("Paid out"), plain(slip.net, row.digits)),
            (_("Cost of the employer"), plain(slip.cost, row.digits))]  # fmt: skip
    return f"{table}\n\n{output.pairs(sums)}"


def compare(call: Call) -> Answer:
    """Tell what differs from the month before, and why."""
    from boconsole.payroll import comparing

    session = call.session()
    row = _run(call, session)
    before, found = comparing.compare(session, row)

    def money(amount: int | None) -> str | None:
        return None if amount is None else plain(amount, row.digits)

    value = {
        "run": row.number, "before": before.runs if before else None,
        "differences": [
            {"employee": f"EMP-{each.employee_id:04}", "name": each.person, "code": each.code,
             "before": money(each.before), "now": money(each.now), "change": money(each.change),
             "cause": each.cause}
            for each in found
        ],
    }  # fmt: skip
    nothing = (_("Nothing differs from the month before.") if before
               else _("There is no pay run before it to compare with."))  # fmt: skip
    return Answer(value, lambda: _compared(found, row) or nothing)


def _compared(found: "list[Difference]", row: "RunRow") -> str:
    rows = [
        (each.person, _(each.name),
         *("-" if amount is None else plain(amount, row.digits)
           for amount in (each.before, each.now, each.change)), each.cause)
        for each in found
    ]  # fmt: skip
    headings = (_("Name"), _("What"), _("Before"), _("Now"), _("Change"), _("Cause"))
    return output.table(headings, rows, right=frozenset((2, 3, 4))) if rows else ""
