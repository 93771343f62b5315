"""Every command of esm: what it is called, where it is, and what it does.

The list is all that help and completion read; the module of a command is imported when that command is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from esm.errors import Message, say


@dataclass(frozen=True, slots=True)
class Entry:
    """A command at `place`, which is SHELF.MODULE.FUNCTION, or a group of the `inner` ones with its `examples`."""

    name: str
    help: Message
    place: str = ""
    examples: tuple[str, ...] = ()
    inner: tuple[Entry, ...] = ()


def named(place: str) -> Any:
    """Return what stands at ROOM.SHELF.MODULE.NAME, whose module is loaded now."""
    module, _, name = place.rpartition(".")
    return getattr(import_module(f"esm.{module}"), name)


def _command(name: str, place: str, help: Message) -> Entry:
    return Entry(name, help, place)


def _group(name: str, help: Message, examples: tuple[str, ...], *inner: Entry) -> Entry:
    return Entry(name, help, examples=examples, inner=inner)


# In the order of the help.
# fmt: off
COMMANDS = (
    _command("demo", "desk.demo.demo", say("Load an example district into a new database and show the main tables.")),
    _command("template", "exchange.template.template",
             say("Write an empty workbook to fill in, with lists to choose from, notes and examples.")),
    _command("import", "exchange.import_.import_",
             say("Take rosters in: cadres, enterprises, pairings, recusals, absences, visits; all or nothing.")),
    _command("export", "exchange.export.export",
             say("Write the whole database as the workbook that `esm import` reads; phone numbers are masked.")),
    _command("assign", "pairing.assign.assign",
             say("Pair cadres with enterprises, the best way there is; exits with 1 when one stays unserved.")),
    _command("pair", "pairing.by_hand.pair",
             say("Pair one enterprise with one cadre by hand; the pairing it replaces ends today.")),
    _command("unpair", "pairing.by_hand.unpair", say("End the pairing of one enterprise today.")),
    _command("recuse", "pairing.recuse.recuse",
             say("Record that a cadre must not serve an enterprise; a pairing of the two ends at once.")),
    _command("handover", "pairing.handover.handover",
             say("Hand a cadre's enterprises over with the fewest moves; exits with 1 when one stays unserved.")),
    _command("schedule", "schedule.schedule.schedule", say("Plan every due visit on a working day.")),
    _command("due", "schedule.due.due", say("List overdue visits first, then those due soon.")),
    _command("brief", "reports.brief.brief",
             say("Show one page to read before a visit: last minutes, what is open, what to ask.")),
    _command("check", "reports.check.check",
             say("Check both promises: who is unserved, who was not visited; exits with 1 when something is found.")),
    _command("report", "reports.report.report",
             say("Report how far the promises are kept: coverage, visits, requests, policies, loads, burden.")),
    _command("scale", "register.scale.scale",
             say("Watch the line: who crosses it, and when the register takes entries.")),
    _command("history", "desk.history.history", say("Show what was changed, when and by whom.")),
    _command("undo", "desk.history.undo",
             say("Take the last operation back, or the one named; undoing an undo does it again.")),
    _group("visit", say("Plan, record, list and cancel visits; keep promises."),
           ("esm visit log ENTERPRISE", "esm visit list --help"),
        _command("log", "visits.log.log",
                 say("Record a visit; it moves the clock when it took place on site and somebody was met.")),
        _command("form", "visits.log.form",
                 say("Write an empty form about one visit, to fill in and take with `esm visit log --from`.")),
        _command("plan", "visits.plan.plan",
                 say("Plan a visit by hand; the next one that is not agreed yet moves.")),
        _command("confirm", "visits.plan.confirm",
                 say("Note that the next planned visit is agreed with the enterprise: it stays on its day.")),
        _command("list", "visits.record.list_", say("List visits, newest first.")),
        _command("show", "visits.record.show", say("Show all that is known of one visit.")),
        _command("cancel", "visits.record.cancel",
                 say("Cancel a visit that was recorded by mistake, or a planned one; the clock goes back.")),
        _group("promise", say("What was promised to enterprises, until when."), ("esm visit promise list",),
            _command("list", "visits.plan.promises", say("List the promises that are not kept yet.")),
            _command("done", "visits.plan.kept", say("Note that a promise was kept.")),
        ),
    ),
    _group("request", say("Open requests of enterprises, follow them, and see what is late."),
           ("esm request list", "esm request show 7"),
        _command("open", "requests.request.open_", say(
            "Open a request, alone or from a visit; with --department it is accepted and dispatched at once.",
        )),
        _command("list", "requests.request.list_",
                 say("List open requests: what is late, how late, who has it, and on which rung it stands.")),
        _command("show", "requests.request.show", say("Show one request with all its moves.")),
        _command("accept", "requests.transitions.accept", say("Accept a request.")),
        _command("reject", "requests.transitions.reject",
                 say("Reject a request; it needs the reason and the legal basis.")),
        _command("dispatch", "requests.transitions.dispatch",
                 say("Dispatch a request to the responsible department; after a dispute this decides it.")),
        _command("dispute", "requests.transitions.dispute",
                 say("Dispute a dispatch, once and within one working day.")),
        _command("answer", "requests.transitions.answer",
                 say("Record a department's answer; without --department, the responsible one's.")),
        _command("extend", "requests.transitions.extend",
                 say("Extend the deadline, once and at least one working day before it.")),
        _command("close", "requests.transitions.close",
                 say("Close a request with its outcome; the cadre brings the enterprise the news.")),
        _command("confirm", "requests.transitions.confirm",
                 say("Record that the enterprise was told, and whether it is satisfied.")),
        _command("reopen", "requests.transitions.reopen",
                 say("Reopen a request with which the enterprise is not satisfied; its deadline begins anew.")),
        _command("withdraw", "requests.transitions.withdraw",
                 say("Withdraw a request that the enterprise takes back.")),
        _command("elevate", "requests.transitions.elevate",
                 say("Let every request climb that the rules of the ladder lift; with a number, that one by hand.")),
        _command("edit", "requests.request.edit", say("Correct class, nature or wording; moves and deadlines stay.")),
        _command("clusters", "requests.request.clusters",
                 say("Find where requests gather: the same class, industry and subdistrict, several enterprises.")),
        _command("classes", "requests.request.classes",
                 say("List the classes; with a code, add one, rename it or retire it.")),
    ),
    _group("policy", say("Keep policies, see who was never told, and sum the money that arrived."),
           ("esm policy list", "esm policy gaps"),
        _command("list", "policies.policy.list_", say("List the policies in force, each with its funnel.")),
        _command("show", "policies.policy.show", say("Show one policy, for whom it is and who has begun with it.")),
        _command("add", "policies.policy.add", say("Add a policy.")),
        _command("edit", "policies.policy.edit", say("Change a policy.")),
        _command("brief", "policies.steps.brief",
                 say("Record that a policy was explained to enterprises, mostly on a visit.")),
        _command("apply", "policies.steps.apply", say("Record that an enterprise applied for a policy.")),
        _command("decline", "policies.steps.decline",
                 say("Record that an enterprise does not want a policy, or that it does not apply to it.")),
        _command("relief", "policies.steps.relief",
                 say("Sum the money that arrived; with a policy and an enterprise, record some.")),
        _command("gaps", "policies.policy.gaps",
                 say("List who is eligible and was never told, or was told and has not applied; most money first.")),
    ),
    _group("enterprise", say("Add, change, list, show and pause enterprises."),
           ("esm enterprise list", "esm enterprise add --help"),
        _command("list", "register.enterprise.list_", say("List the enterprises.")),
        _command("show", "register.enterprise.show", say("Show all that is known of one.")),
        _command("add", "register.enterprise.add", say("Add an enterprise.")),
        _command("edit", "register.enterprise.edit", say("Change what is known of one; groups change from today on.")),
        _command("exit", "register.enterprise.exit_", say("Let one leave the register.")),
        _command("pause", "visits.pauses.pause",
                 say("Pause its clock: it stands apart in the due list and is never overdue meanwhile.")),
        _command("blackout", "visits.pauses.blackout",
                 say("Keep planned visits away on some days; its clock runs on.")),
        _command("resume", "visits.pauses.resume", say("End a pause or a blackout.")),
        _command("peace", "visits.pauses.peace", say("Show its days without visits.")),
    ),
    _group("cadre", say("Add, change, list and show cadres."), ("esm cadre list", "esm cadre add --help"),
        _command("list", "register.cadre.list_", say("List the cadres.")),
        _command("show", "register.cadre.show", say("Show all that is known of one.")),
        _command("add", "register.cadre.add", say("Add a cadre.")),
        _command("edit", "register.cadre.edit", say("Change a cadre's record; the department changes from today on.")),
        _command("leave", "register.cadre.leave",
                 say("Let a cadre leave; `esm assign` then gives the enterprises to others.")),
        _command("absence", "register.cadre.absence",
                 say("Record days away, with a deputy who stands in; the due list then names the deputy.")),
    ),
    _group("calendar", say("Working days and holidays; planned visits as calendar files."),
           ("esm calendar show", "esm calendar export --help"),
        _command("import", "schedule.calendar.import_",
                 say("Take a published holiday list or a local rule in; plans that depend on it are made anew.")),
        _command("show", "schedule.calendar.show", say("Show the days off and the make-up days of a year.")),
        _command("export", "schedule.calendar_export.export",
                 say("Write the planned visits for a calendar program (.ics); take it in again whenever they change.")),
    ),
    _group("config", say("Show and change the settings that all users share."), ("esm config set default_capacity 2",),
        _command("list", "desk.config.list_", say("List all settings.")),
        _command("get", "desk.config.get", say("Explain one setting.")),
        _command("set", "desk.config.set_", say("Change one setting.")),
    ),
    _group("db", say("Make, check, upgrade and back up the database."), ("esm db info", "esm db backup --help"),
        _command("init", "desk.db.init", say("Make an empty database.")),
        _command("info", "desk.db.info", say("Show what the database holds.")),
        _command("check", "desk.db.check",
                 say("Check that the database is whole and says what its journal says; exits with 1 when not.")),
        _command("upgrade", "desk.db.upgrade", say("Bring an older database to this version, after a backup.")),
        _command("backup", "desk.db.backup", say("Write a verified copy while others may go on working.")),
        _command("restore", "desk.db.restore",
                 say("Put a backup in the place of the database; the present file is kept beside it.")),
    ),
)
# fmt: on
