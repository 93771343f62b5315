"""What requests are about, in two levels: the list that esm ships, and what a district made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from esm.errors import Message, say


@dataclass(frozen=True, slots=True)
class RequestClass:
    """A class; `code` of the second level is `top.sub`. `name` is the district's own, None: the shipped one."""

    code: str
    name: str | None = None
    is_retired: bool = False

    @property
    def top(self) -> str:
        """Return the code of the first level."""
        return self.code.partition(".")[0]


# The two levels as shipped; a district adds, renames and retires with `esm request classes`.
SHIPPED: Mapping[str, Message] = {
    "labour": say("labour"),
    "labour.recruitment": say("recruitment"),
    "labour.talent": say("skilled staff and talent"),
    "labour.relations": say("labour relations"),
    "finance": say("funding"),
    "finance.loan": say("loans"),
    "finance.guarantee": say("guarantees and insurance"),
    "finance.listing": say("shares and listing"),
    "land": say("land and premises"),
    "land.plot": say("building land"),
    "land.premises": say("premises and rent"),
    "land.legacy": say("legacy land issues"),
    "utilities": say("utilities"),
    "utilities.power": say("electricity"),
    "utilities.water": say("water and drainage"),
    "utilities.gas": say("gas and heat"),
    "utilities.network": say("telecommunications"),
    "policy": say("policy and payment"),
    "policy.advice": say("advice on policies"),
    "policy.payment": say("payment of granted funds"),
    "permits": say("permits"),
    "permits.approval": say("approvals"),
    "permits.licence": say("licences and registration"),
    "tax": say("taxation"),
    "tax.refund": say("refunds"),
    "tax.fees": say("fees"),
    "environment": say("environment and safety"),
    "environment.protection": say("environmental protection"),
    "environment.safety": say("work safety"),
    "environment.fire": say("fire protection"),
    "market": say("market and orders"),
    "market.orders": say("orders and sales"),
    "market.export": say("export and customs"),
    "market.supply": say("suppliers and materials"),
    "transport": say("transport"),
    "transport.road": say("roads and parking"),
    "transport.commute": say("commuting"),
    "transport.logistics": say("logistics"),
    "schooling": say("schooling and housing"),
    "schooling.school": say("schools for children"),
    "schooling.housing": say("staff housing"),
    "schooling.health": say("health care"),
    "arrears": say("arrears"),
    "arrears.government": say("owed by public bodies"),
    "arrears.business": say("owed by enterprises"),
    "technology": say("technology"),
    "technology.innovation": say("research and cooperation"),
    "technology.property": say("intellectual property"),
    "technology.digital": say("digital transformation"),
    "enforcement": say("enforcement and fees"),
    "enforcement.inspection": say("inspections"),
    "enforcement.penalty": say("penalties"),
    "enforcement.charges": say("unauthorised charges"),
    "other": say("other matters"),
}


def merged_classes(own: Iterable[RequestClass]) -> dict[str, RequestClass]:
    """Return the classes by code, top level before its own: those shipped, as the district changed them."""
    found = {code: RequestClass(code) for code in SHIPPED}
    for changed in own:
        found[changed.code] = replace(changed)
    return dict(sorted(found.items(), key=lambda entry: (_place_of(entry[1].top), entry[0] != entry[1].top, entry[0])))


def _place_of(top: str) -> tuple[int, str]:
    tops = [code for code in SHIPPED if "." not in code]
    return (tops.index(top), "") if top in SHIPPED else (len(tops), top)
