"""Sheets of visits: 走访台账, 走访记录, 走访登记表."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, B, Layout

_ALL = "channel outcome"
_ONE = {"visits: uscc staff_no done_on channel outcome": (f"{A} 1001 2026-11-20 on_site met",)}

VISITS = (
    Layout(
        name="走访日期、企业、走访人员、方式、结果、内容", source="走访台账, district, 2025",
        rows=(
            "序号|走访日期|企业名称|走访人员|走访方式|走访结果|走访内容",
            "1|2026-11-20|虚构甲有限公司|王一禾|现场|已见面|了解用工",
        ),
        desk=ON_RECORD,
        fields="- visits.done_on enterprise.name cadre.name visits.channel visits.outcome visits.minutes", stored=_ONE,
    ),
    Layout(
        name="区域、企业名称、走访人、沟通事项、走访时间", source="visit system of a subdistrict, 2023",
        rows=("区域|企业名称|走访人|沟通事项|走访时间", "城东|虚构甲有限公司|王一禾|了解用工|2026-11-20"),
        desk=ON_RECORD, fields="- enterprise.name cadre.name visits.minutes visits.done_on", assumed=_ALL, stored=_ONE,
    ),
    Layout(
        name="走访形式：电话", source="走访台账, county, 2024",
        rows=(
            "统一社会信用代码|工号|走访日期|走访形式|走访结果|走访内容",
            f"{A}|1001|2026-11-20|电话|已见面|电话沟通，未上门",
        ),
        desk=ON_RECORD,
        fields="visits.uscc visits.staff_no visits.done_on visits.channel visits.outcome visits.minutes",
        stored={"visits: uscc staff_no channel outcome": (f"{A} 1001 phone met",)},
    ),
    Layout(
        name="方式列没有认识的表头", source="走访登记表, town, 2023",
        rows=(
            "企业名称|走访人|日期|类别|结果", "虚构甲有限公司|王一禾|2026-11-20|线上|已见面",
            "虚构乙有限公司|王一禾|2026-11-20|电话|已见面",
        ),
        desk=ON_RECORD, fields="enterprise.name cadre.name visits.done_on visits.channel visits.outcome",
        stored={"visits: uscc channel": (f"{A} online", f"{B} phone")},
    ),
    Layout(
        name="方式的取值不认识", source="走访登记表, town, 2023",
        rows=("企业名称|走访人|日期|走访途径|结果", "虚构甲有限公司|王一禾|2026-11-20|钉钉群|已见面"), desk=ON_RECORD,
        code=5, words=("visits.channel", "--map"),
    ),
    Layout(
        name="走访人一格两人", source="领导走访企业台账, county, 2022",
        rows=("走访时间|走访企业|走访人员|走访方式|走访结果", "2026-11-20|虚构甲有限公司|王一禾、李双木|现场|已见面"),
        desk=ON_RECORD, fields="visits.done_on enterprise.name cadre.name visits.channel visits.outcome",
        stored={**_ONE, "companions: visited_by companion": ("1001 1002",)},
    ),
    Layout(
        name="两个工号一格", source="走访记录, district, 2025",
        rows=("统一社会信用代码|工号|走访日期|走访方式|走访结果", f"{A}|1001、1002|2026-11-20|现场|已见面"),
        desk=ON_RECORD,
        fields="visits.uscc visits.staff_no visits.done_on visits.channel visits.outcome",
        stored={**_ONE, "companions: visited_by companion": ("1001 1002",)},
    ),
    Layout(
        name="带队人、陪同人员", source="领导走访记录, district, 2024",
        rows=(
            "企业名称|走访领导|陪同人员|走访时间|走访方式|走访结果",
            "虚构甲有限公司|王一禾|李双木、赵三石|2026年11月20日|实地走访|已见面",
        ),
        desk=ON_RECORD,
        fields="enterprise.name cadre.name companion.name visits.done_on visits.channel visits.outcome",
        stored={**_ONE, "companions: number companion": ("1 1002", "2 1003")},
    ),
    Layout(
        name="走访情况写未见到人，没有结果列", source="走访台账, subdistrict, 2023",
        rows=("企业名称|走访人|走访日期|走访情况", "虚构甲有限公司|王一禾|2026-11-20|厂门关着，未见到人"),
        desk=ON_RECORD,
        code=5, words=("未见", "--map"), asked="outcome",
    ),
    Layout(
        name="走访情况写电话联系，没有方式列", source="走访台账, subdistrict, 2023",
        rows=("企业名称|走访人|走访日期|走访结果|走访情况",
        "虚构甲有限公司|王一禾|2026-11-20|已见面|电话联系，了解订单"),
        desk=ON_RECORD, code=5, words=("电话联系", "--map"), asked="channel",
    ),
    Layout(
        name="同一文字，用 --map 说明只是纪要", source="走访台账, subdistrict, 2023",
        rows=("企业名称|走访人|走访日期|走访情况", "虚构甲有限公司|王一禾|2026-11-20|上次未见到人，本次座谈"),
        desk=ON_RECORD,
        options=("--map", "走访情况=visits.minutes"),
        fields="enterprise.name cadre.name visits.done_on visits.minutes", assumed=_ALL, stored=_ONE,
    ),
    Layout(
        name="走访单位、被走访企业", source="联合走访登记, county, 2024",
        rows=(
            "走访单位|走访人员|被走访企业|走访时间|走访主要内容|解决问题",
            "经信局|王一禾|虚构甲有限公司|2026-11-20|了解用工|招工1人",
        ),
        desk=ON_RECORD, fields="cadre.department cadre.name enterprise.name visits.done_on visits.minutes -",
        assumed=_ALL, stored=_ONE,
    ),
    Layout(
        name="企业联系人在走访之后", source="领导走访安排, city, 2023",
        rows=(
            "企业名称|走访领导|走访时间|企业反馈|联系人|联系电话",
            "虚构甲有限公司|王一禾|2026-11-20|满意|张甲|19900000011",
        ),
        desk=ON_RECORD, fields="enterprise.name cadre.name visits.done_on - - -", assumed=_ALL,
        stored={**_ONE, "pairings: uscc": ()},
    ),
    Layout(
        name="计划走访时间不是走访，也不是结对", source="走访计划表, city, 2025",
        rows=("企业名称|计划走访时间|走访人", "虚构甲有限公司|2026-12-20|王一禾"), desk=ON_RECORD, code=5,
        words=("走访日期",), stored={"pairings: uscc": (), "visits: uscc": ()},
    ),
    Layout(
        name="首访、回访两个日期", source="走访回访表, development zone, 2024",
        rows=("企业名称|首访时间|回访时间|走访人", "虚构甲有限公司|2026-09-20|2026-11-20|王一禾"), desk=ON_RECORD,
        code=5,
        words=("走访日期",), stored={"pairings: uscc": (), "visits: uscc": ()},
    ),
    Layout(
        name="服务专员与上次走访日期", source="服务台账, subdistrict, 2025",
        rows=("企业名称|上次走访日期|服务专员", "虚构甲有限公司|2026-09-20|王一禾"), desk=ON_RECORD,
        fields="enterprise.name - cadre.name", assumed="start_on end_on",
        stored={"pairings: uscc staff_no": (f"{A} 1001",), "visits: uscc": ()},
    ),
    Layout(
        name="是否在家：不在", source="入户式走访登记, subdistrict, 2024",
        rows=("企业名称|联系电话|走访人|走访时间|是否在家", "虚构甲有限公司|19900000011|王一禾|2026-11-20|不在"),
        desk=ON_RECORD, code=5, words=("visits.outcome", "--map"),
    ),
    Layout(
        name="不认识的列里写未见到人", source="走访登记表, town, 2022",
        rows=("企业名称|走访人|走访时间|其他", "虚构甲有限公司|王一禾|2026-11-20|去了两次都无人"), desk=ON_RECORD,
        code=5,
        words=("visits.minutes", "--map"),
    ),
    Layout(
        name="客户经理、走访日期、走访情况", source="商务楼宇台账, subdistrict, 2022",
        rows=("企业名称|客户经理|走访日期|走访情况", "虚构甲有限公司|王一禾|2026-11-20|经营平稳"), desk=ON_RECORD,
        fields="enterprise.name cadre.name visits.done_on visits.minutes", assumed=_ALL, stored=_ONE,
    ),
    Layout(
        name="日期没有年份", source="走访台账, town, 2025",
        rows=("企业名称|走访人|走访日期", "虚构甲有限公司|王一禾|11月20日"), desk=ON_RECORD, code=5, words=("年份",),
    ),
    Layout(
        name="走访单位而没有企业列", source="走访登记, county, 2020",
        rows=("走访时间|走访单位|走访人", "2026-11-20|虚构甲有限公司|王一禾"), desk=ON_RECORD, code=5,
        words=("统一社会信用代码",),
    ),
    Layout(
        name="接待人、接待人职务、联系电话", source="走访记录表, development zone, 2024",
        rows=(
            "企业名称|走访人|走访日期|走访方式|走访结果|接待人|联系电话",
            "虚构甲有限公司|王一禾|2026-11-20|现场|已见面|张甲|19900000011",
        ),
        desk=ON_RECORD,
        fields="enterprise.name cadre.name visits.done_on visits.channel visits.outcome visits.met_with -",
        stored={**_ONE, "cadres: staff_no phone": ("1001 19900000001", "1002 19900000002", "1003 19900000003")},
    ),
    Layout(
        name="是否见面：是、否", source="走访核查表, district, 2024",
        rows=(
            "企业名称|走访人|走访日期|走访方式|是否见面", "虚构甲有限公司|王一禾|2026-11-20|现场|是",
            "虚构乙有限公司|王一禾|2026-11-20|现场|否",
        ),
        desk=ON_RECORD, code=5, words=("已联系上", "未联系上"),
    ),
    Layout(
        name="按月打勾的走访进度", source="走访进度表, subdistrict, 2025",
        rows=("企业名称|服务干部|1-2月|3-4月|5-6月", "虚构甲有限公司|王一禾|√|√|"), desk=ON_RECORD,
        fields="enterprise.name cadre.name - - -", assumed="start_on end_on", stored={"visits: uscc": ()},
    ),
    Layout(
        name="名册中没有的走访人", source="走访台账, district, 2025",
        rows=("企业名称|走访人|走访日期", "虚构甲有限公司|周四方|2026-11-20", "虚构乙有限公司|王一禾|2026-11-20"),
        desk=ON_RECORD, code=5, words=("周四方",),
    ),
    Layout(
        name="走访人带单位", source="走访台账, district, 2025",
        rows=("企业名称|走访人|走访日期|走访方式|走访结果", "虚构甲有限公司|王一禾（经信局）|2026.11.20|现场|已见面"),
        desk=ON_RECORD, fields="enterprise.name cadre.name visits.done_on visits.channel visits.outcome", stored=_ONE,
    ),
    Layout(
        name="标题、填表人和合计行", source="走访统计, town, 2024",
        rows=(
            "2026年11月企业走访台账", "企业名称|走访人|走访日期|走访方式|走访结果",
            "虚构甲有限公司|王一禾|2026-11-20|现场|已见面", "合计|1家", "填表人：王一禾",
        ),
        desk=ON_RECORD, fields="enterprise.name cadre.name visits.done_on visits.channel visits.outcome", stored=_ONE,
    ),
    Layout(
        name="走访结果写在情况里，结果列为空白词", source="走访台账, county, 2023",
        rows=("企业名称|走访人|走访日期|走访方式|走访结果|走访情况",
        "虚构甲有限公司|王一禾|2026-11-20|现场|—|企业停业"),
        desk=ON_RECORD, code=5, words=("停业",), asked="outcome",
    ),
    Layout(
        name="走访内容里的无人机不是无人", source="走访台账, development zone, 2025",
        rows=("企业名称|走访人|走访日期|走访方式|走访内容", "虚构甲有限公司|王一禾|2026-11-20|现场|无人机订单增加"),
        desk=ON_RECORD, fields="enterprise.name cadre.name visits.done_on visits.channel visits.minutes",
        assumed="outcome", stored=_ONE,
    ),
    Layout(
        name="请假表按姓名", source="请假名单, district, 2026",
        rows=("姓名|请假开始|请假结束|B岗工号", "王一禾|2026-12-01|2026-12-20|1002"), sheet="请假", desk=ON_RECORD,
        fields="cadre.name absences.start_on absences.end_on absences.deputy",
        stored={"absences: staff_no start_on end_on deputy": ("1001 2026-12-01 2026-12-20 1002",)},
    ),
    Layout(
        name="回避表按名称", source="回避申报表, district, 2026",
        rows=("干部姓名|企业名称|回避原因", "王一禾|虚构甲有限公司|亲属经商"), sheet="回避", desk=ON_RECORD,
        fields="cadre.name enterprise.name recusals.reason",
        stored={"recusals: staff_no uscc reason": (f"1001 {A} 亲属经商",)},
    ),
)  # fmt: skip
