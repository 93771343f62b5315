"""Scenarios side by side: one column each for people, one row each for machines."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from gettext import gettext as _

from esm.domain.pairing.what_if import Comparison, FullService, RefusedScenario, ScenarioOutcome
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, cells


def what_if_report(comparison: Comparison) -> Report:
    """Return the scenarios beside today's pairings, and what it takes to serve everybody."""
    full_service = comparison.full_service
    facts = (
        Fact("least_capacity", _("Minimum capacity to serve all"), full_service.capacity, table=False),
        Fact("told_capacity", _("Minimum capacity to serve all"), _capacity(full_service), data=False),
        Fact("more_cadres", _("Additional cadres to serve all"), full_service.cadres, table=False),
        Fact("told_cadres", _("Additional cadres to serve all"), _cadres(comparison), data=False),
    )
    notes = (
        *(_refusal(one) for one in comparison.outcomes if isinstance(one, RefusedScenario)),
        _("Today: the current pairings. Assign: the result of `esm assign` now."),
        _(
            "Additional cadres are assumed to have no subdistrict or expertise, the rank of staff "
            "and the default capacity."
        ),
    )
    return Report(_("What if"), facts, (_side_by_side(comparison), _scenarios(comparison)), notes)


def _side_by_side(comparison: Comparison) -> Sheet:
    scenarios = [Column(f"s{number}", _title(one)) for number, one in enumerate(comparison.outcomes)]
    rows = [(figure.label, *(_figure(figure, one) for one in comparison.outcomes)) for figure in _figures()]
    return Sheet("side_by_side", _("Side by side"), (Column("figure", _("Figure")), *scenarios), rows, data=False)


def _scenarios(comparison: Comparison) -> Sheet:
    figures = [figure for figure in _figures() if figure.key != "coverage"]
    columns = (
        Column("scenario", _("Scenario"), "words"),
        *(replace(figure, cell=partial(_figure, figure)) for figure in figures),
        Column("refused", _("Why refused"), lambda one: tell(one.why) if isinstance(one, RefusedScenario) else None),
    )
    return Sheet("scenarios", _("Scenarios"), columns, cells(columns, comparison.outcomes), table=False)


def _figure(figure: Column, one: ScenarioOutcome | RefusedScenario) -> Cell:
    return None if isinstance(one, RefusedScenario) else figure.getter(one)


def _refusal(one: RefusedScenario) -> str:
    return _("{scenario}: refused. {why}").format(scenario=_title(one), why=tell(one.why))


def _figures() -> tuple[Column, ...]:
    return (
        Column("cadres", _("Cadres in post")), Column("places", _("Total capacity of cadres")),
        Column("in_scope", _("Enterprises in scope")),
        Column("coverage", _("Served"), lambda one: Ratio(one.served, one.in_scope)),
        Column("served", _("Served (number)")),
        *(
            Column(f"unserved_{tier.lower()}", _("Unserved in tier {tier}").format(tier=tier),
                   partial(_unserved, place))
            for place, tier in enumerate(TIERS)
        ),
        Column("kept", _("Kept")), Column("new", _("New")), Column("moved", _("Reassigned")),
        Column("ended", _("Ended")), Column("penalty", _("Penalty")),
        Column("load_0", _("Cadres serving none"), lambda one: one.loads[0]),
        Column("load_1", _("Cadres serving 1"), lambda one: one.loads[1]),
        Column("load_2", _("Cadres serving 2"), lambda one: one.loads[2]),
        Column("load_3_or_more", _("Cadres serving 3 or more"), lambda one: one.loads[3]),
        Column("most", _("Most served by one cadre")),
    )  # fmt: skip


def _unserved(place: int, one: ScenarioOutcome) -> int:
    return one.unserved[place]


def _title(one: ScenarioOutcome | RefusedScenario) -> str:
    return {"today": _("Today"), "assign": _("Assign")}.get(one.words, one.words)


def _capacity(full_service: FullService) -> str:
    if full_service.capacity is None:
        return _(
            "none: some enterprises have every cadre recused, the roster sets the capacities, or "
            "pins contradict each other"
        )
    return str(full_service.capacity)


def _cadres(comparison: Comparison) -> str:
    if comparison.full_service.cadres is None:
        return _("none: the default capacity is 0, or pins contradict each other")
    return _("{count}, each with capacity {capacity}").format(
        count=comparison.full_service.cadres, capacity=comparison.default_capacity
    )
