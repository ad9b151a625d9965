"""What keeps a database from being carried over."""

from db.errors import N_, StorageError


class NotEmptyError(StorageError):
    """The target holds records already."""

    def __init__(self, where: str) -> None:
        super().__init__(
            N_("{where} is not empty; nothing was copied. Name a new, empty one."), where=where
        )


class InUseError(StorageError):
    """Somebody else is writing, or has the file open."""

    def __init__(self, where: str) -> None:
        super().__init__(
            N_(
                "{where} is used by somebody else at the moment; nothing was changed. "
                "Close the other consoles and try again."
            ),
            where=where,
        )


class CopyDiffersError(StorageError):
    """What arrived is not what left."""

    def __init__(self, table: str, left: int, arrived: int) -> None:
        super().__init__(
            N_(
                "{table} did not arrive as it left ({left} rows, {arrived} arrived); "
                "nothing was kept."
            ),
            table=table,
            left=str(left),
            arrived=str(arrived),
        )


class ReferenceMissingError(StorageError):
    """A row refers to another one that is not there."""

    def __init__(self, table: str, other: str) -> None:
        super().__init__(
            N_("A row of {table} refers to a missing row of {other}; nothing was kept."),
            table=table,
            other=other,
        )


class UnsortedError(StorageError):
    """The two databases do not have the same tables."""

    def __init__(self, table: str) -> None:
        super().__init__(
            N_("{table} is not the same table in both databases; nothing was copied."), table=table
        )
