"""Which commands may be run from afar, and with which files: none but those named here.

A command that is not named cannot be run, so that a new one is refused until somebody thought of
it. Files of the server are never read or written: where a command takes one, `-` stands for what
the client sends or takes, and nothing else is accepted.
"""

import os
import shutil
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any, NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.language import _

LARGEST = 500 * 2**20
"""Bytes that a client may send for a file."""


class Files(NamedTuple):
    """Words of a command that name files.

    Attributes:
        read: Its words for a file that is read; `-` is stdin.
        written: Its words for a file that is written; `-` is stdout.
        needed: Without such a word the command would choose a file itself: it must be there.
        refused: Words for which there is no such way.
    """

    read: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    needed: bool = False
    refused: tuple[str, ...] = ()


NONE = Files()
STATEMENT = Files(written=("output",))
WITH_FORM = "form"
"""A word that makes a statement a file, also without a name for it."""


def _named(module: str, verbs: str, files: Files = NONE) -> dict[str, Files]:
    return {f"{module}:{verb}": files for verb in verbs.split()}


COMMANDS: dict[str, Files] = {
    **_named("house", "verify"),
    **_named("tickets", "new reply", Files(refused=("attach",))),
    **_named("tickets", "show next_ticket state assign edit tag watch unwatch undo"),
    **_named("listing", "list_tickets count list_views save_view"),
    **_named("macros", "list_macros apply save"),
    **_named("joining", "merge unmerge split link unlink"),
    **_named("files", "export_tickets", Files(written=("words",))),
    **_named("sla", "list_policies trace"),
    **_named("sla", "due elapsed", Files(read=("calendar",))),
    **_named("sla", "load", Files(read=("file",))),
    **_named("ledger", "new post approve delete show reverse balances register check"),
    **_named("ledger", "list_accounts"),
    **_named("ledger", "import_journal", Files(read=("file",))),
    **_named("ledger", "export_journal", Files(written=("file",), needed=True)),
    **_named("ledger_marks", "link unlink dimensions"),
    **_named("attachments", "attach", Files(refused=("files",))),
    **_named("attachments", "attachments", Files(refused=("save", "output"))),
    **_named("approvals", "waiting"),
    **_named("ledger_recurring", "save_template list_templates recur coming"),
    **_named("budgets", "plan show copy rule undo against"),
    **_named("budgets", "give_file", Files(written=("file",), needed=True)),
    **_named("budgets", "take_file", Files(read=("file",))),
    **_named("ledger_setup", "control set_account load_chart set_commodity set_choice set_limit"
             " list_limits"),
    **_named("statements", "trial_balance balance_sheet income_statement cash_flow equity_changes"
             " general_ledger journal", STATEMENT),
    **_named("explaining", "explain"),
    **_named("open_items", "aged statement", STATEMENT),
    **_named("taxes", "tax_report list_codes set_code add_pack"),
    **_named("bank", "import_file", Files(read=("file",), refused=("map",))),
    **_named("bank", "list_statements withdraw list_lines match unmatch new accept aside keep undo"
             " close reopen list_rules"),
    **_named("reconciling", "reconcile"),
    **_named("fixed_assets", "put_class list_classes list_groups list_assets show schedule acquire"
             " withdraw change depreciate dispose reverse"),
    **_named("fixed_asset_values", "revalue"),
    **_named("ledger_periods", "list_periods close reopen lock_year checklist lock_date list_locks"
             " allow_exception list_exceptions withdraw_exception"),
    **_named("revaluing", "rate rates revalue revalued"),
    **_named("invoices", "new edit undo contact credit issue approve delete show list_documents"),
    **_named("invoices", "print_document", Files(written=("output",), needed=True)),
    **_named("payments", "pay offset undo approve post delete list_payments"),
    **_named("setup", "add_queue set_rule add_category add_organisation add_field save_template"
             " recur save_trigger remove"),
    **_named("people", "list_users show_user edit_user disable enable reset keys list_roles"
             " save_role show_me edit_me my_password my_keys my_code list_trail"),
    **_named("people", "add_user", Files(refused=("key",))),
    **_named("knowledge", "new edit restore list_articles search show versions diff"),
    **_named("knowledge_reviews", "submit publish send_back archive undo review interval link"
             " propose helped"),
    **_named("contacts", "list_contacts show list_duplicates new edit archive restore undo reach"
             " address note remove merge unmerge forget"),
    **_named("contacts", "export", Files(written=("words",))),
    **_named("assets", "list_assets count show history new edit state undo check_out check_in"
             " extend accept"),
    **_named("asset_links", "relate part impact ticket depreciation depreciate interface address"),
    **_named("asset_setup", "list_subnets add_subnet remove_subnet list_categories add_category"
             " list_models add_model list_places add_place add_field"),
    **_named("asset_files", "export_assets", Files(written=("words",))),
    **_named("asset_proof", "check"),
    **_named("asset_service", "list_plans new_plan edit_plan stop_plan resume_plan list_due do_plan"
             " list_readings new_reading list_work new_work remove_work"),
    **_named("asset_repairs", "list_repairs send take_back edit withdraw capitalise"),
    **_named("labels", "show_code"),
    **_named("labels", "print_labels", Files(written=("file",), needed=True)),
    **_named("licences", "new edit list_licences show retire key check assign release list_products"
             " show_product install remove"),
    **_named("licences", "export", Files(written=("words",))),
    **_named("stock", "new list_items show edit receive give correct retire bring_back check held"),
    **_named("stock", "export", Files(written=("words",))),
    **_named("endings", "list_endings"),
    **_named("forecasts", "tickets cash"),
    **_named("assessments", "list_questionnaires questions new answer submit discard undo"
             " list_assessments show trend compare"),
    **_named("assessments", "load", Files(read=("file",))),
    **_named("assessments", "export", Files(written=("words",))),
    **_named("stocktakes", "open_one scan list_stocktakes show close"),
    **_named("payroll", "list_rules"),
    **_named("payroll_runs", "run correct drop approve post pay list_runs show compare"),
    **_named("payroll_runs", "bank_file tax_file", Files(written=("file",), needed=True)),
    **_named("payroll_runs", "mine", Files(written=("output",))),
    **_named("payroll_setup", "load_rules carry_over", Files(read=("file",))),
    **_named("payroll_setup", "put_group list_groups set_account list_accounts add_item list_items"
             " end_item"),
    **_named("payroll", "compute besides", Files(read=("rules_file",))),
    **_named("hiring", "hire leave"),
    **_named("staff", "new edit list_staff mine show show_tree history enter correct"
             " withdraw renew undo check list_departments put_department"),
    **_named("staff", "export", Files(written=("words",))),
    **_named("recruitment", "new_opening edit_opening set_state list_openings show_opening"
             " edit_candidate list_candidates show_candidate apply move undo forget forget_due"
             " keep"),
    **_named("recruitment", "new_candidate", Files(refused=("resume",))),
    **_named("recruitment_talks", "interview score offer"),
    **_named("checklists", "list_lists show mine tick untick undo start cancel list_templates"
             " put_template"),
    **_named("recruitment", "export export_openings", Files(written=("words",))),
    **_named("mail", "list_outbox retry_outbox drop_outbox list_letters show_letter retry_letter"
             " drop_letter list_routes set_route remove_route"),
    **_named("project_figures", "earned_value load"),
    **_named("projects", "new edit undo list_projects show status schedule follow forecast"),
    **_named("project_files", "import_projects import_tasks",
             Files(read=("file",), refused=("map",))),
    **_named("project_files", "export_projects export_tasks", Files(written=("words",))),
    **_named("project_parts", "risk person goal decision baseline compare"),
    **_named("tasks", "new edit list_tasks show move done link"),
    **_named("time", "start stop add edit list_time rule rates"),
    **_named("documents", "edit list_documents search show text read classes"),
    **_named("contracts", "new edit renew terminate undo list_contracts show expiring duty"),
    **_named("registry_links", "link at"),
    **_named("document_retention", "keep hold"),
    **_named("document_retention", "destroy_due destructions", Files(written=("protocol",))),
    **_named("document_reviews", "submit approve refuse take_back supersede withdraw waiting"),
    **_named("leave", "request change submit withdraw approve reject undo stand_in list_requests"
             " show balance calendar"),
    **_named("leave_setup", "list_types close list_days put_day joint correct"),
    **_named("leave_setup", "load", Files(read=("file",))),
    **_named("attendance", "clock_in clock_out list_days enter remove hours"),
    **_named("overtime", "request approve reject withdraw list_overtime hours"),
    **_named("training", "new edit need list_courses plan change hold cancel enrol take_out record"
             " take_back list_sessions show lacking skills"),
    **_named("appraisals", "cycles new edit advance close back reopen list_people show add"
             " leave_out give goal review send_back rate release acknowledge propose decide"
             " undo"),
    **_named("reports", "list_reports"),
    **_named("reports", "run", Files(written=("output",))),
    **_named("console", "dashboard"),
    **_named("ssh", "sessions"),
}  # fmt: skip
"""By what runs: `module:function` of `boconsole.doors.commands`."""
WRITES_ITSELF = ("files:export_tickets", "asset_files:export_assets")
"""Commands that know of `-` themselves."""
PDF = ("invoices:print_document", "labels:print_labels", "payroll_runs:mine")
HOME = "console:open_console"
"""What no words at all run: the dashboard, where there is no terminal."""


