"""Every command of esm: its name, its module and its help.

The list is all that help and completion read; the module of a command is imported when that command is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from esm.errors import Message, say


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command at `place`, which is SHELF.MODULE.FUNCTION, or a group of the `inner` ones with its `examples`."""

    name: str
    help: Message
    place: str = ""
    examples: tuple[str, ...] = ()
    inner: tuple[CommandSpec, ...] = ()


def named(place: str) -> Any:
    """Import the module and return the object at ROOM.SHELF.MODULE.NAME."""
    module, _, name = place.rpartition(".")
    return getattr(import_module(f"esm.{module}"), name)


def _command(name: str, place: str, help: Message) -> CommandSpec:
    return CommandSpec(name, help, place)


def _group(name: str, help: Message, examples: tuple[str, ...], *inner: CommandSpec) -> CommandSpec:
    return CommandSpec(name, help, examples=examples, inner=inner)


DAILY = "today"  # what `esm` alone does

# In the order of the help.
# fmt: off
COMMANDS = (
    _command(DAILY, "desk.today.today",
             say("Show the day: whether the promises are kept, what is due, what waits, what changed.")),
    _command("week", "reports.week.week",
             say("Show a cadre's week: visits due and planned, what to bring and to tell.")),
    _command("demo", "desk.demo.demo", say("Load an example district into a new database and show the main tables.")),
    _command("template", "exchange.template.template",
             say("Write a blank workbook to fill in, with drop-down lists, notes and examples.")),
    _command("import", "exchange.import_.import_",
             say("Import rosters: cadres, enterprises, pairings, recusals, absences, visits; either "
                 "everything is imported or nothing is.")),
    _command("export", "exchange.export.export",
             say("Export the whole database as a workbook that `esm import` reads; phone numbers are masked.")),
    _command("assign", "pairing.assign.assign",
             say("Find the optimal pairing of cadres and enterprises; exits with 1 if any enterprise is "
                 "left unserved.")),
    _command("pair", "pairing.by_hand.pair",
             say("Pair one enterprise with one cadre by hand; the pairing it replaces ends today.")),
    _command("unpair", "pairing.by_hand.unpair", say("End the pairing of one enterprise today.")),
    _command("recuse", "pairing.recuse.recuse",
             say("Record that a cadre must not serve an enterprise; a pairing of the two ends at once.")),
    _command("handover", "pairing.handover.handover",
             say("Hand over a cadre's enterprises with the fewest changes; exits with 1 if any is left unserved.")),
    _command("schedule", "schedule.schedule.schedule", say("Plan every due visit on a working day.")),
    _command("due", "schedule.due.due", say("List the visits that are overdue or due soon, overdue ones first.")),
    _command("brief", "reports.brief.brief",
             say("Show a one-page brief before a visit: recent minutes, open matters, questions to ask.")),
    _command("check", "reports.check.check",
             say("Check coverage and visits: who is unserved, who is overdue; exits with 1 if anything is found.")),
    _command("report", "reports.report.report",
             say("Produce a report: coverage, visits, requests, policies, cadre workload, visit load of "
                 "enterprises, trend.")),
    _command("forecast", "reports.forecast.forecast",
             say("Forecast whether the promise of regular visits will hold, and the fewest changes that keep it.")),
    _command("bulletin", "reports.bulletin.bulletin",
             say("Write the bulletin of a month, a two-month period or a year, with the change against before.")),
    _command("scale", "register.scale.scale",
             say("Above-scale watch: who crosses the threshold, and when the register accepts entries.")),
    _command("history", "desk.history.history", say("Show what was changed, when and by whom.")),
    _command("undo", "desk.history.undo",
             say("Undo the last operation, or the one given; undo an undo to redo it.")),
    _command("verify", "desk.verify.verify",
             say("Compute the figures of a file again from the journal; exits with 1 where they differ.")),
    _command("help", "desk.help.help_", say("Show the help of a command, or a page of the handbook.")),
    _command("completion", "desk.completion.completion",
             say("Print the script with which a shell completes commands, options and names on record.")),
    _group("visit", say("Plan, record, list and cancel visits; track promises."),
           ("esm visit log ENTERPRISE", "esm visit list --help"),
        _command("log", "visits.log.log",
                 say("Record a visit; it resets the visit clock if it took place on site and somebody was met.")),
        _command("form", "visits.log.form",
                 say("Write a blank visit form, to fill in and record with `esm visit log --from`.")),
        _command("plan", "visits.plan.plan",
                 say("Plan a visit by hand; the next visit not yet agreed is rescheduled.")),
        _command("confirm", "visits.plan.confirm",
                 say("Record that the next planned visit is agreed with the enterprise: its date no longer changes.")),
        _command("list", "visits.visit.list_", say("List visits, newest first.")),
        _command("show", "visits.visit.show", say("Show one visit in full.")),
        _command("cancel", "visits.visit.cancel",
                 say("Cancel a visit recorded by mistake, or a planned one; the visit clock is restored.")),
        _group("promise", say("Promises made to enterprises, and their deadlines."), ("esm visit promise list",),
            _command("list", "visits.promises.list_", say("List the promises that have not been kept yet.")),
            _command("done", "visits.promises.done", say("Record that a promise was kept.")),
        ),
    ),
    _group("request", say("Record requests of enterprises, follow them up, and see which are overdue."),
           ("esm request list", "esm request show 7"),
        _command("open", "requests.request.open_", say(
            "Open a request, on its own or from a visit; with --department it is accepted and "
            "dispatched at once.",
        )),
        _command("list", "requests.request.list_",
                 say("List open requests: which are overdue and by how much, who is handling "
                     "them, how far they were escalated.")),
        _command("show", "requests.request.show", say("Show one request with all its actions.")),
        _command("accept", "requests.transitions.accept", say("Accept a request.")),
        _command("reject", "requests.transitions.reject",
                 say("Reject a request; the reason and the legal basis are required.")),
        _command("dispatch", "requests.transitions.dispatch",
                 say("Dispatch a request to the responsible department; after a dispute, this is the decision.")),
        _command("dispute", "requests.transitions.dispute",
                 say("Dispute a dispatch; allowed once, within one working day.")),
        _command("answer", "requests.transitions.answer",
                 say("Record a department's answer; by default that of the responsible department.")),
        _command("extend", "requests.transitions.extend",
                 say("Extend the deadline; allowed once, at least one working day before it.")),
        _command("close", "requests.transitions.close",
                 say("Close a request with its outcome; the cadre then informs the enterprise.")),
        _command("confirm", "requests.transitions.confirm",
                 say("Record that the enterprise was informed, and whether it is satisfied.")),
        _command("reopen", "requests.transitions.reopen",
                 say("Reopen a request if the enterprise is not satisfied; the deadline starts again.")),
        _command("withdraw", "requests.transitions.withdraw",
                 say("Withdraw a request because the enterprise no longer pursues it.")),
        _command("elevate", "requests.transitions.elevate",
                 say("Escalate every request that meets the escalation rules, or one request by number.")),
        _command("edit", "requests.request.edit",
            say("Correct class, nature or wording; actions and deadlines do not change.")),
        _command("clusters", "requests.request.clusters",
                 say("Find common issues: requests of one class, industry and subdistrict from several enterprises.")),
        _command("classes", "requests.request.classes",
                 say("List the classes; with a code, add, rename or retire one.")),
    ),
    _group("policy", say("Manage policies: which enterprises have not been briefed, how much was paid."),
           ("esm policy list", "esm policy gaps"),
        _command("list", "policies.policy.list_",
            say("List the policies in force: how many enterprises are eligible, briefed, applied, paid.")),
        _command("show", "policies.policy.show",
            say("Show one policy: whom it is for, and the progress of each enterprise.")),
        _command("add", "policies.policy.add", say("Add a policy.")),
        _command("edit", "policies.policy.edit", say("Change a policy.")),
        _command("brief", "policies.steps.brief",
                 say("Record that enterprises were briefed on a policy, usually during a visit.")),
        _command("apply", "policies.steps.apply", say("Record that an enterprise applied for a policy.")),
        _command("decline", "policies.steps.decline",
                 say("Record that an enterprise declined a policy, or that the policy does not apply to it.")),
        _command("relief", "policies.steps.relief",
                 say("Total the payments received; with a policy and an enterprise, record a payment.")),
        _command("gaps", "policies.policy.gaps",
                 say("List eligible enterprises not yet briefed, or briefed but not applied; largest amounts first.")),
    ),
    _group("enterprise", say("Add, change, list, show and pause enterprises."),
           ("esm enterprise list", "esm enterprise add --help"),
        _command("list", "register.enterprise.list_", say("List the enterprises.")),
        _command("show", "register.enterprise.show", say("Show one record in full.")),
        _command("add", "register.enterprise.add", say("Add an enterprise.")),
        _command("edit", "register.enterprise.edit",
            say("Change the record of an enterprise; tier, subdistrict and industry change from today.")),
        _command("exit", "register.enterprise.exit_", say("Record that an enterprise left the register.")),
        _command("pause", "visits.pauses.pause",
                 say("Pause the visit clock: the enterprise is listed separately and is never overdue meanwhile.")),
        _command("blackout", "visits.pauses.blackout",
                 say("Block planned visits on certain days; the visit clock keeps running.")),
        _command("resume", "visits.pauses.resume", say("End a pause or a blackout.")),
        _command("peace", "visits.pauses.peace", say("Show the days on which an enterprise is not to be visited.")),
    ),
    _group("cadre", say("Add, change, list and show cadres."), ("esm cadre list", "esm cadre add --help"),
        _command("list", "register.cadre.list_", say("List the cadres.")),
        _command("show", "register.cadre.show", say("Show one record in full.")),
        _command("add", "register.cadre.add", say("Add a cadre.")),
        _command("edit", "register.cadre.edit",
            say("Change a cadre's record; a change of department applies from today.")),
        _command("leave", "register.cadre.leave",
                 say("Record a cadre's departure; `esm assign` then reassigns their enterprises.")),
        _command("absence", "register.cadre.absence",
                 say("Record an absence and the deputy; the due list then shows the deputy.")),
    ),
    _group("calendar", say("Working days and holidays; planned visits as calendar files (.ics)."),
           ("esm calendar show", "esm calendar export --help"),
        _command("import", "schedule.calendar.import_",
                 say("Import a published holiday list or a local rule; affected visits are rescheduled.")),
        _command("show", "schedule.calendar.show", say("Show the days off and the make-up working days of a year.")),
        _command("export", "schedule.calendar_export.export",
                 say("Export the planned visits for a calendar program (.ics); import the file again whenever "
                     "they change.")),
    ),
    _group("config", say("Show and change the settings shared by all users."), ("esm config set default_capacity 2",),
        _command("list", "desk.config.list_", say("List all settings.")),
        _command("get", "desk.config.get", say("Explain one setting.")),
        _command("set", "desk.config.set_", say("Change one setting.")),
    ),
    _group("db", say("Create, check, upgrade and back up the database."), ("esm db info", "esm db backup --help"),
        _command("init", "desk.db.init", say("Create an empty database.")),
        _command("info", "desk.db.info", say("Show what the database contains.")),
        _command("check", "desk.db.check",
                 say("Check that the database is intact and agrees with its journal; exits with 1 if not.")),
        _command("upgrade", "desk.db.upgrade", say("Upgrade an older database to this version, after a backup.")),
        _command("backup", "desk.db.backup", say("Write a verified backup; others can keep working meanwhile.")),
        _command("restore", "desk.db.restore",
                 say("Replace the database with a backup; the current one is kept beside it.")),
        _command("copy", "desk.db.copy",
                 say("Copy a district, its journal included, to a file or a server, and verify the copy.")),
        _command("grant", "desk.db.grant", say("Let a login of the server use the district, or no longer.")),
    ),
    _group("city", say("Several districts: their databases, and their figures added up."),
           ("esm city list", "esm city report"),
        _command("add", "desk.city.add",
                 say("Add a district to the city, with a new empty database unless one stands at its place.")),
        _command("list", "desk.city.list_",
                 say("List the districts of the city; exits with 1 if one cannot be read.")),
        _command("report", "desk.city_report.report",
                 say("Add the figures of the districts up, with a row for each, the worst first; exits with 1 if one "
                     "is missing.")),
        _command("check", "desk.city.check",
                 say("Check every database of the city; exits with 1 if one is not intact or cannot be read.")),
        _command("upgrade", "desk.city.upgrade",
                 say("Upgrade every district that is older than this version; exits with 1 if one could not be.")),
    ),
)
# fmt: on
