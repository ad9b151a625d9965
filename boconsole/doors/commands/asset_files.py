"""Assets, models and places from files, and assets into files."""

from pathlib import Path
from typing import TextIO, cast

from boconsole.doors.calls import Call
from boconsole.doors.commands.files import Shown, import_answer
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.tickets.exporting import FORMS


def import_assets(call: Call) -> Answer:
    """Take assets, models or places in from a file by a map."""
    from boconsole.assets import importing

    words = call.words
    session = call.session()
    with Progress(_("Rows read")) as progress:
        kind, report = importing.import_file(
            session,
            Path(words.file),
            Path(words.map),
            dry_run=words.dry_run,
            refused_path=Path(words.refused) if words.refused else None,
            progress=progress,
        )
    made = {"assets": _("assets made"), "models": _("models made"), "places": _("places made")}
    planned = {
        "assets": _("assets would be made"), "models": _("models would be made"),
        "places": _("places would be made"),
    }  # fmt: skip
    return import_answer(report, made[kind], planned[kind])


def export_assets(call: Call) -> Answer:
    """Write the assets that match a query to a file; `-` is stdout."""
    from boconsole.assets import exporting

    *query, name = call.words.words
    form = (call.words.format or exporting.form_of(name)).lower()
    if form not in FORMS:
        raise InvalidChangeError(
            "format",
            _("{form!r} is not one of {forms}").format(form=form[:20], forms=", ".join(FORMS)),
        )
    session = call.session()
    with Progress(_("Assets written")) as progress:
        count = exporting.export_assets(
            session,
            " ".join(query),
            cast("TextIO", Shown()) if name == "-" else Path(name),
            form,
            overwrite=True,
            spreadsheet=call.words.spreadsheet,
            progress=lambda done, _part: progress(done),
        )
    if name == "-":
        return Answer()
    return Answer(
        {"file": name, "format": form, "assets": count},
        _("{count} assets are in {name}.").format(count=count, name=name),
    )