class RemoteRefusedError(BoconsoleError):
    """A command or file that cannot be used from afar."""


class Streams:
    """The files of one command from afar, in a folder of its own that is removed at the end.

    Args:
        folder: Where what comes and goes lies meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: Path | None = None

    def prepare(self, words: Namespace) -> None:
        """Refuse what is not named above; put files in the place of `-`.

        Raises:
            RemoteRefusedError: The sentence says what to do instead.
        """
        run = "console:dashboard" if words.run == HOME else words.run
        files = COMMANDS.get(run)
        if files is None:
            raise RemoteRefusedError(
                _("This command cannot be run over SSH; ask who runs the server.")
            )
        if words.database:
            raise RemoteRefusedError(_("The database is the server's; leave out --database."))
        self._refuse(words, files)
        for name in files.read:
            if getattr(words, name, None):
                setattr(words, name, str(self._taken()))
        for name in files.written:
            self._give(words, name, files.needed)

    def _refuse(self, words: Namespace, files: Files) -> None:
        for name in files.refused:
            if getattr(words, name, None):
                raise RemoteRefusedError(
                    _("Files cannot be named over SSH ({name}).").format(name=name)
                )
        for name in (*files.read, *files.written):
            value: Any = getattr(words, name, None)  # Any: as argparse made it
            value = value[-1] if isinstance(value, list) else value
            if value not in (None, "", "-"):
                raise RemoteRefusedError(
                    _("Files of the server cannot be named over SSH; write - and use a pipe.")
                )

    def _taken(self) -> Path:
        """Keep what the client sends in a file."""
        path = self._folder / "stdin"
        with path.open("xb") as file:
            while data := os.read(0, 2**20):
                file.write(data)
                if file.tell() > LARGEST:
                    raise RemoteRefusedError(_("This is more than can be taken over SSH."))
        return path

    def _give(self, words: Namespace, name: str, needed: bool) -> None:
        if words.run in WRITES_ITSELF:
            return
        value = getattr(words, name, None)
        form = str(getattr(words, WITH_FORM, "") or getattr(words, "format", "") or "")
        if value or needed or form:
            kind = form or ("pdf" if words.run in PDF else "csv")
            self._written = self._folder / f"stdout.{''.join(filter(str.isalnum, kind))}"
            path = str(self._written)
            setattr(words, name, [*value[:-1], path] if isinstance(value, list) else path)
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end

    def deliver(self) -> None:
        """Send what was written to the client."""
        if self._written is not None and self._written.exists():
            with self._written.open("rb") as file, open(1, "wb", closefd=False) as out:
                shutil.copyfileobj(file, out, 2**18)
