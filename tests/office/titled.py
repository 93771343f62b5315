"""Sheets whose titles and headings tell what the rows are: enterprises that left, two tables, policies that ended."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, B, C, D, Layout

_LIST = "统一社会信用代码|企业名称|是否规上|入库日期"
_OWN = "enterprises.uscc enterprises.name enterprises.above_scale enterprises.enrolled_on"
_LEFT = ("虚构甲有限公司 false", "虚构乙有限公司 false")


def _line(code: str, name: str) -> str:
    return f"{code}|{name}|是|2024-01-01"


_TWO = (_line(A, "虚构甲有限公司"), _line(B, "虚构乙有限公司"))

TITLED = (
    Layout(
        name="退库企业名单，只有标题写明", source="规上企业退库名单, district, 2026",
        rows=("2026年11月退库企业名单", _LIST, *_TWO), fields=_OWN, assumed="status", asked="struck_off struck_off",
        stored={"enterprises: name above_scale": _LEFT},
    ),
    Layout(
        name="工作表名称写明已注销", source="规上企业退库名单, county, 2025", sheet="注销企业", rows=(_LIST, *_TWO),
        fields=_OWN, assumed="status", asked="struck_off struck_off", stored={"enterprises: name above_scale": _LEFT},
    ),
    Layout(
        name="停产企业名单", source="停产企业排查表, town, 2026", rows=("停产企业排查表", _LIST, *_TWO), fields=_OWN,
        assumed="status", asked="at_a_standstill at_a_standstill",
        stored={"enterprises: name above_scale": ("虚构甲有限公司 true", "虚构乙有限公司 true")},
    ),
    Layout(
        name="一段入库、一段退库，同一表头", source="月度入库退库名单, district, 2026",
        rows=(
            "2026年11月入库退库企业名单", _LIST, "一、新增入库企业（1家）", _line(A, "虚构甲有限公司"),
            "二、退库企业（2家）", _line(B, "虚构乙有限公司"), _line(C, "虚构丙有限公司"),
        ),
        fields=_OWN, assumed="status", asked="struck_off struck_off",
        stored={"enterprises: name above_scale": (
            "虚构甲有限公司 true", "虚构乙有限公司 false", "虚构丙有限公司 false",
        )},
    ),
    Layout(
        name="入库退库混在一起", source="月度入库退库名单, city, 2026",
        rows=("2026年入库退库企业名单", "统一社会信用代码|企业名称", f"{A}|虚构甲有限公司"), code=5,
        words=("经营状态", "退库日期"),
    ),
    Layout(
        name="变动类型一列写明", source="月度变动名单, city, 2026",
        rows=(
            "2026年入库退库企业名单", "统一社会信用代码|企业名称|变动类型", f"{A}|虚构甲有限公司|新增入库",
            f"{B}|虚构乙有限公司|年度退库",
        ),
        options=("--above-scale",), fields="enterprises.uscc enterprises.name enterprises.status",
        assumed="enrolled_on", asked="struck_off",
        stored={"enterprises: name above_scale": ("虚构甲有限公司 true", "虚构乙有限公司 false")},
    ),
    Layout(
        name="不含退库企业", source="规上企业名单, district, 2026", rows=("规上企业名单（不含退库企业）", _LIST, *_TWO),
        fields=_OWN, stored={"enterprises: name above_scale": ("虚构甲有限公司 true", "虚构乙有限公司 true")},
    ),
    Layout(
        name="两张表上下排列，各有表头", source="月度入库退库名单, county, 2026",
        rows=(
            "2026年11月入库退库企业名单", "一、入库企业",
            "企业名称|统一社会信用代码|所属镇街|入库时间|营业收入（万元）",
            f"虚构甲有限公司|{A}|城东街道|2026-11-05|5200", "", "二、退库企业",
            "企业名称|统一社会信用代码|所属镇街|退库时间|详细说明", f"虚构乙有限公司|{B}|城西街道|2026-11-06|规模萎缩",
        ),
        fields="enterprises.name enterprises.name enterprises.uscc enterprises.uscc enterprises.subdistrict"
        " enterprises.subdistrict enterprises.enrolled_on enterprises.exited_on enterprises.revenue -",
        stored={"enterprises: name subdistrict enrolled_on exited_on": (
            "虚构甲有限公司 城东街道 2026-11-05 -", "虚构乙有限公司 城西街道 - 2026-11-06",
        )},
    ),
    Layout(
        name="第二张表的列更多", source="月度入库退库名单, county, 2026",
        rows=(
            "企业名称|统一社会信用代码|退库时间", f"虚构乙有限公司|{B}|2026-11-06", "", "新增入库企业",
            "企业名称|统一社会信用代码|所属镇街|入库时间|营业收入（万元）",
            f"虚构丁有限公司|{D}|城东街道|2026-11-05|5200",
        ),
        fields="enterprises.name enterprises.name enterprises.uscc enterprises.uscc enterprises.exited_on"
        " enterprises.subdistrict enterprises.enrolled_on enterprises.revenue",
        stored={"enterprises: name exited_on": ("虚构乙有限公司 2026-11-06", "虚构丁有限公司 -")},
    ),
    Layout(
        name="申报时间是一段", source="惠企政策一览表, district, 2026", sheet="政策清单",
        rows=(
            "政策名称|支持对象|兑现标准|申报时间", "招工补贴|规上企业|每人1000元|2026年3月1日-4月30日",
            "展会补贴|规上企业|每次1万元|常年受理",
        ),
        fields="policies.title policies.audience policies.gives policies.validity", assumed="policy",
        stored={"policies: title start_on until_on": ("招工补贴 2026-03-01 2026-04-30", "展会补贴 - -")},
    ),
    Layout(
        name="没有写到何时为止的政策", source="惠企政策一览表, district, 2026", sheet="政策清单",
        rows=("政策编号|政策名称|支持对象", "R1|上规奖励|首次纳入规上统计的工业企业"),
        fields="policies.code policies.title policies.audience", assumed="until_on",
        stored={"policies: code industries newly_entered": ("R1 B;C;D true",)},
    ),
    Layout(
        name="文号后写已废止", source="惠企政策一览表, city, 2026", sheet="政策清单",
        rows=("政策名称|文号|支持对象", "招工补贴|虚政办〔2024〕9号（已废止）|规上企业"), code=5, asked="policy_end",
        words=("截止日期",),
    ),
    Layout(
        name="政策备注写停止申报", source="惠企政策一览表, county, 2026", sheet="政策清单",
        rows=("政策名称|支持对象|备注", "招工补贴|规上企业|资金用完，停止申报", "展会补贴|规上企业|另行通知"), code=5,
        asked="policy_end remark", words=("截止日期",),
    ),
    Layout(
        name="走访日期没有年份，标题有", source="走访台账, subdistrict, 2026", desk=ON_RECORD,
        rows=(
            "2026年11月企业走访台账", "走访日期|企业名称|走访人|走访方式|走访结果",
            "11.5|虚构甲有限公司|王一禾|现场|已见面",
            "11月12日|虚构乙有限公司|李双木|现场|已见面", "2026-11-13|虚构甲有限公司|李双木|现场|已见面",
        ),
        fields="visits.done_on enterprise.name cadre.name visits.channel visits.outcome", assumed="done_on",
        stored={"visits: uscc done_on": (f"{A} 2026-11-05", f"{B} 2026-11-12", f"{A} 2026-11-13")},
    ),
    Layout(
        name="走访日期没有年份，标题也没有", source="走访台账, subdistrict, 2026", desk=ON_RECORD, code=5,
        rows=("企业走访台账", "走访日期|企业名称|走访人|走访方式|走访结果", "11.5|虚构甲有限公司|王一禾|现场|已见面"),
        words=("2026年11月",),
    ),
    Layout(
        name="走访日期没有年份，标题有两个年份", source="走访台账, subdistrict, 2026", desk=ON_RECORD, code=5,
        rows=(
            "2025年12月至2026年2月走访台账", "走访日期|企业名称|走访人|走访方式|走访结果",
            "1.5|虚构甲有限公司|王一禾|现场|已见面",
        ),
        words=("2026年11月",),
    ),
    Layout(
        name="问卷导出的诉求", source="企业诉求征集问卷, district, 2026", desk=ON_RECORD,
        rows=(
            "序号|提交答卷时间|1、您的企业名称|2、诉求类别|3、请描述您的诉求|4、处理状态",
            "1|2026/11/9 14:30:22|虚构甲有限公司|用工人才|缺两名焊工|待受理",
        ),
        fields="- requests.received_on enterprise.name requests.request_class requests.subject requests.state",
        stored={"requests: uscc received_on subject": (f"{A} 2026-11-09 缺两名焊工",)},
    ),
    Layout(
        name="三服务清单，编号不是数字", source="三服务问题清单, district, 2026", sheet="问题清单", desk=ON_RECORD,
        rows=(
            "编号|服务对象|问题描述|问题类别|收集时间|是否销号",
            "SFW-001|虚构甲有限公司|缺两名焊工|用工人才|2026-11-09|否",
        ),
        fields="- enterprise.name requests.subject requests.request_class requests.received_on requests.closed",
        stored={"requests: uscc received_on subject": (f"{A} 2026-11-09 缺两名焊工",)}, words=("编号",),
    ),
    Layout(
        name="姓名相近、电话不同的两名专员", source="一企一员表, district, 2026", desk=ON_RECORD,
        rows=(
            "企业名称|服务专员|单位及职务|手机", "虚构甲有限公司|王二禾|经信局科员|19900000041",
            "虚构乙有限公司|王三禾|商务局科员|19900000042",
        ),
        fields="enterprise.name cadre.name cadre.title cadre.phone", assumed="staff_no start_on end_on",
        stored={"pairings: uscc staff_no": (f"{A} 1004", f"{B} 1005")},
    ),
    Layout(
        name="姓名相近而没有电话", source="一企一员表, district, 2026", desk=ON_RECORD, code=5,
        rows=("企业名称|服务专员", "虚构甲有限公司|王二禾"), words=("1001 王一禾", "--number-cadres"),
    ),
    Layout(
        name="走访备注写大门紧闭", source="专班走访记录, district, 2026", desk=ON_RECORD, code=5,
        rows=(
            "走访日期|企业名称|走访人|走访方式|备注", "2026-11-09|虚构甲有限公司|王一禾|现场|",
            "2026-11-10|虚构乙有限公司|王一禾|现场|大门紧闭，无人接待",
        ),
        words=("走访结果", "备注=visits.minutes"),
    ),
    Layout(
        name="季度走访计划及完成情况", source="走访计划表, county, 2026", desk=ON_RECORD,
        rows=(
            "2026年第四季度走访计划及完成情况", "序号|企业名称|走访人|计划||完成情况|",
            "|||计划时间|走访内容|是否完成|实际走访时间",
            "1|虚构甲有限公司|王一禾|10月中旬|政策宣讲|是|10.16", "2|虚构乙有限公司|李双木|11.25|收集诉求|否|",
            "3|虚构乙有限公司|李双木|12月|收集诉求||",
        ),
        merged=("D2:E2", "F2:G2", "A2:A3", "B2:B3", "C2:C3"),
        fields="- enterprise.name cadre.name - - visits.completion visits.done_on", assumed="done_on channel outcome",
        stored={"visits: uscc done_on": (f"{A} 2026-10-16",)}, words=("计划时间",),
    ),
)  # fmt: skip
