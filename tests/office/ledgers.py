"""Ledgers as they are filled in: how requests ended, what stands under 存在问题, merged headers."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, C, Layout

_LEDGER = "企业名称|收到日期|诉求类别|诉求内容|办结日期|办理结果|法律依据|是否销号"
_ASKED = "虚构甲有限公司|2026-11-02|用工人才|缺两名焊工|2026-11-09"
_VISITS = "企业名称|走访人|走访日期|走访方式|走访结果|存在问题"
_VISITED = "虚构甲有限公司|王一禾|2026-11-20|现场|已见面"
_PLAN = "企业名称|走访人|计划走访时间|实际走访时间"
_DONE = ("企业名称|走访人|走访时间|完成情况", "虚构甲有限公司|王一禾|2026-11-20|")
_OF_A_VISIT = "enterprise.name cadre.name visits.done_on visits.channel visits.outcome"
_OF_A_LEDGER = (
    "enterprise.name requests.received_on requests.request_class requests.subject requests.closed_on requests.result"
    " requests.basis requests.closed"
)


def _ended(name: str, words: str, moves: tuple[str, ...] = (), assumed: str = "result", basis: str = "") -> Layout:
    """Return a ledger of a request that ended otherwise than solved; without moves it is asked about."""
    return Layout(
        name=f"办理结果：{name}", source="诉求台账, district, 2025", sheet="诉求", desk=ON_RECORD,
        rows=(_LEDGER, f"{_ASKED}|{words}|{basis}|是"), code=0 if moves else 5, asked="" if moves else "state",
        fields=_OF_A_LEDGER, assumed=assumed, stored={"request_events: move done_on outcome": moves},
    )  # fmt: skip


def _none_raised(words: str) -> Layout:
    return Layout(
        name=f"存在问题写“{words}”", source="走访台账, county, 2025", desk=ON_RECORD,
        rows=(_VISITS, f"{_VISITED}|{words}"), fields=f"{_OF_A_VISIT} visits.problem",
        stored={"visits: uscc": (A,), "requests: subject": ()},
    )  # fmt: skip


def _asked_about(words: str) -> Layout:
    return Layout(
        name=f"存在问题写“{words}”，说不清", source="走访台账, town, 2025", desk=ON_RECORD,
        rows=(_VISITS, f"{_VISITED}|{words}"), code=5, asked="request", words=("F2",),
        stored={"visits: uscc": (), "requests: subject": ()},
    )  # fmt: skip


LEDGERS = (
    _ended("企业撤回", "企业自行撤回", ("withdraw 2026-11-09 -",)),
    _ended("企业放弃", "企业主动放弃该诉求", ("withdraw 2026-11-09 -",)),
    _ended("驳回", "驳回", ("reject 2026-11-09 -",), basis="省条例第三条"),
    _ended("驳回而没有依据", "驳回"),
    _ended(
        "解释", "经研究不符合政策，已向企业解释",
        ("accept 2026-11-02 -", "close 2026-11-09 explained"),
        assumed="accepted_on result", basis="省条例第三条",
    ),
    _ended("协调未果", "协调未果"),
    _ended("申请未获批准", "申请未获批准"),
    _ended("已转其他部门", "已转区人社局"),
    _ended("落实", "已落实到位", ("accept 2026-11-02 -", "close 2026-11-09 solved"), assumed="accepted_on result"),
    Layout(
        name="办理情况写不符合政策，没有办理结果", source="问题清单销号表, county, 2025", sheet="诉求", desk=ON_RECORD,
        rows=(
            "企业名称|收到日期|诉求类别|诉求内容|办理情况|是否销号",
            "虚构甲有限公司|2026-11-02|用工人才|缺两名焊工|与企业沟通，暂不具备条件|是",
        ),
        code=5, asked="state", words=("E2",),
    ),
    Layout(
        name="诉求台账里写本月无诉求", source="诉求台账, town, 2026", sheet="诉求", desk=ON_RECORD,
        rows=("企业名称|收到日期|诉求类别|诉求内容|办理状态", "虚构甲有限公司|2026-11-02|用工人才|本月无诉求|已办结"),
        fields="enterprise.name requests.received_on requests.request_class requests.subject requests.state",
        words=("本月无诉求",), stored={"requests: subject": ()},
    ),
    Layout(
        name="诉求台账一格两条", source="诉求台账, town, 2026", sheet="诉求", desk=ON_RECORD,
        rows=(
            "企业名称|收到日期|诉求类别|诉求内容|办理状态",
            "虚构甲有限公司|2026-11-02|用工人才|1.缺焊工；2.路窄|待受理",
        ),
        fields="enterprise.name requests.received_on requests.request_class requests.subject requests.state",
        assumed="subject", stored={"requests: subject": ("1.缺焊工；2.路窄",)},
    ),
    *map(_none_raised, ("企业经营良好", "生产正常，暂无新增诉求", "企业反映一切正常", "目前没有什么困难")),
    *map(_asked_about, ("同上次", "详见附件", "经营良好，设备已投产", "暂无诉求，希望多宣传政策")),
    Layout(
        name="存在问题一格两条", source="走访台账, district, 2026", desk=ON_RECORD,
        rows=(_VISITS, f"{_VISITED}|1.缺焊工；2.道路窄"), fields=f"{_OF_A_VISIT} visits.problem",
        assumed="problem request_class state",
        stored={"requests: received_on subject": ("2026-11-20 缺焊工", "2026-11-20 道路窄")},
    ),
    Layout(
        name="存在问题一格两条，一个办理状态", source="走访台账, district, 2026", desk=ON_RECORD,
        rows=(f"{_VISITS}|办理状态", f"{_VISITED}|1.缺焊工；2.道路窄|办理中"), code=5, asked="request",
    ),
    Layout(
        name="计划走访时间、实际走访时间", source="走访任务表, district, 2025", desk=ON_RECORD,
        rows=(_PLAN, "虚构甲有限公司|王一禾|2026-11-18|2026-11-20"),
        fields="enterprise.name cadre.name - visits.done_on", assumed="channel outcome", words=("计划走访时间",),
        stored={"visits: uscc done_on": (f"{A} 2026-11-20",)},
    ),
    Layout(
        name="计划、实际、完成情况，一家未完成", source="走访任务表, district, 2025", desk=ON_RECORD,
        rows=(
            f"{_PLAN}|完成情况", "虚构甲有限公司|王一禾|2026-11-18|2026-11-20|已完成",
            "虚构乙有限公司|王一禾|2026-11-25||未完成",
        ),
        fields="enterprise.name cadre.name - visits.done_on visits.completion", assumed="channel outcome",
        words=("未完成",), stored={"visits: uscc done_on": (f"{A} 2026-11-20",)},
    ),
    Layout(
        name="完成情况：扑空", source="走访任务表, county, 2025", desk=ON_RECORD, rows=(_DONE[0], f"{_DONE[1]}扑空"),
        fields="enterprise.name cadre.name visits.done_on visits.completion", assumed="channel",
        stored={"visits: uscc outcome": (f"{A} not_reached",)},
    ),
    Layout(
        name="完成情况：改为电话联系", source="走访任务表, county, 2025", desk=ON_RECORD,
        rows=(_DONE[0], f"{_DONE[1]}改为电话联系"),
        fields="enterprise.name cadre.name visits.done_on visits.completion", assumed="outcome",
        stored={"visits: uscc channel": (f"{A} phone",)},
    ),
    Layout(
        name="完成情况：说不清", source="走访任务表, county, 2025", desk=ON_RECORD,
        rows=(_DONE[0], f"{_DONE[1]}老板出差"), code=5, asked="outcome", words=("未完成",),
    ),
    Layout(
        name="存在问题与完成情况在一张表", source="走访问题台账, county, 2025", desk=ON_RECORD,
        rows=(f"{_VISITS}|完成情况", f"{_VISITED}|缺两名焊工|未完成"), code=5,
        words=("visits.completion", "visits.state"),
    ),
    Layout(
        name="有办理状态而没有问题列", source="走访台账, town, 2024", desk=ON_RECORD,
        rows=(
            "企业名称|走访人|走访日期|走访方式|走访结果|办理状态", f"{_VISITED}|办理中",
        ),
        fields=f"{_OF_A_VISIT} -", words=("办理状态",), stored={"requests: subject": ()},
    ),
    Layout(
        name="走访时间合并三列", source="走访记录表, subdistrict, 2024", desk=ON_RECORD,
        rows=("企业名称|走访人|走访时间||", "虚构甲有限公司|王一禾|2026-09-20|2026-10-20|2026-11-20"),
        merged=("C1:E1",), code=5, words=("D1", "E1", '--map \\"D=-\\"'), stored={"visits: uscc": ()},
    ),
    Layout(
        name="走访时间合并三列，其余两列不导入", source="走访记录表, subdistrict, 2024", desk=ON_RECORD,
        rows=("企业名称|走访人|走访时间||", "虚构甲有限公司|王一禾|2026-09-20|2026-10-20|2026-11-20"),
        merged=("C1:E1",), options=("--map", "D=-", "--map", "E=-"), assumed="channel outcome",
        fields="enterprise.name cadre.name visits.done_on - -",
        stored={"visits: done_on": ("2026-09-20",)},
    ),
    Layout(
        name="走访时间分第一次、第二次", source="走访记录表, subdistrict, 2024", desk=ON_RECORD,
        rows=("企业名称|走访人|走访时间|", "||第一次|第二次", "虚构甲有限公司|王一禾|2026-09-20|2026-10-20"),
        merged=("C1:D1",), code=5, words=("走访时间第一次", "走访时间第二次", "visits.done_on"),
        stored={"visits: uscc": ()},
    ),
    Layout(
        name="责任单位合并两列", source="问题清单, district, 2024", sheet="诉求", desk=ON_RECORD,
        rows=(
            "企业名称|收到日期|诉求类别|诉求内容|责任单位||办理状态",
            "虚构甲有限公司|2026-11-02|用工人才|缺两名焊工|人社局|就业科|办理中",
        ),
        merged=("E1:F1",), code=5, words=("F1", "就业科"), stored={"requests: subject": ()},
    ),
    Layout(
        name="走访台账的责任单位在问题之后", source="走访问题台账, district, 2025", desk=ON_RECORD,
        rows=(f"{_VISITS}|责任单位|办理情况", f"{_VISITED}|缺两名焊工|人社局|正在对接"),
        fields=f"{_OF_A_VISIT} visits.problem visits.department visits.progress",
        assumed="accepted_on dispatched_on request_class state",
        stored={"request_events: move department": ("accept -", "dispatch 人社局")},
    ),
    Layout(
        name="走访台账的责任单位在走访人之后", source="走访问题台账, district, 2025", desk=ON_RECORD,
        rows=(
            "企业名称|走访人|责任单位|走访日期|走访方式|走访结果|存在问题",
            "虚构甲有限公司|王一禾|人社局|2026-11-20|现场|已见面|缺两名焊工",
        ),
        code=5, words=("cadre.department", "visits.department"),
    ),
    Layout(
        name="按工号的走访，内容写电话联系", source="走访登记, district, 2025",
        rows=("统一社会信用代码|工号|走访日期|走访结果|走访内容", f"{A}|1001|2026-11-20|已见面|电话联系，了解用工"),
        desk=ON_RECORD, code=5, asked="channel", words=("电话联系",),
    ),
    Layout(
        name="包联干部与备注", source="包联名单, subdistrict, 2025", desk=ON_RECORD,
        rows=("企业名称|包联干部|备注", "虚构甲有限公司|王一禾|已注销"),
        fields="enterprise.name cadre.name enterprise.remark", assumed="end_on start_on", asked="struck_off",
        stored={"pairings: uscc staff_no": (f"{A} 1001",)},
    ),
    Layout(
        name="走访地点写电话连线", source="走访记录表, city, 2026", desk=ON_RECORD,
        rows=("企业名称|走访人|走访日期|走访地点", "虚构甲有限公司|王一禾|2026-11-20|电话连线"), code=5,
        words=("visits.minutes", "--map"),
    ),
    Layout(
        name="带回协调问题", source="走访记录表, city, 2026", desk=ON_RECORD,
        rows=("企业名称|走访人|走访日期|带回协调问题", "虚构甲有限公司|王一禾|2026-11-20|缺两名焊工"), code=5,
        words=("visits.problem", "--map"),
    ),
    Layout(
        name="整改情况写已完成整改", source="问题清单销号表, county, 2026", sheet="问题清单", desk=ON_RECORD,
        rows=(
            "企业名称|存在问题|提出时间|责任单位|整改情况", "虚构甲有限公司|缺两名焊工|2026-10-08|人社局|已完成整改",
        ),
        code=5, asked="state", words=("已完成",),
    ),
    Layout(
        name="申报条件而没有适用对象", source="惠企政策汇编, district, 2026", sheet="惠企政策",
        rows=("政策名称|申报条件|奖补标准", "技改补助|规上工业企业，投资500万元以上|最高200万元"), code=5,
        words=("policies.audience", "--map"),
    ),
    Layout(
        name="服务日志", source="服务日志, subdistrict, 2026", sheet="服务日志", desk=ON_RECORD,
        rows=(
            "日期|服务专员|服务企业|服务方式|服务内容|企业诉求|是否办结",
            "2026-11-20|王一禾|虚构甲有限公司|微信|推送政策2条|暂无|",
            "2026-11-21|王一禾|虚构乙有限公司|现场|协助申报|缺流动资金|否",
        ),
        fields="visits.done_on cadre.name enterprise.name visits.channel visits.minutes visits.problem visits.closed",
        assumed="outcome request_class",
        stored={
            "visits: channel minutes": ("online 推送政策2条", "on_site 协助申报"),
            "requests: subject": ("缺流动资金",),
        },
    ),
    Layout(
        name="是否有诉求：是，而没有写", source="走访台账, district, 2026", desk=ON_RECORD,
        rows=(f"{_VISITS}|是否有诉求", f"{_VISITED}||是"), code=5, asked="request", words=("G2",),
    ),
    Layout(
        name="是否有诉求：否，而写了一条", source="走访台账, district, 2026", desk=ON_RECORD,
        rows=(f"{_VISITS}|是否有诉求", f"{_VISITED}|缺焊工|否"), code=5, asked="request", words=("G2",),
    ),
    _ended("基本解决", "基本解决"),
    Layout(
        name="备注里写已注销", source="规上企业名单, district, 2026", sheet="企业",
        rows=("企业名称|统一社会信用代码|是否规上|备注", f"虚构丙有限公司|{C}|是|已注销"),
        fields="enterprises.name enterprises.uscc enterprises.above_scale enterprises.remark",
        asked="struck_off", words=('"D2"',),
    ),
    Layout(
        name="经营状态与备注矛盾", source="规上企业名单, district, 2026", sheet="企业",
        rows=("企业名称|统一社会信用代码|是否规上|经营状态|备注", f"虚构丙有限公司|{C}|是|存续|已注销"), code=5,
        asked="status", words=('"E2"',),
    ),
)  # fmt: skip
