"""Files of an open record: `f` attaches, saves and takes them away. Never opened, never run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from boconsole.filing import File, FileRow, safe_name
from boconsole.language import _, grouped, ngettext
from screens import reach
from screens.cells import safe
from screens.dialogs import Choice, ConfirmDialog, MenuDialog, PromptDialog
from screens.files import read_files, save_content

if TYPE_CHECKING:
    from screens.shell import ShellScreen as Base
else:
    # Textual takes the styles of a screen from its first base that is a widget.
    Base = object

ADD, SAVE, REMOVE = "add", "save", "remove"


class Holding(NamedTuple):
    """What is done with the files of a record; each runs in the thread of operations."""

    attach: Callable[[Sequence[File]], object]
    content: Callable[[str], tuple[str, bytes]]
    remove: Callable[[str], object]


def out_of_reach(screen: Base) -> str:
    """Return why files cannot be read or written from here, or nothing."""
    return reach.out_of_reach(screen.session)


def told(rows: Sequence[FileRow]) -> str:
    """Return files in one line, with their sizes."""
    return ", ".join(f"{safe(row.name)} ({size(row.size)})" for row in rows)


def size(count: int) -> str:
    """Return a number of bytes for people."""
    return _("{n} KiB").format(n=grouped(max(count // 1024, 1)))


class HoldsFiles(Base):
    """Answers the key of files."""

    def held_files(self) -> Sequence[FileRow]:
        """Return the files of the record."""
        raise NotImplementedError

    def holding(self) -> Holding | None:
        """Return what is done with them, None while nothing is shown."""
        raise NotImplementedError

    def files_changed(self) -> None:
        """React once one came or went."""

    def action_file(self) -> None:
        """Choose what to do with files; with none there is but one thing."""
        if (work := self.holding()) is None:
            return
        rows = {str(row.id): row for row in self.held_files()}
        if not rows:
            self._ask_paths(work)
            return
        choices = [Choice(ADD, _("Attach files"))]
        choices += [Choice(f"{SAVE} {key}", _("Save {name}").format(name=safe(row.name)))
                    for key, row in rows.items()]  # fmt: skip
        choices += [Choice(f"{REMOVE} {key}", _("Remove {name}").format(name=safe(row.name)))
                    for key, row in rows.items()]  # fmt: skip

        def take(chosen: str | None) -> None:
            verb, _blank, key = (chosen or "").partition(" ")
            if verb == ADD:
                self._ask_paths(work)
            elif verb == SAVE:
                self._ask_where(work, rows[key])
            elif verb == REMOVE:
                self._ask_removal(work, rows[key])

        self.app.push_screen(MenuDialog(_("Files"), choices), take)

    def _ask_paths(self, work: Holding) -> None:
        def take(paths: str | None) -> None:
            if paths:
                self.load(partial(read_files, self.session, paths), attach, group="file")

        def attach(files: Sequence[File]) -> None:
            text = ngettext("{n} file is attached.", "{n} files are attached.", len(files))
            self.change(partial(work.attach, files), said=text.format(n=len(files)),
                        done=lambda _done: self.files_changed())  # fmt: skip

        self.app.push_screen(
            PromptDialog(_("Attach which files? (commas between)"), "~/", path=True), take
        )

    def _ask_where(self, work: Holding, row: FileRow) -> None:
        def take(where: str | None) -> None:
            if where:
                self.load(
                    lambda: save_content(*work.content(str(row.id)), where),
                    lambda path: self.app.say(_("Saved as {path}.").format(path=path)),
                    group="file",
                )

        self.app.push_screen(PromptDialog(_("Save as"), f"~/{safe_name(row.name)}"), take)

    def _ask_removal(self, work: Holding, row: FileRow) -> None:
        def take(sure: bool | None) -> None:
            if sure:
                self.change(partial(work.remove, str(row.id)),
                            said=_("{name} is removed.").format(name=safe(row.name)),
                            done=lambda _done: self.files_changed())  # fmt: skip

        question = _("Remove {name}? Its name and hash stay in the history.")
        self.app.push_screen(
            ConfirmDialog(question.format(name=safe(row.name)), yes=_("remove")), take
        )
