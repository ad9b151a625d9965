"""Labels by command: sheets as PDF, and a code in the terminal."""

from pathlib import Path

from boconsole.doors.calls import Call
from boconsole.doors.commands.licences import whole
from boconsole.doors.output import Answer
from boconsole.language import ngettext


def print_labels(call: Call) -> Answer:
    """Write sheets of labels."""
    from boconsole.stock import labelling

    words = call.words
    made, pages = labelling.print_labels(
        call.session(), " ".join(words.query), Path(words.file), sheet=words.sheet,
        start=whole(words.start, "start"),
    )  # fmt: skip
    value = {"file": words.file, "labels": made, "pages": pages, "sheet": words.sheet.upper()}
    told = ngettext("{n} label is in {path}.", "{n} labels are in {path}.", made)
    return Answer(value, told.format(n=made, path=words.file))


def show_code(call: Call) -> Answer:
    """Show the code of a tag in block characters."""
    from boconsole.assets import reading
    from boconsole.stock import labelling
    from boconsole.stock.blocks import lines

    session = call.session()
    asset = reading.get(session, reading.find(session, call.words.tag).id)
    told = "\n".join([*lines(labelling.code(asset.tag), light=True), f"{asset.tag} {asset.name}"])
    return Answer({"tag": asset.tag, "name": asset.name}, told)
