"""The register of documents from a table and into one, by command."""

from pathlib import Path

from boconsole.doors.calls import Call
from boconsole.doors.commands.files import import_answer
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.language import _


def load(call: Call) -> Answer:
    """Take in a register by a map."""
    from boconsole.registry import importing

    words = call.words
    session = call.session()
    with Progress(_("Documents read")) as progress:
        report = importing.import_file(
            session, Path(words.file), Path(words.map), dry_run=words.dry_run,
            refused_path=Path(words.refused) if words.refused else None, progress=progress,
        )  # fmt: skip
    return import_answer(report, _("documents made"), _("documents would be made"))


def save(call: Call) -> Answer:
    """Write the register into a table."""
    from boconsole.registry import exporting

    *query, name = call.words.words
    done = exporting.export(call.session(), " ".join(query), Path(name))
    return Answer(
        {"file": name, "documents": done},
        _("{n} documents are in {name}.").format(n=done, name=name),
    )
