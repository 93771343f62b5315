"""Ledgers of requests and lists of policies: 诉求台账, 问题清单, 惠企政策清单."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, Layout

_DAYS = "accepted_on answered_on dispatched_on"
_MOVES = "request_events: move done_on department outcome"

REQUESTS = (
    Layout(
        name="责任部门、办结日期、是否销号", source="诉求台账, district, 2024", sheet="诉求", desk=ON_RECORD,
        rows=(
            "统一社会信用代码|收到日期|诉求类别|诉求内容|责任部门|办结日期|办理结果|是否销号",
            f"{A}|2026-09-01|用工人才|缺两名焊工|人社局|2026-09-08|已解决|是",
        ),
        fields="requests.uscc requests.received_on requests.request_class requests.subject requests.department"
        " requests.closed_on requests.result requests.closed",
        assumed=_DAYS,
        stored={
            _MOVES: (
                "accept 2026-09-01 - -", "dispatch 2026-09-01 人社局 -", "answer 2026-09-08 人社局 -",
                "close 2026-09-08 - solved",
            ),
        },
    ),
    Layout(
        name="办理状态：办理中", source="企业诉求交办单, county, 2025", sheet="诉求台账", desk=ON_RECORD,
        rows=(
            "诉求企业|提出时间|问题类型|反映问题|受理时间|交办时间|承办单位|办理状态",
            "虚构甲有限公司|2026-11-02|用工人才|缺两名焊工|2026-11-03|2026-11-04|人社局|办理中",
        ),
        fields="enterprise.name requests.received_on requests.request_class requests.subject requests.accepted_on"
        " requests.dispatched_on requests.department requests.state",
        stored={_MOVES: ("accept 2026-11-03 - -", "dispatch 2026-11-04 人社局 -")},
    ),
    Layout(
        name="只有企业、日期、内容", source="诉求收集表, town, 2023", sheet="诉求", desk=ON_RECORD,
        rows=("企业名称|收集日期|诉求内容", "虚构甲有限公司|2026-11-02|缺两名焊工"),
        fields="enterprise.name requests.received_on requests.subject", assumed="request_class state",
        stored={"requests: received_on subject": ("2026-11-02 缺两名焊工",)},
    ),
    Layout(
        name="有办结日期而未销号", source="诉求台账, district, 2025", sheet="诉求", desk=ON_RECORD,
        rows=(
            "企业名称|收到日期|诉求类别|诉求内容|办结日期|是否销号",
            "虚构甲有限公司|2026-11-02|用工人才|缺两名焊工|2026-11-09|否",
        ),
        code=5, words=("未办结",), asked="state",
    ),
    Layout(
        name="办理情况写已解决，没有状态列", source="问题清单, county, 2022", sheet="问题清单", desk=ON_RECORD,
        rows=(
            "企业名称|收到日期|诉求类别|存在问题|办理情况",
            "虚构甲有限公司|2026-11-02|用工人才|缺两名焊工|已解决，招到两人",
        ),
        code=5, words=("已解决",), asked="state",
    ),
    Layout(
        name="走访中收集的诉求", source="走访台账, district, 2025", desk=ON_RECORD,
        rows=(
            "企业名称|走访人|走访日期|走访方式|走访结果|反映问题|诉求类别",
            "虚构甲有限公司|王一禾|2026-11-20|现场|已见面|缺两名焊工|用工人才",
        ),
        fields="enterprise.name cadre.name visits.done_on visits.channel visits.outcome visits.problem"
        " visits.problem_class",
        assumed="state",
        stored={
            "visits: uscc staff_no channel": (f"{A} 1001 on_site",),
            "requests: received_on subject staff_no visited_on": ("2026-11-20 缺两名焊工 1001 2026-11-20",),
        },
    ),
)  # fmt: skip
POLICIES = (
    Layout(
        name="适用对象：小微企业", source="惠企政策清单, district, 2024", sheet="政策",
        rows=("政策编号|政策名称|适用对象|有效期至", "R1|招工补贴|小微企业|2026-12-31"),
        fields="policies.code policies.title policies.audience policies.until_on",
        stored={"policies: code title sizes until_on": ("R1 招工补贴 micro;small 2026-12-31",)},
    ),
    Layout(
        name="项目、条款、责任科室，没有对象", source="政策汇编, district, 2021", sheet="政策清单",
        rows=("序号|政策项目|政策条款|责任科室|联系电话", "1|招工补贴|每人1000元|就业科|0571-88000001"),
        fields="- policies.title policies.gives policies.office -", assumed="audience policy until_on",
        stored={"policies: code title office": ("P001 招工补贴 就业科",)},
    ),
    Layout(
        name="适用对象不能成为规则", source="惠企政策清单, city, 2025", sheet="政策清单",
        rows=("政策名称|适用对象", "研发补助|有研发机构的纳税大户"), code=5, words=("有研发机构的纳税大户", "--map"),
        asked="audience",
    ),
    Layout(
        name="有效期是一段", source="惠企政策清单, county, 2026", sheet="政策清单",
        rows=("政策名称|支持对象|有效期", "招工补贴|规上工业企业|2026年1月1日至2026年12月31日"),
        fields="policies.title policies.audience policies.validity", assumed="policy",
        stored={"policies: title industries above_scale start_on until_on": (
            "招工补贴 B;C;D true 2026-01-01 2026-12-31",
        )},
        words=("“规上工业企业”", "适用行业 B, C, D"),
    ),
)  # fmt: skip
