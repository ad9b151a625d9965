"""Reads the text of files behind everybody's back: nothing waits for it, and it can be stopped.

One file at a time: its bytes and its text go through the thread of operations, the seconds between
belong to a process of their own. A session from afar starts none, and leaves it to another one.
"""

from __future__ import annotations

import asyncio
from functools import partial
from threading import Event
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from boconsole.language import _, grouped
from boconsole.registry import adding, extracting, words
from boconsole.registry.extracting import StoppedReadingError, Watch
from boconsole.registry.reading import VersionRow
from screens.reach import REMOTE

if TYPE_CHECKING:
    from screens.app import BoconsoleApp

GROUP = "texts"


class TextReader:
    """The one reader of a console.

    Attributes:
        at: The version that is read now.
        page: Where in it, and of how many; 0 while that is not known.
    """

    def __init__(self, app: BoconsoleApp) -> None:
        self._app = app
        self._stop = Event()
        self.at: VersionRow | None = None
        self.page = (0, 0)

    def start(self) -> None:
        """Begin with what waits, unless it is at it."""
        if self.at is None and self._app.session.origin not in REMOTE:
            self._stop = Event()
            self._app.run_worker(self._run(), group=GROUP, exclusive=True)

    def stop(self) -> None:
        """End it; what was not read waits for another time."""
        self._stop.set()

    @property
    def told(self) -> str:
        """What is read now and how far it is; nothing while nothing is."""
        if self.at is None:
            return ""
        number, (page, pages) = words.number(self.at.document_id), self.page
        if not pages:
            return _("reading {number}").format(number=number)
        return _("reading {number}, page {page} of {pages}").format(
            number=number, page=grouped(page), pages=grouped(pages)
        )

    async def _run(self) -> None:
        stop, after = self._stop, 0
        try:
            while not stop.is_set():
                found = await self._app.attempt_unseen(partial(adding.next_waiting, after))
                if found.error is not None or found.value is None:
                    return
                self.at, content = found.value
                after, self.page = self.at.id, (0, 0)
                self._app.tell_status()
                await self._read(self.at, content, Watch(stop, self._tell))
        except (StoppedReadingError, PermissionError):
            return
        finally:
            stop.set()
            self.at = None
            self._app.tell_status()

    async def _read(self, row: VersionRow, content: bytes, watch: Watch) -> None:
        text = await asyncio.to_thread(extracting.text_of, row.name, content, watch)
        await self._app.attempt_unseen(partial(adding.keep_text, row, text))
        self._app.following.spread(words.DOCUMENT, [row.document_id])

    def _tell(self, page: int, pages: int) -> None:
        self.page = (page, pages)
        self._app.tell_status()


_readers: WeakKeyDictionary[BoconsoleApp, TextReader] = WeakKeyDictionary()


def reader_of(app: BoconsoleApp) -> TextReader:
    """Return the reader of a console."""
    if app not in _readers:
        _readers[app] = TextReader(app)
    return _readers[app]
