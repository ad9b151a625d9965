"""Settings: read once, at the door, from the command line, the environment and `.env`.

Each setting knows where its value came from; a value that is not allowed is refused by name.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from boconsole import mail_settings, ssh_settings
from boconsole.errors import SettingError
from boconsole.language import N_, _
from boconsole.mail_settings import MailSettings
from boconsole.ssh_settings import SshSettings

LANGUAGES = ("en", "id")
THEMES = ("auto", "dark", "light", "contrast", "plain")
SWITCH = ("on", "off")
PASSWORD = re.compile(r"(://[^:/?#]*:)[^/?#]*(?=@)|([?&](?:ssl)?password=)[^&]*")
"""Where an address of a database has one."""
CLOCK_YEARS = range(1900, 9000)
"""Far enough from the ends of the calendar that every zone and every span fits in."""

FILES = ("BOCONSOLE_KEYMAP", "BOCONSOLE_LOG")
"""Settings whose default is looked up when it is asked for: most commands need none."""


class Described(NamedTuple):
    """A setting, its default as people read it, and what it is for."""

    name: str
    default: str
    meaning: str


DESCRIPTIONS = (
    Described("BOCONSOLE_DATABASE", "sqlite:///<data folder>/boconsole.sqlite",
              N_("Where the records are: sqlite:///PATH or postgresql://USER@HOST/NAME.")),
    Described("BOCONSOLE_USER", "the operating system's user",
              N_("Who acts on a local database.")),
    Described("BOCONSOLE_CLOCK", "the computer's clock",
              N_("An ISO instant at which the clock stands still, for demonstrations and tests.")),
    Described("BOCONSOLE_ZONE", "the computer's zone",
              N_("Time zone in which times are read and shown, such as Asia/Jakarta.")),
    Described("BOCONSOLE_LANGUAGE", "en", N_("Language of the console: en or id.")),
    Described("BOCONSOLE_THEME", "auto", N_("Colours: auto, dark, light, contrast or plain.")),
    Described("BOCONSOLE_KEYMAP", "<config folder>/keymap.toml", N_("File that changes keys.")),
    Described("BOCONSOLE_LOG", "<log folder>/boconsole.log", N_("File for faults of the program.")),
    Described("BOCONSOLE_ATTACHMENT_LIMIT", "20", N_("Largest attachment in MiB, 1 to 500.")),
    Described("BOCONSOLE_BACKUPS", "none", N_("Folder of backups, for backup and doctor.")),
    Described("BOCONSOLE_CELL_DIFF", "on",
              N_("Send only the cells that changed to the terminal: on or off.")),
    *(Described(*each) for each in mail_settings.DESCRIPTIONS),
    *(Described(*each) for each in ssh_settings.DESCRIPTIONS),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What was set, checked.

    Attributes:
        database: An address as `db.connection.open_database` takes it.
        user: Login of who acts.
        clock: The instant at which the clock stands, or None for the real one.
        zone: For reading and showing times.
        sources: Setting name to where its value came from.
        files: Setting name to the file that is set for it; the properties know the others.
        mail: Servers and addresses of mail.
        backups: Folder of backups, or None.
        ssh: Of the server for SSH clients.
    """

    database: str
    user: str
    clock: datetime | None
    zone: ZoneInfo
    language: str
    theme: str
    attachment_limit: int
    cell_diff: bool
    sources: Mapping[str, str]
    files: Mapping[str, str]
    mail: MailSettings = mail_settings.NONE
    backups: Path | None = None
    ssh: SshSettings = ssh_settings.USUAL

    @property
    def keymap(self) -> Path:
        """File that changes keys."""
        return Path(self.files.get("BOCONSOLE_KEYMAP") or _folder("config") / "keymap.toml")

    @property
    def log(self) -> Path:
        """File for faults of the program."""
        return Path(self.files.get("BOCONSOLE_LOG") or default_log())


def read_settings(
    environment: Mapping[str, str], dotenv: Mapping[str, str | None], *, database: str = ""
) -> Settings:
    """Return the settings; the command line wins over the environment, and that over `.env`.

    Raises:
        SettingError: A value is not allowed; the sentence says what is.
    """
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    for name, _default, _meaning in DESCRIPTIONS:
        for source, mapping in ((N_("environment"), environment), (".env", dotenv)):
            if value := mapping.get(name):
                values[name], sources[name] = value, source
                break
        else:
            sources[name] = N_("default")
    if database:
        values["BOCONSOLE_DATABASE"] = database
        sources["BOCONSOLE_DATABASE"] = N_("command line")
    return Settings(
        database=_database(values.get("BOCONSOLE_DATABASE", "")),
        user=values.get("BOCONSOLE_USER") or _login(environment),
        clock=_clock(values.get("BOCONSOLE_CLOCK", "")),
        zone=_zone(values.get("BOCONSOLE_ZONE", ""), environment),
        language=_choice(values, "BOCONSOLE_LANGUAGE", LANGUAGES, "en"),
        theme=_choice(values, "BOCONSOLE_THEME", THEMES, "auto"),
        attachment_limit=_mebibytes(values.get("BOCONSOLE_ATTACHMENT_LIMIT", "20")),
        cell_diff=_choice(values, "BOCONSOLE_CELL_DIFF", SWITCH, "on") == "on",
        sources=sources,
        files={name: values[name] for name in FILES if name in values},
        mail=mail_settings.read_mail(values),
        backups=Path(values["BOCONSOLE_BACKUPS"]) if values.get("BOCONSOLE_BACKUPS") else None,
        ssh=ssh_settings.read_ssh(values),
    )


