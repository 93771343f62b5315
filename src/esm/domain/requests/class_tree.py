"""What requests are about, in two levels: the list that esm ships, and what a district made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


# The two levels as shipped, with the Chinese that rosters hold whatever language esm speaks; a district adds, renames
# and retires with `esm request classes`.
_SHIPPED = {
    "labour": (say("labour"), "用工人才"),
    "labour.recruitment": (say("recruitment"), "招工"),
    "labour.talent": (say("skilled staff and talent"), "技工与人才"),
    "labour.relations": (say("labour relations"), "劳动关系"),
    "finance": (say("funding"), "融资"),
    "finance.loan": (say("loans"), "贷款"),
    "finance.guarantee": (say("guarantees and insurance"), "担保与保险"),
    "finance.listing": (say("shares and listing"), "股权与上市"),
    "land": (say("land and premises"), "用地厂房"),
    "land.plot": (say("building land"), "建设用地"),
    "land.premises": (say("premises and rent"), "厂房与租金"),
    "land.legacy": (say("legacy land issues"), "土地历史遗留"),
    "utilities": (say("utilities"), "要素保障"),
    "utilities.power": (say("electricity"), "用电"),
    "utilities.water": (say("water and drainage"), "供排水"),
    "utilities.gas": (say("gas and heat"), "燃气供热"),
    "utilities.network": (say("telecommunications"), "通信网络"),
    "policy": (say("policy and payment"), "政策兑现"),
    "policy.advice": (say("advice on policies"), "政策咨询"),
    "policy.payment": (say("payment of granted funds"), "资金兑付"),
    "permits": (say("permits"), "审批证照"),
    "permits.approval": (say("approvals"), "审批"),
    "permits.licence": (say("licences and registration"), "证照登记"),
    "tax": (say("taxation"), "税费"),
    "tax.refund": (say("refunds"), "退税"),
    "tax.fees": (say("fees"), "收费减免"),
    "environment": (say("environment and safety"), "环保安全"),
    "environment.protection": (say("environmental protection"), "环境保护"),
    "environment.safety": (say("work safety"), "安全生产"),
    "environment.fire": (say("fire protection"), "消防"),
    "market": (say("market and orders"), "市场订单"),
    "market.orders": (say("orders and sales"), "订单销售"),
    "market.export": (say("export and customs"), "出口通关"),
    "market.supply": (say("suppliers and materials"), "供应链与原料"),
    "transport": (say("transport"), "交通物流"),
    "transport.road": (say("roads and parking"), "道路停车"),
    "transport.commute": (say("commuting"), "职工通勤"),
    "transport.logistics": (say("logistics"), "货运物流"),
    "schooling": (say("schooling and housing"), "就学住宿"),
    "schooling.school": (say("schools for children"), "子女就学"),
    "schooling.housing": (say("staff housing"), "职工住宿"),
    "schooling.health": (say("health care"), "就医"),
    "arrears": (say("arrears"), "拖欠账款"),
    "arrears.government": (say("owed by public bodies"), "机关事业单位拖欠"),
    "arrears.business": (say("owed by enterprises"), "企业拖欠"),
    "technology": (say("technology"), "科技创新"),
    "technology.innovation": (say("research and cooperation"), "产学研合作"),
    "technology.property": (say("intellectual property"), "知识产权"),
    "technology.digital": (say("digital transformation"), "数字化转型"),
    "enforcement": (say("enforcement and fees"), "执法收费"),
    "enforcement.inspection": (say("inspections"), "涉企检查"),
    "enforcement.penalty": (say("penalties"), "行政处罚"),
    "enforcement.charges": (say("unauthorised charges"), "乱收费"),
    "other": (say("other matters"), "其他"),
}
OTHER_CLASS = "other"
SHIPPED: Mapping[str, Message] = {code: label for code, (label, _chinese) in _SHIPPED.items()}
CODES_BY_CHINESE: Mapping[str, str] = {chinese: code for code, (_label, chinese) in _SHIPPED.items()}


def merged_classes(own: Iterable[RequestClass]) -> dict[str, RequestClass]:
    """Return the classes by code, top level before its own: those shipped, as the district changed them."""
    found = {code: RequestClass(code) for code in SHIPPED}
    for changed in own:
        found[changed.code] = changed
    return dict(sorted(found.items(), key=lambda entry: (_place_of(entry[1].top), entry[0])))


def _place_of(top: str) -> tuple[int, str]:
    tops = [code for code in SHIPPED if "." not in code]
    return (tops.index(top), "") if top in SHIPPED else (len(tops), top)
