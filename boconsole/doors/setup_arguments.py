"""What can be typed after `boconsole setup`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "setup", _("queues, categories, custom fields, macros, triggers, views"))
    _add_lists(area)
    _add_automation(area)
    view = area.verb(
        "view", "listing:save_view", _("save a query under a name"),
        example='setup view "Printers" tag:printer sort:-prio',
    )  # fmt: skip
    _name(view)
    view.add_argument("query", nargs="*", metavar="QUERY")
    view.add_argument("--shared", action="store_true", help=_("for everybody"))
    view.dashes = True
    remove = area.verb("remove", "setup:remove", _("take something out of use"))
    remove.add_argument("what", metavar="WHAT", help=_("view, macro or trigger"))
    _name(remove)


def _name(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME")


def _changes(parser: Parser) -> None:
    parser.add_argument("changes", nargs="*", metavar="FIELD=VALUE")


def _add_lists(area: Area) -> None:
    queue = area.verb("queue", "setup:add_queue", _("add a queue"))
    _name(queue)
    queue.add_argument("--members", metavar="A,B", default="", help=_("logins"))
    rule = area.verb("assignment", "setup:set_rule", _("say who gets the tickets of a queue"))
    _name(rule)
    rule.add_argument("method", metavar="METHOD", help=_("round_robin or least_loaded"))
    category = area.verb(
        "category",
        "setup:add_category",
        _("add a category with its parents"),
        example='setup category "Hardware / Printer"',
    )
    _name(category)
    organisation = area.verb(
        "organisation",
        "setup:add_organisation",
        _("add an organisation"),
        example="setup organisation 'Acme Corp' --domain acme.example",
    )
    _name(organisation)
    organisation.add_argument(
        "--domain", metavar="DOMAIN", default="", help=_("of its mail addresses")
    )
    organisation.add_argument(
        "--kind", metavar="KIND", default="customer", help=_("customer, partner, supplier or own")
    )
    field = area.verb(
        "field",
        "setup:add_field",
        _("add a custom field"),
        example="setup field site --type choice --choices Bandung,Berlin",
    )
    _name(field)
    field.add_argument("--label", metavar="TEXT")
    field.add_argument(
        "--type", metavar="TYPE", default="text", help=_("text, number, date, choice, reference")
    )
    field.add_argument("--kind", metavar="KIND", default="", help=_("for this kind only"))
    field.add_argument("--choices", metavar="A,B", default="")
    field.add_argument("--required", action="store_true", help=_("new tickets need a value for it"))


def _add_automation(area: Area) -> None:
    macro = area.verb(
        "macro",
        "macros:save",
        _("save a macro"),
        example='setup macro "Ask again" --reply "Does it work now?" state=pending wake=+2d',
    )
    _name(macro)
    macro.add_argument("--reply", metavar="TEXT", default="")
    macro.add_argument("--internal", action="store_true", help=_("the reply is a note"))
    _changes(macro)
    template = area.verb("template", "setup:save_template", _("save a template of new tickets"))
    _name(template)
    _changes(template)
    recurring = area.verb(
        "recurring",
        "setup:recur",
        _("make a ticket of a template again and again"),
        example="setup recurring Backup --template Backup --every 1mo --from 2026-06-01",
    )
    _name(recurring)
    recurring.add_argument("--template", metavar="NAME", required=True)
    recurring.add_argument("--every", metavar="SPAN", required=True, help=_("1d, 2w, 1mo or 1y"))
    recurring.add_argument("--from", dest="start", metavar="DAY", required=True)
    trigger = area.verb(
        "trigger",
        "setup:save_trigger",
        _("save a trigger"),
        example="setup trigger VIP --on create --if requester.vip:yes impact=high",
    )
    _name(trigger)
    trigger.add_argument("--on", metavar="EVENT", required=True, help=_("create or update"))
    trigger.add_argument("--if", dest="condition", metavar="QUERY", default="")
    trigger.add_argument(
        "--notify", metavar="WHO", default="", help=_("assignee, watchers, queue or a login")
    )
    _changes(trigger)
