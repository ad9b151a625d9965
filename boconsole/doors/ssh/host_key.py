"""The key by which clients know the server again, made at its first start for its owner alone."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.errors import BoconsoleError
from boconsole.language import _

if TYPE_CHECKING:
    from asyncssh import SSHKey

KIND = "ssh-ed25519"


def host_key(path: Path) -> "SSHKey":
    """Return the key of a file, making both where there are none.

    Raises:
        BoconsoleError: It cannot be read or made, or others may read it.
    """
    import asyncssh

    try:
        if not path.exists():
            _make(path)
        others = stat.S_IRWXG | stat.S_IRWXO
        if path.stat().st_mode & others:
            raise BoconsoleError(
                _("{path} is the server's own key, and others may read it; run chmod 600 {path}.")
                .format(path=path)
            )  # fmt: skip
        return asyncssh.import_private_key(path.read_bytes())
    except OSError as error:
        raise BoconsoleError(
            _("The host key {path} cannot be used: {reason}.").format(
                path=path, reason=error.strerror or error
            )
        ) from error
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise BoconsoleError(
            _("The host key {path} cannot be read; name another file, or move it away.").format(
                path=path
            )
        ) from error


def _make(path: Path) -> None:
    """Write a new key in whole; another server that was quicker keeps its own."""
    import asyncssh

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(
                asyncssh.generate_private_key(KIND, comment="boconsole").export_private_key()
            )
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            return
    finally:
        unfinished.unlink()
