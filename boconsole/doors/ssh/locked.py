"""What a session from afar never touches: files of the server, and other programs.

A second lock behind the refusals of screens and commands: whatever asks for a file or a program
in such a process is refused by the interpreter, with a sentence that says what to do instead.
"""

import errno
import os
import sys
import sysconfig
from functools import lru_cache
from pathlib import Path
from typing import Any

from boconsole.language import N_, _
from boconsole.settings import Settings

PROGRAMS = (
    "subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork",
    "os.forkpty", "pty.spawn",
)  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.link",
           "os.symlink", "os.truncate", "shutil.rmtree", "shutil.move")  # fmt: skip
LISTS = ("os.listdir", "os.scandir", "glob.glob")
READABLE = ("/dev/null", "/dev/tty", "/etc/localtime", "/usr/share/zoneinfo/",
            "/usr/share/terminfo/", "/lib/terminfo/", "/etc/mime.types")  # fmt: skip
LIBRARIES = ("stdlib", "platstdlib", "purelib", "platlib")
PACKAGES = ("boconsole", "screens", "db")
SENTENCE = N_("files of the server are out of reach over SSH; use ssh HOST … - and a pipe")


@lru_cache(1)
def places() -> tuple[tuple[str, ...], str]:
    """Return the folders of code, which are read, and that of the cache; with links resolved."""
    import platformdirs

    code = [sysconfig.get_path(name) for name in LIBRARIES]
    code += [str(Path(__file__).parents[3] / name) for name in PACKAGES]
    cache = os.path.realpath(str(platformdirs.user_cache_path("boconsole")))
    return tuple(f"{os.path.realpath(path)}/" for path in code), f"{cache}/"


class _Lock:
    """Decides about each file that is opened.

    Args:
        settings: Their log and cache are written, their keymap is read.
        folder: A folder of this process alone; "" for none.
        said: What people are told of a file.
    """

    def __init__(self, settings: Settings, folder: str, said: str) -> None:
        code, cache = places()
        self._folder = os.path.realpath(folder) if folder else ""
        own = (f"{self._folder}/", cache) if folder else (cache,)
        self._said = said
        self._log = os.path.realpath(settings.log)
        self._written = own
        self._read = (*READABLE, *own, *code, os.path.realpath(settings.keymap))

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        """Refuse what is out of reach; called by the interpreter."""
        if event == "open":
            path, mode, flags = values
            if path is not None:
                self._look(path, bool(flags & WRITES) if flags else "r" not in (mode or "r"))
        elif event in LISTS:
            self._look(values[0] or ".", writes=False)
        elif event in CHANGES:
            self._look(values[0], writes=True)
        elif event in PROGRAMS:
            raise PermissionError(errno.EACCES, _("no other program is run over SSH"))

    def _look(self, path: Any, writes: bool) -> None:  # Any: a path of any kind
        if isinstance(path, int):
            return
        real = os.path.realpath(os.fsdecode(path))
        if real in ("/dev/null", self._folder):
            return
        if writes and real.startswith((*self._written, self._log)):
            return
        if writes or not f"{real}/".startswith(self._read):
            raise PermissionError(errno.EACCES, _(self._said))


def lock(settings: Settings, folder: str = "", said: str = SENTENCE) -> None:
    """Refuse files and programs from here on; a process cannot take it back.

    Args:
        settings: Of the session.
        folder: Where files of this process may lie meanwhile.
        said: What people are told of a file that they name.
    """
    sys.addaudithook(_Lock(settings, folder, said))
