"""The words of a roster, in both languages, and what they stand for; compared by `reading.fold`."""

from __future__ import annotations

from collections.abc import Mapping

from esm.domain.register.master_data import RANKS

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
CHANNEL: Mapping[str, str] = {
    "onsite": "on_site",
    "phone": "phone",
    "online": "online",
    "meeting": "meeting",
    **dict.fromkeys(("实地", "实地走访", "现场", "现场走访", "上门", "上门走访", "入企", "入企走访"), "on_site"),
    **dict.fromkeys(("电话", "电话联系", "电话走访"), "phone"),
    **dict.fromkeys(("线上", "网络", "视频", "视频会议", "微信"), "online"),
    **dict.fromkeys(("会议", "座谈", "座谈会"), "meeting"),
}
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
OUTCOME: Mapping[str, str] = {
    "met": "met",
    "notreached": "not_reached",
    "refused": "refused",
    "moved": "moved",
    "closed": "closed",
    **dict.fromkeys(("见到", "已见", "已见面", "见面", "已走访"), "met"),
    **dict.fromkeys(("未见到", "未见", "未遇", "未联系上", "联系不上", "无人"), "not_reached"),
    **dict.fromkeys(("拒访", "拒绝"), "refused"),
    **dict.fromkeys(("movedaway", "搬迁", "已搬迁", "迁出"), "moved"),
    **dict.fromkeys(("closeddown", "关闭", "已关闭", "关停", "已关停", "停业", "歇业", "停产", "注销"), "closed"),
}
BASIS: Mapping[str, str] = {
    **dict.fromkeys(("register", "名录", "名录库", "登记"), "register"),
    **dict.fromkeys(("predicted", "推算", "预测"), "predicted"),
}
BUSINESS: Mapping[str, str] = {
    **{word: word for word in ("growing", "steady", "shrinking", "stopped")},
    **dict.fromkeys(("向好", "增长", "上升", "良好", "好"), "growing"),
    **dict.fromkeys(("平稳", "持平", "正常", "一般", "稳定"), "steady"),
    **dict.fromkeys(("下滑", "下降", "困难", "减少", "差"), "shrinking"),
    **dict.fromkeys(("停产", "停工", "停业", "歇业"), "stopped"),
}
SATISFACTION: Mapping[str, str] = {
    **{word: word for word in ("satisfied", "partly", "dissatisfied")},
    **dict.fromkeys(("满意", "非常满意"), "satisfied"),
    **dict.fromkeys(("基本满意", "一般", "partlysatisfied"), "partly"),
    **dict.fromkeys(("不满意", "不满"), "dissatisfied"),
}
