"""Refusals of assessments."""

from collections.abc import Sequence

from boconsole.errors import BoconsoleError
from boconsole.language import _, ngettext


class SubmittedError(BoconsoleError):
    """A submitted assessment does not change."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} is submitted and does not change; begin a new one that follows.").format(
                number=number
            )
        )


class UnansweredError(BoconsoleError):
    """Questions have no answer yet."""

    def __init__(self, questions: Sequence[str]) -> None:
        told = ngettext(
            "{n} question has no answer yet ({first}); answer it, or say na where it does not "
            "apply.",
            "{n} questions have no answer yet ({first} …); answer them, or say na where one does "
            "not apply.",
            len(questions),
        )
        super().__init__(told.format(n=len(questions), first=questions[0]))


class NothingAppliesError(BoconsoleError):
    """No question applies, so there is nothing to score."""

    def __init__(self) -> None:
        super().__init__(_("No question applies; answer at least one, or throw the draft away."))
