"""Sheets that allot enterprises to cadres: 包联分工表, 挂钩联系表, 结对帮扶名单."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, Layout

_CADRE = {"cadres: staff_no name title phone": ("1001 王一禾 科长 19900000001",)}
_NOBODY = {"enterprises: name contact_name contact_phone": ("虚构甲有限公司 - -",)}
_PAIR = {"pairings: uscc staff_no start_on": (f"{A} 1001 2026-11-23",)}
_NEW = "staff_no start_on end_on"
_KNOWN = "start_on end_on"

PAIRINGS = (
    Layout(
        name="专员、职务、电话", source="包联分工表, district, 2023",
        rows=("统一社会信用代码|企业名称|服务专员|职务|联系电话", f"{A}|虚构甲有限公司|王一禾|科长|19900000001"),
        fields="pairings.uscc enterprise.name cadre.name cadre.title cadre.phone", assumed=_NEW,
        stored={**_CADRE, **_NOBODY, **_PAIR},
    ),
    Layout(
        name="企业联系人与专员各有电话", source="企业服务专员名单, district, 2022",
        rows=(
            "企业名称|统一社会信用代码|企业联系人|企业联系电话|服务专员|职务|联系电话",
            f"虚构甲有限公司|{A}|张甲|19900000011|王一禾|科长|19900000001",
        ),
        fields="enterprise.name pairings.uscc enterprise.contact_name enterprise.contact_phone cadre.name cadre.title"
        " cadre.phone",
        assumed=_NEW,
        stored={**_CADRE, "enterprises: name contact_name contact_phone": ("虚构甲有限公司 张甲 19900000011",)},
    ),
    Layout(
        name="两行表头：企业联系人、包联干部", source="规上工业企业包联表, county, 2021",
        rows=(
            "序号|企业名称|统一社会信用代码|企业联系人||包联干部||",
            "|||姓名|电话|姓名|职务|电话",
            f"1|虚构甲有限公司|{A}|张甲|19900000011|王一禾|科长|19900000001",
        ),
        merged=("D1:E1", "F1:H1", "A1:A2", "B1:B2", "C1:C2"),
        fields="- enterprise.name pairings.uscc enterprise.contact_name enterprise.contact_phone cadre.name cadre.title"
        " cadre.phone",
        assumed=_NEW,
        stored={**_CADRE, "enterprises: name contact_name contact_phone": ("虚构甲有限公司 张甲 19900000011",)},
    ),
    Layout(
        name="干部在前、企业在后", source="干部联企名册, town, 2024",
        rows=("序号|联企干部|职务|联系电话|企业名称|统一社会信用代码|地址",
        f"1|王一禾|科长|19900000001|虚构甲有限公司|{A}|一路1号"),
        fields="- cadre.name cadre.title cadre.phone enterprise.name pairings.uscc enterprise.address", assumed=_NEW,
        stored={**_CADRE, **_NOBODY, **_PAIR},
    ),
    Layout(
        name="企业带电话，干部只有姓名", source="结对帮扶企业名单, district, 2020",
        rows=("企业名称|联系电话|结对干部", "虚构甲有限公司|19900000011|王一禾"), desk=ON_RECORD,
        fields="enterprise.name enterprise.contact_phone cadre.name", assumed=_KNOWN,
        stored={
            **_PAIR,
            "enterprises: name contact_phone": ("虚构甲有限公司 19900000011", "虚构乙有限公司 -"),
            "cadres: staff_no phone": ("1001 19900000001", "1002 19900000002", "1003 19900000003"),
        },
    ),
    Layout(
        name="电话不挨着任何人", source="重点企业服务表, county, 2019",
        rows=("企业名称|从业人数|联系电话|分级|服务专员", "虚构甲有限公司|30|19900000011|A|王一禾"), desk=ON_RECORD,
        code=5, words=("enterprise.contact_phone", "cadre.phone", "--map"),
    ),
    Layout(
        name="同一张表，用 --map 说明是谁的电话", source="重点企业服务表, county, 2019",
        rows=("企业名称|从业人数|联系电话|分级|服务专员", "虚构甲有限公司|30|19900000021|A|王一禾"), desk=ON_RECORD,
        options=("--map", "联系电话=cadre.phone"),
        fields="enterprise.name enterprise.employees cadre.phone enterprise.tier cadre.name", assumed=_KNOWN,
        stored={
            "enterprises: name tier contact_phone": ("虚构甲有限公司 A -", "虚构乙有限公司 C -"),
            "cadres: staff_no phone": ("1001 19900000021", "1002 19900000002", "1003 19900000003"),
        },
    ),
    Layout(
        name="责任单位后面的联系人", source="部门联系企业安排, district, 2021",
        rows=("企业名称|责任单位|联系人|联系电话", "虚构甲有限公司|经信局|王一禾|19900000001"), desk=ON_RECORD,
        code=5, words=("enterprise.contact_name", "cadre.name", "--map"),
    ),
    Layout(
        name="只有包联部门，没有人", source="县级部门包联企业, county, 2021",
        rows=("企业名称|包联部门", "虚构甲有限公司|经信局"), desk=ON_RECORD,
        code=5, words=("结对", "工号 / 姓名"),
    ),
    Layout(
        name="不认识的称呼，旁边有电话", source="网格服务队名单, subdistrict, 2025",
        rows=("统一社会信用代码|企业名称|服务队|联系电话", f"{A}|虚构甲有限公司|王一禾|19900000001"), code=5,
        words=("enterprise.contact_name", "cadre.name", "--map"),
    ),
    Layout(
        name="同一张表，用 --map 说明是干部", source="网格服务队名单, subdistrict, 2025",
        rows=("统一社会信用代码|企业名称|服务队|联系电话", f"{A}|虚构甲有限公司|王一禾|19900000001"),
        options=("--map", "服务队=cadre.name"),
        fields="pairings.uscc enterprise.name cadre.name cadre.phone", assumed=_NEW,
        stored={"cadres: staff_no name phone": ("1001 王一禾 19900000001",), **_NOBODY},
    ),
    Layout(
        name="姓名、电话，不知是谁的", source="企业通讯录, town, 2021",
        rows=("统一社会信用代码|企业名称|姓名|联系电话", f"{A}|虚构甲有限公司|张甲|19900000011"), code=5,
        words=("enterprise.contact_name", "cadre.name", "--map"),
    ),
    Layout(
        name="花名册一格两家企业", source="干部联企花名册, county, 2023",
        rows=("姓名|单位及职务|联系电话|包联企业", "王一禾|经信局科长|19900000001|虚构甲有限公司、虚构乙有限公司",
            "李双木|商务局科长|19900000002|虚构甲有限公司",
        ),
        desk=ON_RECORD, code=5, words=("每家一行", "虚构乙有限公司"),
    ),
    Layout(
        name="镇街包保干部、企业法人", source="镇街包保名单, county, 2024",
        rows=(
            "企业名称|企业地址|企业法人|联系电话|镇街包保干部|职务|联系电话",
            "虚构甲有限公司|一路1号|张甲|19900000011|王一禾|科长|19900000001",
        ),
        desk=ON_RECORD,
        fields="enterprise.name enterprise.address - - cadre.name cadre.title cadre.phone", assumed=_KNOWN,
        stored={**_PAIR, "enterprises: name contact_phone": ("虚构甲有限公司 -", "虚构乙有限公司 -")},
    ),
    Layout(
        name="对接部门、对接人", source="项目对接表, city, 2022",
        rows=("企业名称|对接部门|对接人|对接电话", "虚构甲有限公司|经信局|王一禾|19900000001"), desk=ON_RECORD, code=5,
        words=("enterprise.contact_name", "cadre.name", "--map"),
    ),
    Layout(
        name="问题清单不是结对", source="企业问题清单, county, 2023",
        rows=("序号|企业名称|存在问题|责任单位|责任人|完成时限", "1|虚构甲有限公司|道路积水|住建局|王一禾|2026-12-01"),
        desk=ON_RECORD, code=5,
    ),
    Layout(
        name="挂钩责任单位、责任人、联络人", source="挂钩企业一览, city, 2010",
        rows=(
            "企业名称|挂钩领导|挂钩责任单位|联络人|联络人电话",
            "虚构甲有限公司|王一禾|商务局|李双木|19900000002",
        ),
        desk=ON_RECORD, code=5, words=("--map",),
    ),
    Layout(
        name="领导与专员，领导不导入", source="挂钩企业一览, city, 2010",
        rows=("企业名称|挂钩领导|联络人|联络人电话", "虚构甲有限公司|王一禾|李双木|19900000002"), desk=ON_RECORD,
        options=("--map", "挂钩领导=-"), fields="enterprise.name - cadre.name cadre.phone", assumed=_KNOWN,
        stored={"pairings: uscc staff_no": (f"{A} 1002",)},
    ),
    Layout(
        name="领导作副", source="挂钩企业一览, city, 2010",
        rows=("企业名称|挂钩领导|联络人", "虚构甲有限公司|王一禾|李双木"), desk=ON_RECORD,
        options=("--map", "挂钩领导=deputy.name"), fields="enterprise.name deputy.name cadre.name", assumed=_KNOWN,
        stored={"pairings: uscc staff_no deputy": (f"{A} 1002 1001",)},
    ),
    Layout(
        name="营收目标、挂钩领导、责任处室", source="重点企业目标表, city, 2025",
        rows=("企业名称|营收目标（亿元）|挂钩领导|责任处室", "虚构甲有限公司|12|王一禾|经信局"), desk=ON_RECORD,
        fields="enterprise.name - cadre.name cadre.department", assumed=_KNOWN,
        stored={**_PAIR, "enterprises: name revenue": ("虚构甲有限公司 -", "虚构乙有限公司 -")},
    ),
    Layout(
        name="责任单位负责人与结对责任人", source="结对帮扶一览, county, 2017",
        rows=(
            "企业名称|责任单位|负责人|联系电话|结对帮扶责任人|职务|联系电话",
            "虚构甲有限公司|经信局|钱五|22034567|王一禾|科长|19900000001",
        ),
        desk=ON_RECORD, fields="enterprise.name cadre.department - - cadre.name cadre.title cadre.phone",
        assumed=_KNOWN,
        stored={
            "cadres: staff_no title phone": ("1001 科长 19900000001", "1002 - 19900000002", "1003 - 19900000003"),
            "enterprises: name contact_name contact_phone": ("虚构甲有限公司 - -", "虚构乙有限公司 - -"),
        },
    ),
    Layout(
        name="专班班长、专班电话、负责单位", source="企业包抓联平台, county, 2022",
        rows=(
            "包联企业|企业负责人|联系电话|专班班长|专班联系电话|专班负责单位",
            "虚构甲有限公司|张甲|19900000011|王一禾|19900000001|经信局",
        ),
        desk=ON_RECORD, fields="enterprise.name - - cadre.name cadre.phone cadre.department", assumed=_KNOWN,
        stored={**_PAIR, "enterprises: name contact_phone": ("虚构甲有限公司 -", "虚构乙有限公司 -")},
    ),
    Layout(
        name="A角、B角", source="企业服务AB角, development zone, 2023",
        rows=("企业名称|A角|B角", "虚构甲有限公司|王一禾|李双木"), desk=ON_RECORD,
        fields="enterprise.name cadre.name deputy.name", assumed=_KNOWN,
        stored={"pairings: uscc staff_no deputy": (f"{A} 1001 1002",)},
    ),
    Layout(
        name="A岗、B岗各有电话", source="企业服务AB岗, subdistrict, 2024",
        rows=(
            "统一社会信用代码|企业名称|A岗|联系电话|B岗|联系电话",
            f"{A}|虚构甲有限公司|王一禾|19900000001|李双木|19900000002",
        ),
        fields="pairings.uscc enterprise.name cadre.name cadre.phone deputy.name deputy.phone", assumed=_NEW,
        stored={
            "cadres: staff_no name phone": ("1001 王一禾 19900000001", "1002 李双木 19900000002"),
            "pairings: uscc staff_no deputy": (f"{A} 1001 1002",), **_NOBODY,
        },
    ),
)  # fmt: skip
