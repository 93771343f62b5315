"""Sheets that name several persons beside an enterprise: leader and officer, the former and the present one."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, Layout

_KNOWN = "start_on end_on"
_GROUPS = (
    "序号|企业名称|牵头单位|包联领导|||服务专员||", "|||姓名|职务|电话|姓名|单位|电话",
    "1|虚构甲有限公司|发改局|钱五|副县长|19900000004|王一禾|经信局|19900000001",
)  # fmt: skip
_MERGED = ("D1:F1", "G1:I1", "A1:A2", "B1:B2", "C1:C2")
_OFFICER = {
    "cadres: staff_no name department title phone": (
        "1001 王一禾 经信局 - 19900000001", "1002 李双木 商务局 - 19900000002", "1003 赵三石 税务局 - 19900000003",
    ),
    "pairings: uscc staff_no": (f"{A} 1001",),
}  # fmt: skip
_LEADER = {
    "cadres: staff_no name department title phone": (
        "1001 王一禾 经信局 - 19900000001", "1002 李双木 商务局 - 19900000002", "1003 赵三石 税务局 - 19900000003",
        "1004 钱五 - 副县长 19900000004",
    ),
    "pairings: uscc staff_no": (f"{A} 1004",),
}  # fmt: skip
_CHANGED = {"pairings: uscc staff_no start_on": (f"{A} 1002 2026-11-23",)}

PERSONS = (
    Layout(
        name="两组：包联领导、服务专员", source="领导包联企业一览表, county, 2024", rows=_GROUPS, merged=_MERGED,
        desk=ON_RECORD, code=5, words=("包联领导姓名=cadre.name", "服务专员姓名=cadre.name", "deputy.name"),
    ),
    Layout(
        name="两组，专员上门", source="领导包联企业一览表, county, 2024", rows=_GROUPS, merged=_MERGED,
        desk=ON_RECORD, options=("--map", "服务专员姓名=cadre.name"),
        fields="- enterprise.name - - - - cadre.name cadre.department cadre.phone", assumed=_KNOWN, stored=_OFFICER,
        words=("牵头单位、包联领导姓名、包联领导职务、包联领导电话",),
    ),
    Layout(
        name="两组，领导不导入", source="领导包联企业一览表, county, 2024", rows=_GROUPS, merged=_MERGED,
        desk=ON_RECORD, options=("--map", "包联领导姓名=-"),
        fields="- enterprise.name - - - - cadre.name cadre.department cadre.phone", assumed=_KNOWN, stored=_OFFICER,
    ),
    Layout(
        name="两组，领导上门", source="领导包联企业一览表, county, 2024", rows=_GROUPS, merged=_MERGED,
        desk=ON_RECORD, options=("--map", "包联领导姓名=cadre.name"),
        fields="- enterprise.name - cadre.name cadre.title cadre.phone - - -", assumed="staff_no start_on end_on",
        stored=_LEADER,
    ),
    Layout(
        name="两组，专员不导入", source="领导包联企业一览表, county, 2024", rows=_GROUPS, merged=_MERGED,
        desk=ON_RECORD, options=("--map", "服务专员姓名=-"),
        fields="- enterprise.name - cadre.name cadre.title cadre.phone - - -", assumed="staff_no start_on end_on",
        stored=_LEADER,
    ),
    Layout(
        name="两组，领导作副", source="领导包联企业一览表, county, 2024",
        rows=(*_GROUPS[:2], "1|虚构甲有限公司|发改局|李双木|副县长|19900000002|王一禾|经信局|19900000001"),
        merged=_MERGED, desk=ON_RECORD, options=("--map", "包联领导姓名=deputy.name"),
        fields="- enterprise.name - deputy.name - - cadre.name cadre.department cadre.phone", assumed=_KNOWN,
        stored={"pairings: uscc staff_no deputy": (f"{A} 1001 1002",)},
    ),
    Layout(
        name="带队领导与服务专员", source="企业服务队名单, county, 2025",
        rows=("企业名称|带队领导|职务|服务专员|单位", "虚构甲有限公司|钱五|副县长|王一禾|经信局"),
        desk=ON_RECORD, code=5,
        words=("带队领导=cadre.name", "服务专员=cadre.name"),
    ),
    Layout(
        name="走访领导、走访干部", source="走访台账, district, 2024",
        rows=("企业名称|走访领导|走访干部|走访日期", "虚构甲有限公司|王一禾|李双木|2026-11-20"), desk=ON_RECORD, code=5,
        words=("走访领导=cadre.name", "走访干部=cadre.name"),
    ),
    Layout(
        name="原服务专员、现服务专员", source="服务专员调整名单, district, 2026",
        rows=("企业名称|原服务专员|现服务专员|联系电话", "虚构甲有限公司|王一禾|李双木|19900000002"), desk=ON_RECORD,
        fields="enterprise.name - cadre.name cadre.phone", assumed=_KNOWN, stored=_CHANGED,
        words=("未导入（不是服务这家企业的人）：原服务专员",),
    ),
    Layout(
        name="调整前后两组", source="包联干部调整表, county, 2025",
        rows=("企业名称|调整前||调整后|", "|包联干部|电话|包联干部|电话",
            "虚构甲有限公司|王一禾|19900000001|李双木|19900000002",
        ),
        merged=("A1:A2", "B1:C1", "D1:E1"), desk=ON_RECORD,
        fields="enterprise.name - - cadre.name cadre.phone", assumed=_KNOWN, stored=_CHANGED,
        words=("调整前包联干部、调整前电话",),
    ),
    Layout(
        name="办公电话和手机", source="包联干部通讯录, district, 2025",
        rows=("企业名称|包联干部|办公电话|手机号码", "虚构甲有限公司|王一禾|22034567|19900000021"), desk=ON_RECORD,
        fields="enterprise.name cadre.name - cadre.phone", assumed=_KNOWN, words=("同一人的第二个电话",),
        stored={"cadres: staff_no phone": ("1001 19900000021", "1002 19900000002", "1003 19900000003")},
    ),
    Layout(
        name="干部只有办公电话", source="包联干部通讯录, district, 2025",
        rows=("企业名称|包联干部|办公电话", "虚构甲有限公司|王一禾|22034567"), desk=ON_RECORD,
        fields="enterprise.name cadre.name cadre.phone", assumed=_KNOWN,
        stored={"cadres: staff_no phone": ("1001 22034567", "1002 19900000002", "1003 19900000003")},
    ),
    Layout(
        name="花名册有座机和手机", source="干部花名册, county, 2025",
        rows=("工号|姓名|手机|座机", "1001|王一禾|19900000001|22034567"),
        fields="cadres.staff_no cadres.name cadres.phone -",
        stored={"cadres: staff_no phone": ("1001 19900000001",)},
    ),
)  # fmt: skip
