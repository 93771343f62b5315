"""The words of a roster, in both languages, and what they stand for; compared by `reading.fold`."""

from __future__ import annotations

from collections.abc import Mapping

from esm.domain.register.cadres import RANKS

YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("是", "有", "√", "✓", "✔", "☑", "y", "yes", "t", "true", "1"), True),
    **dict.fromkeys(("否", "无", "×", "✗", "✘", "☐", "n", "no", "f", "false", "0"), False),
}
TIER: Mapping[str, str] = {
    word: tier
    for tier in "ABC"
    for word in (tier.lower(), f"{tier.lower()}级", f"{tier.lower()}类", f"{tier.lower()}档")
}
RANK: Mapping[str, int] = {
    **{str(rank): rank for rank in RANKS},
    **{name.replace(" ", ""): rank for rank, name in RANKS.items()},
    "科员": 1, "副科": 2, "副科级": 2, "正科": 3, "正科级": 3, "副处": 4, "副处级": 4, "正处": 5, "正处级": 5,
}  # fmt: skip
RECUSAL: Mapping[str, str] = {
    "relative": "relative",
    "owninterest": "own_interest",
    "formeremployer": "former_employer",
    "other": "other",
    **dict.fromkeys(
        ("亲属", "亲属企业", "亲属经营", "亲属任职", "近亲属", "relative'sbusiness", "relativesbusiness"), "relative"
    ),
    **dict.fromkeys(("本人利益", "本人入股", "本人投资", "利益关系"), "own_interest"),
    **dict.fromkeys(("原单位", "原工作单位", "原任职单位", "曾任职"), "former_employer"),
    **dict.fromkeys(("其他", "其它"), "other"),
}
BASIS: Mapping[str, str] = {
    **dict.fromkeys(("register", "名录", "名录库", "登记"), "register"),
    **dict.fromkeys(("predicted", "推算", "预测"), "predicted"),
}
