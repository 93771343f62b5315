"""Why one enterprise gets its cadre, or nobody, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from esm.domain.pairing.explanation import Alternative, NamedExplanation, RecruitNeed, covering_prefix
from esm.domain.pairing.penalty import rank_of
from esm.domain.pairing.situation import Score
from esm.domain.register.cadres import Rank
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.industry import full_code
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import sentences
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term, cells
from esm.sheets.sheet.usual_columns import optional

SHOWN = 3


def explanation_report(explained: NamedExplanation) -> Report:
    """Return the explanation of one enterprise's pair, or of why it has none."""
    explanation = explained.explanation
    facts = (
        Fact("uscc", _("Credit code"), explanation.demand.uscc),
        Fact("enterprise", _("Enterprise"), explained.enterprise),
        Fact("tier", _("Tier"), explanation.demand.tier),
        Fact("subdistrict", _("Subdistrict"), explanation.demand.subdistrict),
        Fact("industry_code", _("Industry"), explanation.demand.industry_code),
        *(_pair_facts(explained) if explanation.pair else _unserved_facts(explained)),
    )
    first = _reason_sheet(explained) if explanation.pair else _remedy_sheet(explained)
    title = _("Why this pairing") if explanation.pair else _("Why it is unserved")
    return Report(title, facts, (first, _alternative_sheet(explained)))


def _pair_facts(explained: NamedExplanation) -> Iterator[Fact]:
    pair = explained.explanation.pair
    if pair is None:
        return
    previous = None if pair.previous in (None, pair.staff_no) else pair.previous
    yield Fact("staff_no", _("Staff no."), pair.staff_no)
    yield Fact("cadre", _("Cadre"), explained.cadres[pair.staff_no].name)
    yield Fact("change", _("Change"), term(pair.change))
    yield Fact("since", _("Since"), explained.since if pair.change == "kept" else None, table=pair.change == "kept")
    yield Fact(
        "previous", _("Previous cadre"), previous and _cadre_label(explained, previous), table=previous is not None
    )
    yield Fact("pinned", _("Pinned"), explained.explanation.is_pinned)
    yield Fact("penalty", _("Penalty"), pair.penalty.total)


def _unserved_facts(explained: NamedExplanation) -> Iterator[Fact]:
    explanation = explained.explanation
    yield Fact("staff_no", _("Staff no."), None, table=False)
    if explanation.unserved is not None:
        yield Fact("reason", _("Reason"), term(explanation.unserved.reason))
    yield Fact("places", _("Total capacity of cadres"), explanation.places)
    yield Fact("in_scope", _("Enterprises in scope"), explanation.in_scope)
    yield Fact("recused", _("Cadres recused from it"), explanation.barred)


def _reason_sheet(explained: NamedExplanation) -> Sheet:
    columns = (Column("part", _("Reason")), Column("penalty", _("Penalty")), Column("detail", _("Explanation")))
    pair, offer = explained.explanation.pair, explained.explanation.offer
    if pair is None or offer is None:
        return Sheet("reasons", _("Reasons"), columns, [])
    parts = pair.penalty
    rows: list[tuple[Cell, ...]] = [
        (Term("place", _("location")), parts.subdistrict, _place_words(explained)),
        (Term("industry", _("expertise")), parts.expertise, _industry_words(explained)),
        (Term("rank", _("rank")), parts.rank, _rank_words(explained)),
        (Term("load", _("workload")), parts.load, _load_words(explained)),
    ]
    if pair.change == "kept":
        pinned = _("It is pinned to this cadre.")
        kept = _("It was already served by this cadre; the pairing is kept.")
        rows.append((Term("stability", _("stability")), None, pinned if explained.explanation.is_pinned else kept))
    return Sheet("reasons", _("Reasons"), columns, rows)


def _place_words(explained: NamedExplanation) -> str:
    demand, offer = explained.explanation.demand, explained.explanation.offer
    if not demand.subdistrict:
        return _("No preference: the roster gives no subdistrict for the enterprise.")
    if offer is None or not offer.subdistrict:
        return _("No preference: the roster gives no subdistrict for the cadre.")
    if demand.subdistrict == offer.subdistrict:
        return _("The same subdistrict: {place}.").format(place=demand.subdistrict)
    return _("The cadre is in {theirs}, the enterprise in {own}.").format(
        theirs=offer.subdistrict, own=demand.subdistrict
    )


def _industry_words(explained: NamedExplanation) -> str:
    demand, offer = explained.explanation.demand, explained.explanation.offer
    if not demand.industry_code:
        return _("No preference: the roster gives no industry for the enterprise.")
    if offer is None or not any(offer.expertise):
        return _("No preference: the roster gives no expertise for the cadre.")
    code = full_code(demand.industry_code)
    prefix = covering_prefix(offer, demand)
    if prefix is not None:
        return _("The expertise {prefix} covers {code}.").format(prefix=prefix, code=code)
    return _("The expertise {expertise} does not cover {code}.").format(
        expertise=_(", ").join(offer.expertise), code=code
    )


def _rank_words(explained: NamedExplanation) -> str:
    explanation = explained.explanation
    has = 1 if explanation.offer is None else rank_of(explanation.offer)
    words = {"has": _rank_word(has), "wanted": _rank_word(explanation.wanted_rank), "tier": explanation.demand.tier}
    if has >= explanation.wanted_rank:
        return _("{has}; tier {tier} requires {wanted} or higher.").format(**words)
    return _("{has}; tier {tier} requires {wanted}, {steps} higher.").format(
        **words, steps=explanation.wanted_rank - has
    )


