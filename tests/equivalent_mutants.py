"""Mutants that nobody could notice, by name, each with the reason why it changes nothing."""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {
    "esm.domain.pairing.best_allotment._whole_costs: 1 → 2": "any price above all penalties together keeps as well",
    "esm.domain.pairing.penalty_tree.PenaltyTree._merged_ways: len(row) <= FEW → len(row) < FEW": "only a node more",
    "esm.domain.pairing.flow.min_cost_flow.Routes.__init__: units and tail > last_stop → tail > last_stop": (
        "no unit is added no time; the test saves time"
    ),
    "esm.domain.register.similar_names.similar_enterprises: 0 → -1": "without names on record there is nothing near",
    "esm.domain.schedule.free_days.Diary.costs: wish.ideal + 1 → wish.ideal - 1": "the shortcut only saves time",
    "esm.domain.values.credit_code: 1 → 0": "a weight for the check character, to which none is applied",
    "esm.domain.values.grouping.none_last: name or '' → name": "the first part sets None apart from every name",
    "esm.domain.values.raw_text.text: not kept.isprintable() and _UNKEEPABLE.search(kept) → _UNKEEPABLE.search(kept)": (
        "what cannot be kept is not printable; the test saves time"
    ),
}
