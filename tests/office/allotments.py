"""Sheets that allot enterprises to cadres: several cadres, several enterprises, names that nobody knows."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, B, C, Layout

_NOBODY = {"enterprises: name contact_name contact_phone": ("虚构甲有限公司 - -",)}
_PAIR = {"pairings: uscc staff_no start_on": (f"{A} 1001 2026-11-23",)}
_NEW = "staff_no start_on end_on"
_KNOWN = "start_on end_on"

ALLOTMENTS = (
    Layout(
        name="一格两人", source="部门包联分工, district, 2021",
        rows=("企业名称|包联干部", "虚构甲有限公司|王一禾、李双木", "虚构乙有限公司|赵三石 李双木"), desk=ON_RECORD,
        fields="enterprise.name cadre.name", assumed=_KNOWN,
        stored={"pairings: uscc staff_no deputy": (f"{A} 1001 1002", f"{B} 1003 1002")},
    ),
    Layout(
        name="一格两人两电话，换行", source="包保责任表, county, 2022",
        rows=(
            "统一社会信用代码|企业名称|包保干部|联系电话",
            f"{A}|虚构甲有限公司|王一禾\\n李双木|19900000001\\n19900000002",
        ),
        fields="pairings.uscc enterprise.name cadre.name cadre.phone", assumed=_NEW,
        stored={"cadres: staff_no name phone": ("1001 王一禾 19900000001", "1002 李双木 19900000002"), **_NOBODY},
    ),
    Layout(
        name="姓名和电话同格", source="企业安全包保公示, county, 2024",
        rows=("企业名称|包保责任人及电话", "虚构甲有限公司|王一禾 19900000001"), desk=ON_RECORD,
        fields="enterprise.name cadre.name", assumed=_KNOWN, stored=_PAIR,
    ),
    Layout(
        name="一名干部，几家企业合并单元格", source="干部包企名单, town, 2023",
        rows=("包企干部|企业名称", "王一禾|虚构甲有限公司", "|虚构乙有限公司"), merged=("A2:A3",), desk=ON_RECORD,
        fields="cadre.name enterprise.name", assumed=_KNOWN,
        stored={"pairings: uscc staff_no": (f"{A} 1001", f"{B} 1001")},
    ),
    Layout(
        name="企业、街道、规上、工号、姓名、部门一张表", source="企业服务总台账, district, 2025",
        rows=(
            "统一社会信用代码|企业名称|街道|是否规上|工号|姓名|部门",
            f"{A}|虚构甲有限公司|城东街道|是|1001|王一禾|经信局",
        ),
        fields="pairings.uscc enterprise.name enterprise.subdistrict enterprise.above_scale pairings.staff_no"
        " cadre.name cadre.department",
        assumed="enrolled_on start_on end_on",
        stored={
            "cadres: staff_no name department subdistrict": ("1001 王一禾 经信局 -",),
            "enterprises: name subdistrict above_scale": ("虚构甲有限公司 城东街道 true",),
        },
    ),
    Layout(
        name="代码与名称不一致", source="结对表 whose rows slipped, district, 2023",
        rows=("统一社会信用代码|企业名称|工号|干部姓名|开始日期", f"{A}|虚构乙有限公司|1002|李双木|2026-11-01"),
        desk=ON_RECORD, code=5, words=("虚构甲有限公司", "虚构乙有限公司"),
    ),
    Layout(
        name="工号与姓名不一致", source="结对表 whose rows slipped, district, 2023",
        rows=("统一社会信用代码|企业名称|工号|干部姓名|开始日期", f"{A}|虚构甲有限公司|1002|王一禾|2026-11-01"),
        desk=ON_RECORD, code=5, words=("李双木", "王一禾"),
    ),
    Layout(
        name="企业名称、结对干部、开始日期", source="结对名单, subdistrict, 2026",
        rows=("企业名称|结对干部|开始日期", "虚构甲有限公司|王一禾|2026-11-01"), desk=ON_RECORD,
        fields="enterprise.name cadre.name pairings.start_on", assumed="end_on",
        stored={"pairings: uscc staff_no start_on": (f"{A} 1001 2026-11-01",)},
    ),
    Layout(
        name="名册中没有的企业名称", source="结对名单, subdistrict, 2026",
        rows=("企业名称|结对干部", "虚构丁有限公司|王一禾", "虚构甲有限公司|王一禾"), desk=ON_RECORD,
        code=5, words=("虚构丁有限公司",),
    ),
    Layout(
        name="驻企服务员、手机", source="驻企服务员名单, city, 2020",
        rows=("序号|企业名称|驻企服务员|单位及职务|手机", "1|虚构甲有限公司|王一禾|经信局科长|19900000001"),
        desk=ON_RECORD, fields="- enterprise.name cadre.name cadre.title cadre.phone", assumed=_KNOWN, stored=_PAIR,
    ),
    Layout(
        name="首席服务官", source="首席服务官名单, development zone, 2024",
        rows=("企业名称|首席服务官|职务|联系方式", "虚构甲有限公司|王一禾|科长|19900000001"), desk=ON_RECORD,
        fields="enterprise.name cadre.name cadre.title cadre.phone", assumed=_KNOWN, stored=_PAIR,
    ),
    Layout(
        name="企业秘书", source="企业秘书公示, subdistrict, 2025",
        rows=("企业名称|企业秘书|联系电话", "虚构甲有限公司|王一禾|19900000001"), desk=ON_RECORD,
        fields="enterprise.name cadre.name cadre.phone", assumed=_KNOWN,
        stored={**_PAIR, "enterprises: name contact_phone": ("虚构甲有限公司 -", "虚构乙有限公司 -")},
    ),
    Layout(
        name="结对单位、结对干部、干部联系方式", source="结对帮扶系统, county, 2021",
        rows=("企业名称|结对单位|结对干部|干部联系方式", "虚构甲有限公司|经信局|王一禾|19900000001"), desk=ON_RECORD,
        fields="enterprise.name cadre.department cadre.name cadre.phone", assumed=_KNOWN, stored=_PAIR,
    ),
    Layout(
        name="备注列写停产", source="包联分工表, county, 2022",
        rows=("统一社会信用代码|企业名称|经营状态|包联干部", f"{C}|虚构丙有限公司|注销|王一禾"), desk=ON_RECORD,
        fields="pairings.uscc enterprise.name enterprise.status cadre.name", assumed=_KNOWN, asked="struck_off",
        stored={
            "enterprises: name above_scale": (
                "虚构甲有限公司 true", "虚构乙有限公司 true", "虚构丙有限公司 false",
            ),
        },
    ),
)  # fmt: skip
