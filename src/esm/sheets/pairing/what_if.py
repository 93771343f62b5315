"""Scenarios side by side: one column each for people, one row each for machines."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _

from esm.domain.pairing.what_if import Comparison, FullService, RefusedScenario, ScenarioOutcome
from esm.domain.register.enterprises import TIERS
from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell

Figure = tuple[str, str, Callable[[ScenarioOutcome], Cell]]


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
    columns = [Column("figure", _("Figure"))]
    columns += [Column(f"s{number}", _title(one)) for number, one in enumerate(comparison.outcomes)]
    rows = [(label, *(_cell(one, told) for one in comparison.outcomes)) for _key, label, told in _figures()]
    return Sheet("side_by_side", _("Side by side"), tuple(columns), rows, data=False)


def _scenarios(comparison: Comparison) -> Sheet:
    counters = [figure for figure in _figures() if figure[0] != "coverage"]
    columns = [Column("scenario", _("Scenario")), *(Column(key, label) for key, label, _told in counters)]
    columns.append(Column("refused", _("Why refused")))
    rows = [
        (
            one.words,
            *(_cell(one, told) for _key, _label, told in counters),
            tell(one.why) if isinstance(one, RefusedScenario) else None,
        )
        for one in comparison.outcomes
    ]
    return Sheet("scenarios", _("Scenarios"), tuple(columns), rows, table=False)


def _cell(one: ScenarioOutcome | RefusedScenario, told: Callable[[ScenarioOutcome], Cell]) -> Cell:
    return None if isinstance(one, RefusedScenario) else told(one)


def _refusal(one: RefusedScenario) -> str:
    return _("{scenario}: refused. {why}").format(scenario=_title(one), why=tell(one.why))


def _figures() -> list[Figure]:
    def of_tier(place: int) -> Callable[[ScenarioOutcome], Cell]:
        return lambda one: one.unserved[place]

    def of_load(place: int) -> Callable[[ScenarioOutcome], Cell]:
        return lambda one: one.loads[place]

    return [
        ("cadres", _("Cadres in post"), lambda one: one.cadres),
        ("places", _("Total capacity of cadres"), lambda one: one.places),
        ("in_scope", _("Enterprises in scope"), lambda one: one.in_scope),
        ("coverage", _("Served"), lambda one: Ratio(one.served, one.in_scope)),
        ("served", _("Served (number)"), lambda one: one.served),
        *(
            (f"unserved_{tier.lower()}", _("Unserved in tier {tier}").format(tier=tier), of_tier(place))
            for place, tier in enumerate(TIERS)
        ),
        ("kept", _("Kept"), lambda one: one.kept),
        ("new", _("New"), lambda one: one.new),
        ("moved", _("Reassigned"), lambda one: one.moved),
        ("ended", _("Ended"), lambda one: one.ended),
        ("penalty", _("Penalty"), lambda one: one.penalty),
        ("load_0", _("Cadres serving none"), of_load(0)),
        ("load_1", _("Cadres serving 1"), of_load(1)),
        ("load_2", _("Cadres serving 2"), of_load(2)),
        ("load_3_or_more", _("Cadres serving 3 or more"), of_load(3)),
        ("most", _("Most served by one cadre"), lambda one: one.most),
    ]


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
