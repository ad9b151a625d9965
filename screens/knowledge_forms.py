"""The form of an article: its text in Markdown, for whom it is, where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from boconsole.knowledge import writing
from boconsole.knowledge.reading import Article, ArticleRow, VersionRow
from boconsole.knowledge.words import AUDIENCES, INTERNAL
from boconsole.knowledge.writing import NewArticle
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets import choosing
from boconsole.tickets.rows import Ref
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen
from screens.knowledge_facts import FEATURE, number


class ArticleFormScreen(FormScreen):
    """A form with room for a long text."""

    CSS_PATH = "styles/knowledge.tcss"


def _fields(session: Session) -> list[Field]:
    def categories(start: str) -> list[Suggestion]:
        return [Suggestion(*one) for one in choosing.categories(session, start)]

    def tags(start: str) -> list[Suggestion]:
        return [Suggestion(*one) for one in choosing.tags(session, start)]

    return [
        Field("title", N_("Title"), required=True),
        Field("audience", N_("For"), "choice", choices=tuple(AUDIENCES.items()),
              hint=N_("Public articles may be quoted to requesters.")),
        Field("category", N_("Category"), "lookup", suggest=categories),
        Field("tags", N_("Tags"), "tags", suggest=tags,
              hint=N_("Words with commas between them.")),
        Field("body", N_("Text"), "long", required=True,
              hint=N_("Markdown; ctrl+e opens the editor.")),
        Field("note", N_("What changed"), hint=N_("A few words for who reviews it.")),
    ]  # fmt: skip


def new_form(session: Session, saved: Callable[[Article], None]) -> ArticleFormScreen:
    """Return the form of a new article."""
    form = Form(
        "article.new", _("New article"), _fields(session), partial(_create, session),
        {"audience": INTERNAL}, said=lambda made: _("{number} is a draft; s hands it over.").format(
            number=made.number), saved=saved, feature=FEATURE,
    )  # fmt: skip
    return ArticleFormScreen(form)


def _create(session: Session, values: Mapping[str, object], _version: int) -> Article:
    return writing.create(
        session,
        NewArticle(
            str(values.get("title") or ""), str(values.get("body") or ""),
            str(values.get("audience") or INTERNAL), str(values.get("category") or ""),
            values.get("tags") or (), str(values.get("note") or ""),
        ),
    )  # fmt: skip


def edit_form(session: Session, row: ArticleRow, last: VersionRow) -> ArticleFormScreen:
    """Return the form of an article, with its last version."""
    values: dict[str, object] = {
        "title": last.title, "audience": last.audience, "category": row.category,
        "tags": tuple(row.tags.split(",")) if row.tags else (), "body": last.body,
    }  # fmt: skip

    def save(changed: Mapping[str, object], version: int) -> Article:
        given = {name: value for name, value in changed.items() if name != "note"}
        return writing.edit(session, Ref(row.id, version), given, str(changed.get("note") or ""))

    form = Form(
        "article.edit", _("Edit {number}").format(number=number(row.id)), _fields(session), save,
        values, row.id, row.version, said=_saved, feature=FEATURE,
    )  # fmt: skip
    return ArticleFormScreen(form)


def _saved(article: Article) -> str:
    if article.pending:
        told = _("{number}: version {last} is a draft; readers still see version {number_read}.")
        return told.format(
            number=article.number, last=article.row.latest, number_read=article.row.published
        )
    return _("{number} saved.").format(number=article.number)
