"""Refusals of the knowledge base."""

from boconsole.errors import BoconsoleError
from boconsole.knowledge.words import STATES, number
from boconsole.language import _


class ArticleStateError(BoconsoleError):
    """The state of an article does not allow it."""

    def __init__(self, article_id: int, state: str, hint: str) -> None:
        super().__init__(
            _("{number} is {state}; {hint}.").format(
                number=number(article_id), state=_(STATES[state]), hint=hint
            )
        )


class OwnArticleError(BoconsoleError):
    """Who wrote a version does not publish it."""

    def __init__(self, article_id: int, login: str) -> None:
        super().__init__(
            _("{login} wrote a part of {number}; somebody else has to publish it.").format(
                login=login, number=number(article_id)
            )
        )


class InternalArticleError(BoconsoleError):
    """An internal article does not go to a requester."""

    def __init__(self, article_id: int) -> None:
        super().__init__(
            _("{number} is internal; quote it in a note only, or name its number.").format(
                number=number(article_id)
            )
        )
