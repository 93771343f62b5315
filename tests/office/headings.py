"""Sheets whose headers take several rows, or come again: groups that are not merged, sections with headings."""

from __future__ import annotations

from tests.office.layout import ON_RECORD, A, B, Layout

_KNOWN = "start_on end_on"
_GROUPED = "- enterprise.name cadre.name cadre.title cadre.phone"
_PAIRED = {
    "cadres: staff_no title phone": ("1001 科长 19900000001", "1002 科员 19900000002", "1003 - 19900000003"),
    "pairings: uscc staff_no": (f"{A} 1001", f"{B} 1002"),
}
_HEAD = "序号|企业名称|统一社会信用代码|是否规上"
_LISTED = "- enterprises.name enterprises.uscc enterprises.above_scale"
_PLACED = {"enterprises: name subdistrict": ("虚构甲有限公司 城东街道", "虚构乙有限公司 城西街道")}

HEADINGS = (
    Layout(
        name="两行表头，只合并分组", source="包联分工表, district, 2025",
        rows=(
            "序号|企业名称|包联干部||", "||姓名|职务|电话", "1|虚构甲有限公司|王一禾|科长|19900000001",
            "2|虚构乙有限公司|李双木|科员|19900000002",
        ),
        merged=("C1:E1",), desk=ON_RECORD, fields=_GROUPED, assumed=_KNOWN, stored=_PAIRED,
    ),
    Layout(
        name="两行表头，没有合并", source="包联分工表 saved as CSV and back, district, 2025",
        rows=(
            "包联分工表", "序号|企业名称|包联干部||", "||姓名|职务|电话", "1|虚构甲有限公司|王一禾|科长|19900000001",
            "2|虚构乙有限公司|李双木|科员|19900000002",
        ),
        desk=ON_RECORD, fields=_GROUPED, assumed=_KNOWN, stored=_PAIRED,
    ),
    Layout(
        name="两行表头重复出现", source="包联分工表 by page, district, 2025",
        rows=(
            "序号|企业名称|包联干部||", "||姓名|职务|电话", "1|虚构甲有限公司|王一禾|科长|19900000001",
            "序号|企业名称|包联干部||", "||姓名|职务|电话", "2|虚构乙有限公司|李双木|科员|19900000002",
        ),
        merged=("C1:E1",), desk=ON_RECORD, fields=_GROUPED, assumed=_KNOWN, stored=_PAIRED,
    ),
    Layout(
        name="各街道一段，每段有标题和表头", source="规上企业名录, district, 2025",
        rows=(
            "一、城东街道", _HEAD, f"1|虚构甲有限公司|{A}|是", "二、城西街道（1家）", _HEAD, f"1|虚构乙有限公司|{B}|是",
        ),
        fields=_LISTED, assumed="enrolled_on subdistrict", stored=_PLACED, words=("第 4 行是下面各行的小标题",),
    ),
    Layout(
        name="各街道一段，有小计，标题在名称列", source="规上企业名录, district, 2024",
        rows=(
            "企业名称|统一社会信用代码|是否规上", "（一）城东街道", f"虚构甲有限公司|{A}|是", "小计|1家|",
            "城西街道（1家）", f"虚构乙有限公司|{B}|是", "合计：2家",
        ),
        fields="enterprises.name enterprises.uscc enterprises.above_scale", assumed="enrolled_on subdistrict",
        stored=_PLACED,
    ),
    Layout(
        name="按行业分段", source="规上企业名录, county, 2024",
        rows=(
            "城东街道规上企业", _HEAD, "一、工业", f"1|虚构甲有限公司|{A}|是", "二、服务业", f"1|虚构乙有限公司|{B}|是",
        ),
        fields=_LISTED, assumed="enrolled_on subdistrict", words=("一、工业", "二、服务业"),
        stored={"enterprises: name subdistrict": ("虚构甲有限公司 城东街道", "虚构乙有限公司 城东街道")},
    ),
    Layout(
        name="每格都是几家企业", source="干部联企名单, county, 2025",
        rows=(
            "姓名|部门|包联企业", "王一禾|经信局|虚构甲有限公司、虚构乙有限公司",
            "李双木|商务局|虚构丙厂，虚构丁有限公司",
        ),
        desk=ON_RECORD, code=5, words=("虚构甲有限公司、虚构乙有限公司", "虚构丙厂、虚构丁有限公司", "每家一行"),
    ),
    Layout(
        name="包联企业只写户数", source="干部花名册, county, 2025",
        rows=("姓名|部门|职务|包联企业", "王一禾|经信局|科长|3家", "李双木|商务局|科员|2"), desk=ON_RECORD,
        fields="cadres.name cadres.department cadres.title -", words=("是户数，不是名称",),
        stored={"cadres: staff_no title": ("1001 科长", "1002 科员", "1003 -"), "pairings: uscc": ()},
    ),
)  # fmt: skip
