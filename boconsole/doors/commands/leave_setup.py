"""Types of leave, days off and corrections by command."""

from pathlib import Path

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _, ngettext


def list_types(call: Call) -> Answer:
    """List types of leave with the rule that holds today."""
    from boconsole.leave import exporting, quantities, reading

    found = reading.types_of(call.session())

    def text() -> str:
        rows = [
            (row.letter, row.code, row.title, quantities.plain(rule.grant.amount)
             if rule and rule.has_balance else "-", rule.counts if rule else "-",
             _("closed") if row.closed else "", rule.source if rule else "")
            for row, rule in found
        ]  # fmt: skip
        headings = (_("Letter"), _("Type"), _("Title"), _("A year"), _("Counts"), _("State"),
                    _("Source"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((3,))) if rows else _("Nothing.")

    return Answer([exporting.kind(*each) for each in found], text)


def load(call: Call) -> Answer:
    """Take in types of leave."""
    from datetime import date

    from boconsole.errors import BoconsoleError
    from boconsole.leave import exporting, presets, reading, setting_up, typing

    session, words = call.session(), call.words
    since = typing.day(session, words.since, "since") if words.since else date(1900, 1, 1)
    if words.file in presets.SETS:
        found = presets.types_of(words.file)
    else:
        try:
            found = presets.read(Path(words.file).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or _("it is not UTF-8 text")
            raise BoconsoleError(
                _("{path} cannot be read: {reason}.").format(path=words.file, reason=reason)
            ) from error
    setting_up.take_presets(session, found, since)
    told = ngettext("{n} type is in use.", "{n} types are in use.", len(found))
    return Answer([exporting.kind(*each) for each in reading.types_of(session)],
                  told.format(n=len(found)))  # fmt: skip


def close(call: Call) -> Answer:
    """Take a type out of use, or back."""
    from boconsole.leave import asking, knowing, setting_up

    session = call.session()
    row = asking.type_named(knowing.load(session, [], ()), call.words.code)
    setting_up.close_type(session, row, closed=not call.words.back)
    told = _("{title} is in use again.") if call.words.back else _("{title} is closed.")
    return Answer({"code": row.code, "closed": not call.words.back}, told.format(title=row.title))


def list_days(call: Call) -> Answer:
    """List holidays and own days off of a year."""
    from boconsole.leave import days_of_year, typing

    session, words = call.session(), call.words
    year = typing.whole(words.year, "year") if words.year else typing.day(session, "").year
    found = days_of_year.of_year(session, year, words.country, words.region)
    value = [{"day": str(each.day), "name": each.name, "kind": each.kind,
              "country": each.country, "region": each.region} for each in found]  # fmt: skip
    rows = [
        (str(each.day), each.name, _(days_of_year.KINDS[each.kind]),
         "-".join(filter(None, (each.country, each.region))) or "-")
        for each in found
    ]  # fmt: skip
    headings = (_("Day"), _("Name"), _("Kind"), _("Where"))
    return Answer(value, lambda: output.table(headings, rows) if rows else _("Nothing."))


def put_day(call: Call) -> Answer:
    """Add a day off, joint leave, or a working day; or take it out."""
    from boconsole.errors import NotFoundError
    from boconsole.leave import reading, setting_up, typing

    session, words = call.session(), call.words
    day = typing.day(session, words.day, "day")
    if words.remove:
        place = (words.country.upper(), words.region.upper())
        rows = [row for row in reading.own_days(day, day) if (row.country, row.region) == place]
        if not rows:
            raise NotFoundError(_("day off {day}").format(day=day))
        setting_up.remove_day(session, rows[0])
        return Answer({"day": str(day), "removed": True}, _("{day} is out.").format(day=day))
    setting_up.put_day(session, day, words.name, words.kind, words.country, words.region)
    return Answer({"day": str(day), "kind": words.kind}, _("{day} is kept.").format(day=day))


def joint(call: Call) -> Answer:
    """Take in the joint leave of a government."""
    from boconsole.leave import setting_up, typing

    year = typing.whole(call.words.year, "year")
    done = setting_up.take_joint_days(call.session(), call.words.country, year)
    told = ngettext("{n} day of joint leave is in.", "{n} days of joint leave are in.", done)
    return Answer({"days": done}, told.format(n=done))


def correct(call: Call) -> Answer:
    """Enter more or less for a balance."""
    from boconsole.leave import exporting, quantities, reading, setting_up, typing
    from boconsole.staff import finding

    session, words = call.session(), call.words
    person = finding.by_word(session, words.who)
    setting_up.correct(
        session, person.id, words.code, typing.day(session, words.on, "on"),
        quantities.parse(words.amount, field="amount"), words.note,
        lasts_until=typing.day(session, words.until, "until") if words.until else None,
        opening=words.opening,
    )  # fmt: skip
    found = reading.balances_of(session, person.id)
    told = _("The balance of {number} is corrected.").format(number=person.number)
    return Answer([exporting.balance(each) for each in found], told)
