"""What stops an import before its first row; single rows are refused in the report."""

from collections.abc import Sequence

from boconsole.errors import BoconsoleError
from boconsole.language import _, ngettext


class ImportFileError(BoconsoleError):
    """The file of records cannot be used as a whole."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(
            _("{path}: {reason}; nothing was imported.").format(path=path, reason=reason)
        )
        self.reason = reason


class MissingColumnsError(ImportFileError):
    """The map names columns that the file does not have."""

    def __init__(self, path: object, missing: Sequence[str], there: Sequence[str]) -> None:
        named = ", ".join(repr(name) for name in missing)
        super().__init__(
            path,
            ngettext(
                "the map names the column {named}, which the file does not have; its columns "
                "are: {there}",
                "the map names columns {named}, which the file does not have; its columns "
                "are: {there}",
                len(missing),
            ).format(named=named, there=", ".join(there)),
        )
        self.missing = tuple(missing)


class MapError(BoconsoleError):
    """A map file cannot be used.

    Attributes:
        where: The key at fault, such as `fields.priority`; empty for the whole file.
        reason: What is wrong and what is allowed.
    """

    def __init__(self, path: object, where: str, reason: str) -> None:
        place = f", {where}" if where else ""
        super().__init__(
            _("Map {path}{place}: {reason}.").format(path=path, place=place, reason=reason)
        )
        self.where = where
        self.reason = reason
