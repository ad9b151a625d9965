"""What reports refuse."""

from boconsole.errors import BoconsoleError
from boconsole.language import _


class UnknownLineError(BoconsoleError):
    """A report has no such line."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The report has no line {name!r}; run it without --of to see them.").format(
                name=name[:60]
            )
        )


class UnknownReportError(BoconsoleError):
    """There is no such report, or it is none for the one who asks."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is no report {name!r}; see them all with: boconsole reports list.").format(
                name=name
            )
        )
