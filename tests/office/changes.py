"""Sheets that tell what changed: who left, acts for another or moved away, a former name, the day of a change."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, B, C, D, Layout

_KNOWN = "start_on end_on"
_LIST = "统一社会信用代码|企业名称"
_OWN = "enterprises.uscc enterprises.name"
_REGISTER = f"{_LIST}|是否规上|入库日期|经营状态"
_STATE = f"{_OWN} enterprises.above_scale enterprises.enrolled_on enterprises.status"

CHANGES = (
    Layout(
        name="一格两个联系人", source="企业通讯录, county, 2024",
        rows=(f"{_LIST}|联系人|联系电话", f"{A}|虚构甲有限公司|周厂长/李会计|19900000011",
            f"{B}|虚构乙有限公司|张甲 19900000012、陈乙 19900000013|",
        ),
        fields=f"{_OWN} enterprises.contact_name enterprises.contact_phone", asked="contacts contacts",
        words=("联系人记为 周厂长", "李会计"),
        stored={
            "enterprises: name contact_name contact_phone": (
                "虚构甲有限公司 周厂长 19900000011", "虚构乙有限公司 张甲 19900000012",
            ),
        },
    ),
    Layout(
        name="括注原名、曾用名", source="规上企业名单, city, 2024",
        rows=(
            _LIST, f"{A}|虚构甲有限公司（原虚构己（集团）有限公司）", f"{B}|虚构乙有限公司(曾用名：虚构庚厂)",
            f"{C}|虚构丙有限公司（停产）（原名虚构辛厂）", f"{D}|虚构丁（原料）有限公司",
        ),
        fields=_OWN, asked="at_a_standstill name name name", words=("虚构甲有限公司（原虚构己（集团）有限公司）",),
        stored={
            "enterprises: name": ("虚构甲有限公司", "虚构乙有限公司", "虚构丙有限公司", "虚构丁（原料）有限公司"),
        },
    ),
    Layout(
        name="分工表里的原名", source="包联分工表, city, 2024",
        rows=("企业名称|包联干部", "虚构甲有限公司（原虚构己有限公司）|王一禾"), desk=ON_RECORD,
        fields="enterprise.name cadre.name", assumed=_KNOWN, stored={"pairings: uscc staff_no": (f"{A} 1001",)},
    ),
    Layout(
        name="姓名后括注代", source="包联分工表, county, 2025",
        rows=("企业名称|包联干部", "虚构甲有限公司|王一禾（代）", "虚构乙有限公司|李双木（商务局）"), desk=ON_RECORD,
        fields="enterprise.name cadre.name", assumed=_KNOWN, asked="remark", words=("“代”未导入",),
        stored={"pairings: uscc staff_no": (f"{A} 1001", f"{B} 1002")},
    ),
    Layout(
        name="花名册姓名后括注代理", source="干部花名册, county, 2025",
        rows=("姓名|部门", "王一禾（代理）|经信局"), options=("--number-cadres",),
        fields="cadres.name cadres.department",
        assumed="staff_no", asked="name", stored={"cadres: staff_no name": ("1001 王一禾",)},
    ),
    Layout(
        name="有工号的花名册括注代理", source="干部花名册, county, 2025",
        rows=("工号|姓名|部门", "1001|王一禾（代理）|经信局"), fields="cadres.staff_no cadres.name cadres.department",
        asked="name", words=("原样保留",), stored={"cadres: staff_no name": ("1001 王一禾（代理）",)},
    ),
    Layout(
        name="行业列写代码", source="规上企业名录, district, 2025",
        rows=(f"{_LIST}|行业|是否规上|入库日期", f"{A}|虚构甲有限公司|C3441|是|2024-01-01"),
        fields=f"{_OWN} enterprises.industry_code enterprises.above_scale enterprises.enrolled_on",
        stored={"enterprises: name industry_code": ("虚构甲有限公司 C3441",)},
    ),
    Layout(
        name="所属行业写文字", source="规上企业名录, district, 2025",
        rows=(f"{_LIST}|所属行业|是否规上|入库日期", f"{A}|虚构甲有限公司|泵制造|是|2024-01-01"),
        fields=f"{_OWN} - enterprises.above_scale enterprises.enrolled_on", words=("请补“行业代码”列",),
        stored={"enterprises: name industry_code": ("虚构甲有限公司 -",)},
    ),
    Layout(
        name="花名册写是否在岗", source="干部花名册, district, 2025",
        rows=("工号|姓名|部门|是否在岗", "1001|王一禾|经信局|否", "1002|李双木|商务局|是"), desk=ON_RECORD,
        fields="cadres.staff_no cadres.name cadres.department cadres.in_post", assumed="left_on",
        stored={"cadres: staff_no left_on": ("1001 2026-11-23", "1002 -", "1003 -")},
    ),
    Layout(
        name="花名册写人员状态和离任日期", source="干部花名册, district, 2025",
        rows=("工号|姓名|人员状态|离任日期", "1001|王一禾|已退休|2026-06-30", "1002|李双木|在岗|"),
        fields="cadres.staff_no cadres.name cadres.in_post cadres.left_on",
        stored={"cadres: staff_no left_on": ("1001 2026-06-30", "1002 -")},
    ),
    Layout(
        name="花名册备注里写调离", source="干部花名册, county, 2025",
        rows=("工号|姓名|备注", "1001|王一禾|2026年3月调离", "1002|李双木|组长"), code=5,
        words=("备注=cadres.in_post", "备注=-"),
    ),
    Layout(
        name="分工表里的干部已不在岗", source="包联分工表, district, 2025",
        rows=("企业名称|包联干部|是否在岗", "虚构甲有限公司|王一禾|否", "虚构乙有限公司|李双木|是"), desk=ON_RECORD,
        code=5, asked="left_post", words=("已不在任",),
    ),
    Layout(
        name="是否党员不是是否在岗", source="干部花名册, district, 2025",
        rows=("工号|姓名|是否党员", "1001|王一禾|否", "1002|李双木|是"), fields="cadres.staff_no cadres.name -",
        stored={"cadres: staff_no left_on": ("1001 -", "1002 -")},
    ),
    Layout(
        name="调整时间", source="服务专员调整名单, district, 2026",
        rows=("企业名称|原服务专员|现服务专员|调整时间", "虚构甲有限公司|王一禾|李双木|2026-11-01"), desk=ON_RECORD,
        fields="enterprise.name - cadre.name pairings.start_on", assumed="end_on",
        stored={"pairings: uscc staff_no start_on": (f"{A} 1002 2026-11-01",)},
    ),
    Layout(
        name="已迁出本区", source="在库企业清单, district, 2025",
        rows=(_REGISTER, f"{A}|虚构甲有限公司|是|2024-01-01|已迁出本区", f"{B}|虚构乙有限公司|是|2024-01-01|存续"),
        fields=_STATE, asked="struck_off",
        stored={"enterprises: name above_scale": ("虚构甲有限公司 false", "虚构乙有限公司 true")},
    ),
    Layout(
        name="破产清算", source="在库企业清单, district, 2025",
        rows=(_REGISTER, f"{A}|虚构甲有限公司|是|2024-01-01|破产清算", f"{B}|虚构乙有限公司|是|2024-01-01|存续"),
        code=5,
        words=("是否已退库",),
    ),
)  # fmt: skip
