"""What stops an import before its first row; single rows are refused in the report."""

from collections.abc import Sequence

from boconsole.errors import BoconsoleError


class ImportFileError(BoconsoleError):
    """The file of records cannot be used as a whole."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path}: {reason}; nothing was imported.")
        self.reason = reason


class MissingColumnsError(ImportFileError):
    """The map names columns that the file does not have."""

    def __init__(self, path: object, missing: Sequence[str], there: Sequence[str]) -> None:
        named = ", ".join(repr(name) for name in missing)
        super().__init__(
            path,
            f"the map names {'columns' if len(missing) > 1 else 'the column'} {named}, which the "
            f"file does not have; its columns are: {', '.join(there)}",
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
        super().__init__(f"Map {path}{place}: {reason}.")
        self.where = where
        self.reason = reason
