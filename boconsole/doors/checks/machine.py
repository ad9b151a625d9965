"""The machine: its clock, what others may read, libraries, language and terminal."""

import ctypes
import locale
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.machinery import PathFinder
from pathlib import Path

from boconsole.doors.calls import Call, is_for_us
from boconsole.doors.checks.finding import Failed, Finding, Warned, all_of
from boconsole.language import _, ngettext
from boconsole.settings import default_host_key

SMALLEST = (80, 24)
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right shows an earlier day."""
NOT_SYNCHRONISED = 5
"""What Linux answers of a clock that follows no time server."""
EXTRAS = {
    "postgres": ("psycopg",),
    "ssh": ("asyncssh", "argon2", "pyotp"),
    "web": ("textual_serve", "argon2"),
    "mail": ("aiosmtpd", "inscriptis"),
    "bank": ("ofxtools",),
    "office": ("xlsxwriter",),
    "paper": ("reportlab", "segno"),
    "charts": ("textual_plotext",),
    "documents": ("pypdf", "docx"),
    "forecast": ("statsmodels",),
}
SECRET = ("PASSWORD", "DATABASE", "SECRET", "KEY")
"""What a line of `.env` may tell that is not for others."""


def look(call: Call) -> Iterator[Finding]:
    """Yield what is found."""
    yield from all_of(
        ("clock", lambda: _clock(call)),
        ("log", lambda: _log(call.settings.log)),
        (".env", lambda: _dotenv(Path(".env"))),
        ("host key", lambda: _host_key(call)),
        ("extras", lambda: _extras(call)),
        ("python", lambda: sys.version.split()[0]),
        ("locale", _locale),
        ("terminal", _terminal),
    )


def _clock(call: Call) -> str:
    if call.settings.clock is not None:
        raise Warned(
            _("stands still at {instant}").format(instant=call.settings.clock.isoformat()),
            _("Take BOCONSOLE_CLOCK away, unless this is a demonstration."),
        )
    now = datetime.now(UTC)
    advice = _("Let it follow a time server: timedatectl set-ntp true")
    shown = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    if now < BUILT:
        raise Failed(_("{instant}, before this program was made").format(instant=shown), advice)
    if _follows_time_server() is False:
        raise Warned(_("{instant}, and follows no time server").format(instant=shown), advice)
    return shown


def _follows_time_server() -> bool | None:
    """Return what the kernel knows, or None where it does not say."""
    try:
        answer = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (OSError, AttributeError):
        return None
    return None if answer < 0 else answer != NOT_SYNCHRONISED


def _log(path: Path) -> str:
    folder = next((parent for parent in path.parents if parent.exists()), path.parent)
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise Failed(
            _("{log} cannot be written").format(log=path), _("Name another with BOCONSOLE_LOG.")
        )
    return str(path)


def _dotenv(path: Path) -> str:
    if not is_for_us(path):
        return _("none in {folder}").format(folder=Path.cwd())
    if not _others_read(path):
        return _("{path}, for its owner alone").format(path=path.resolve())
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    names = [line.partition("=")[0] for line in lines if not line.lstrip().startswith("#")]
    if any(word in name for name in names for word in SECRET):
        raise Failed(
            _("{path} can be read by others, and may hold secrets").format(path=path.resolve()),
            f"chmod 600 {path.resolve()}",
        )
    raise Warned(
        _("{path} can be read by others").format(path=path.resolve()), f"chmod 600 {path.resolve()}"
    )


def _host_key(call: Call) -> str:
    path = call.settings.ssh.host_key or default_host_key()
    if not path.exists():
        return _("none yet; the SSH server makes it")
    if _others_read(path):
        raise Failed(_("{path} can be read by others").format(path=path), f"chmod 600 {path}")
    return _("{path}, for its owner alone").format(path=path)


def _others_read(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _extras(call: Call) -> str:
    missing = [
        extra for extra, names in EXTRAS.items() if not all(map(PathFinder.find_spec, names))
    ]
    wanted = {
        "postgres": call.settings.database.startswith("postgresql:"),
        "mail": bool(call.settings.mail.sender or call.settings.mail.imap),
    }
    lacking = [extra for extra in missing if wanted.get(extra)]
    if lacking:
        names = ",".join(lacking)
        raise Failed(
            _("not installed, but set up: {names}").format(names=names),
            f"pipx install --force '.[{names}]'",
        )
    there = ", ".join(extra for extra in EXTRAS if extra not in missing) or "-"
    told = _("installed: {names}").format(names=there)
    return told + (_("; not: {names}").format(names=", ".join(missing)) if missing else "")


def _locale() -> str:
    encoding = locale.getpreferredencoding(False)
    if "utf" not in encoding.lower():
        raise Warned(encoding, _("Set LANG to a UTF-8 locale."))
    return encoding


def _terminal() -> str:
    term = os.environ.get("TERM", "")
    colours = os.environ.get("COLORTERM") or (
        _("none (NO_COLOR)") if os.environ.get("NO_COLOR") else _("16 or 256")
    )
    columns, lines = shutil.get_terminal_size()
    about = _("colours: {colours}").format(colours=colours)
    detail = f"{term or '-'}, {columns}x{lines}, {about}"
    if columns < SMALLEST[0] or lines < SMALLEST[1]:
        raise Warned(detail, _("Make the window larger: the console is made for 80x24 and more."))
    return detail


def summary(broken: int, warned: int) -> str:
    """Return how it stands in one line."""
    if not broken and not warned:
        return _("All is well.")
    parts = []
    if broken:
        parts.append(ngettext("{n} fault", "{n} faults", broken).format(n=broken))
    if warned:
        parts.append(
            ngettext("{n} thing to see to", "{n} things to see to", warned).format(n=warned)
        )
    return ", ".join(parts)
