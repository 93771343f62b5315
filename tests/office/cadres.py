"""Lists of cadres: 干部花名册, 通讯录."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, Layout

_ROLL = {"cadres: staff_no name department phone": ("1001 王一禾 经信局 19900000001", "1002 李双木 商务局 19900000002")}
CADRES = (
    Layout(
        name="花名册没有工号", source="干部花名册, district, 2025",
        rows=("序号|姓名|性别|部门|职务|手机", "1|王一禾|女|经信局|科长|19900000001"), code=5,
        words=("--number-cadres",),
    ),
    Layout(
        name="同一花名册，编工号", source="干部花名册, district, 2025",
        rows=(
            "序号|姓名|性别|部门|职务|手机", "1|王一禾|女|经信局|科长|19900000001",
            "2|李双木|男|商务局|科员|19900000002",
        ),
        options=("--number-cadres",), fields="- cadres.name - cadres.department cadres.title cadres.phone",
        assumed="staff_no", stored=_ROLL,
    ),
    Layout(
        name="职级并行", source="公务员花名册, county, 2024",
        rows=("工号|姓名|职级", "1001|王一禾|一级主任科员", "1002|李双木|四级调研员", "1003|赵三石|二级科员"),
        fields="cadres.staff_no cadres.name cadres.rank",
        stored={"cadres: staff_no rank": ("1001 3", "1002 4", "1003 1")},
    ),
    Layout(
        name="同名两人，部门不同", source="干部花名册, city, 2025",
        rows=("姓名|部门", "王一禾|经信局", "王一禾|商务局"), options=("--number-cadres",),
        fields="cadres.name cadres.department", assumed="staff_no",
        stored={"cadres: staff_no name department": ("1001 王一禾 经信局", "1002 王一禾 商务局")},
    ),
    Layout(
        name="在册干部按姓名更新", source="干部通讯录, district, 2026",
        rows=("姓名|职务|手机", "王一禾|科长|19900000001"), desk=ON_RECORD,
        fields="cadres.name cadres.title cadres.phone",
        stored={"cadres: staff_no name title": ("1001 王一禾 科长", "1002 李双木 -", "1003 赵三石 -")},
    ),
    Layout(
        name="姓名里带电话", source="联络员名单, town, 2023",
        rows=("工号|姓名|部门", "1001|王一禾19900000001|经信局"),
        fields="cadres.staff_no cadres.name cadres.department",
        asked="name", stored={"cadres: staff_no name phone": ("1001 王一禾 19900000001",)},
    ),
    Layout(
        name="编号不是工号", source="干部花名册, county, 2022",
        rows=("编号|姓名|部门", "17|王一禾|经信局"), code=5, words=("编号", "--number-cadres"),
    ),
    Layout(
        name="部门合并单元格", source="干部花名册, district, 2024",
        rows=("部门|工号|姓名|手机", "经信局|1001|王一禾|19900000001", "|1002|李双木|19900000002"), merged=("A2:A3",),
        fields="cadres.department cadres.staff_no cadres.name cadres.phone",
        stored={"cadres: staff_no department": ("1001 经信局", "1002 经信局")},
    ),
    Layout(
        name="花名册带联系企业", source="干部联系企业名册, district, 2025",
        rows=("部门|姓名|职务|手机|联系企业", "经信局|王一禾|科长|19900000001|虚构甲有限公司"), desk=ON_RECORD,
        fields="cadre.department cadre.name cadre.title cadre.phone enterprise.name", assumed="start_on end_on",
        stored={"pairings: uscc staff_no": (f"{A} 1001",)},
    ),
)  # fmt: skip