def listed(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Return name, value, source and meaning of each setting; passwords are left out."""
    shown = {
        field.name: getattr(settings, field.name)
        for field in fields(settings)
        if field.name not in ("sources", "files")
    }
    shown |= {"keymap": settings.keymap, "log": settings.log}
    shown["database"] = without_password(settings.database)
    shown["clock"] = settings.clock.isoformat() if settings.clock else "running"
    shown["attachment_limit"] = settings.attachment_limit // 2**20
    shown["cell_diff"] = "on" if settings.cell_diff else "off"
    shown["backups"] = settings.backups or "-"
    shown |= mail_settings.shown(settings.mail)
    shown |= ssh_settings.shown(settings.ssh, default_host_key)
    return [
        (name, str(shown[name.removeprefix("BOCONSOLE_").lower()]), settings.sources[name], meaning)
        for name, _default, meaning in DESCRIPTIONS
    ]


def without_password(url: str) -> str:
    """Return a database address with *** where its password was."""
    return PASSWORD.sub(r"\1\2***", url)


def default_database() -> str:
    """Return the address of the database used when none is named."""
    return f"sqlite:///{_folder('data') / 'boconsole.sqlite'}"


def default_log() -> Path:
    """Return the file for faults of the program when none is named."""
    return _folder("log") / "boconsole.log"


def default_host_key() -> Path:
    """Return the file of the SSH server's key when none is named."""
    return _folder("data") / "ssh_host_ed25519_key"


def rules_folder() -> Path:
    """Return the folder in which a user keeps rules of pay to compute with."""
    return _folder("config") / "payroll"


def _folder(kind: str) -> Path:
    import platformdirs

    paths = platformdirs.PlatformDirs("boconsole", appauthor=False)
    return {
        "data": paths.user_data_path,
        "config": paths.user_config_path,
        "log": paths.user_log_path,
    }[kind]


def _database(url: str) -> str:
    if not url:
        return default_database()
    if url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///")
        if not url.startswith("sqlite:///") or not path.strip("/") or "\0" in unquote(path):
            allowed = _("sqlite:/// followed by the path of a file")
            raise SettingError("BOCONSOLE_DATABASE", url, allowed)
        return url
    url = re.sub("^postgres://", "postgresql://", url)
    if not url.startswith("postgresql://") or not _is_read(url):
        raise SettingError(
            "BOCONSOLE_DATABASE",
            without_password(url),
            "sqlite:///PATH or postgresql://USER@HOST/NAME",
        )
    return url


def _is_read(url: str) -> bool:
    """Return whether an address has the form of one."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _login(environment: Mapping[str, str]) -> str:
    if login := environment.get("LOGNAME") or environment.get("USER"):
        return login
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid{os.getuid()}"


def _clock(text: str) -> datetime | None:
    if not text:
        return None
    allowed = _("an ISO instant such as 2026-05-04T09:00:00Z")
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        instant = instant.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise SettingError("BOCONSOLE_CLOCK", text, allowed) from error
    if instant.year not in CLOCK_YEARS:
        raise SettingError("BOCONSOLE_CLOCK", text, allowed)
    return instant


def _zone(name: str, environment: Mapping[str, str]) -> ZoneInfo:
    if not name:
        return _computer_zone(environment)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingError(
            "BOCONSOLE_ZONE", name, _("a name of the time zone database such as Asia/Jakarta")
        ) from error


def _computer_zone(environment: Mapping[str, str]) -> ZoneInfo:
    link = os.path.realpath("/etc/localtime")
    for name in (environment.get("TZ", "").lstrip(":"), link.partition("zoneinfo/")[2], "UTC"):
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def _choice(values: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = values.get(name, default).lower()
    if value not in allowed:
        raise SettingError(name, value, ", ".join(allowed))
    return value


def _mebibytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 500:
        raise SettingError("BOCONSOLE_ATTACHMENT_LIMIT", text, _("a whole number from 1 to 500"))
    return int(text) * 1024 * 1024