def _rank_word(number: int) -> str:
    return _("{rank} ({number})").format(rank=term(Rank(number)).label, number=number)


def _load_words(explained: NamedExplanation) -> str:
    explanation = explained.explanation
    capacity = 0 if explanation.offer is None else explanation.offer.capacity
    if explanation.load == 1:
        return _("The only enterprise of this cadre, whose capacity is {capacity}.").format(capacity=capacity)
    return _("This cadre serves {load} of {capacity}; in the order of credit codes, this is number {nth}.").format(
        load=explanation.load, capacity=capacity, nth=explanation.nth
    )


def _alternative_sheet(explained: NamedExplanation) -> Sheet:
    columns = (
        Column("staff_no", _("Staff no.")),
        Column("cadre", _("Cadre"), lambda other: explained.cadres[other.staff_no].name),
        Column("penalty", _("Penalty"), "penalty.total"),
        Column("reason", _("Reason"), table=False),
        Column("served_fewer", _("Fewer served"), lambda other: other.loss and sum(other.loss.served), table=False),
        Column("kept_fewer", _("Fewer kept"), optional("loss.kept"), table=False),
        Column("penalty_more", _("Extra penalty"), optional("loss.penalty"), table=False),
        Column("detail", _("Why not chosen"), lambda other: sentences(_why_not(explained, other))),
    )
    rows = cells(columns, explained.explanation.alternatives)
    return Sheet("alternatives", _("Next best cadres"), columns, rows, (), _("There is no other cadre in post."))


def _why_not(explained: NamedExplanation, other: Alternative) -> Iterator[str]:
    if other.reason == "recused":
        yield _("Recused: {reason}.").format(reason=explained.recusals[other.staff_no].rstrip(".。"))
    elif other.reason == "rotated":
        yield _("Has reached the rotation limit for this enterprise.")
    elif other.reason == "no_capacity":
        yield _("Has a capacity of 0.")
    elif other.serves and other.reason in ("full", "pinned_full"):
        names = [explained.enterprises[uscc] for uscc in other.serves[:SHOWN]]
        more = " …" if len(other.serves) > SHOWN else ""
        yield _("At capacity: serves {names}.").format(names=_(", ").join(names).rstrip(".") + more)
    if other.reason == "pinned_full":
        yield _("Those pairings are pinned.")
    if other.loss is not None:
        yield _loss_words(other.loss)


def _loss_words(loss: Score) -> str:
    parts = [
        (
            _("unserved in tier {tier}: {count} more") if count > 0 else _("unserved in tier {tier}: {count} fewer")
        ).format(count=abs(count), tier=tier)
        for count, tier in zip(loss.served, TIERS, strict=True)
        if count
    ]
    if loss.kept:
        kept = _("pairings kept: {count} fewer") if loss.kept > 0 else _("pairings kept: {count} more")
        parts.append(kept.format(count=abs(loss.kept)))
    if loss.penalty:
        price = _("penalty: {count} higher") if loss.penalty > 0 else _("penalty: {count} lower")
        parts.append(price.format(count=abs(loss.penalty)))
    if not parts:
        return _("The overall pairing would be equally good; the tie rule decides for the cadre chosen.")
    return _("Choosing this cadre anyway would change the overall pairing: {parts}.").format(parts=_("; ").join(parts))


def _remedy_sheet(explained: NamedExplanation) -> Sheet:
    explanation = explained.explanation
    columns = (
        Column("kind", _("Change"), table=False),
        Column("count", _("Number"), table=False),
        Column("staff_no", _("Staff no."), table=False),
        Column("detail", _("How it could be served")),
    )
    rows: list[tuple[Cell, ...]] = []
    if explanation.room is not None:
        words = _(
            "Raise the capacity of {cadre} to {capacity}: `esm cadre edit {staff_no} --capacity {capacity}`."
        ).format(
            cadre=_cadre_label(explained, explanation.room.staff_no),
            staff_no=explanation.room.staff_no,
            capacity=explanation.room.capacity,
        )
        rows.append(("capacity", explanation.room.capacity, explanation.room.staff_no, words))
    if explanation.recruits is not None:
        rows.append(("cadres", explanation.recruits.count, None, sentences(_recruit_words(explanation.recruits))))
    return Sheet("remedies", _("Smallest change needed to serve it"), columns, rows)


def _recruit_words(recruits: RecruitNeed) -> Iterator[str]:
    traits = [
        *([_("expertise {code}").format(code=recruits.expertise)] if recruits.expertise else []),
        *([_("subdistrict {place}").format(place=recruits.subdistrict)] if recruits.subdistrict else []),
        _("rank {rank} or higher").format(rank=_rank_word(recruits.rank)),
    ]
    words = {"count": recruits.count, "traits": _(", ").join(traits)}
    if recruits.is_least:
        yield _("Additional cadres with {traits}: {count}.").format(**words)
    else:
        yield _("Additional cadres with {traits}: at most {count}; fewer may be enough.").format(**words)
    if recruits.first:
        yield _("Enterprises of a higher tier that take precedence: {count}.").format(count=recruits.first)


def _cadre_label(explained: NamedExplanation, staff_no: str) -> str:
    return f"{staff_no} {explained.cadres[staff_no].name}"
