"""Parts of our own Word documents, for A4 as offices print it (GB/T 9704: margins, sizes, page numbers)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from esm.formats.write.cell_text import with_columns
from esm.sheets.sheet.sheet import Sheet

BODY, HEAD, TITLE = "仿宋", "黑体", "宋体"
_LATIN = "Times New Roman"
RED = RGBColor(0xC0, 0, 0)
_TEXTS = ("enterprise", "minutes", "subject", "text")  # the keys of columns that are not centred
_WIDTH = 156  # mm between the margins
_MARGIN = "40"  # twentieths of a point, in a cell
_CHINESE = "zh-CN"
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks: its size in points, its Chinese font, its place in the line."""

    size: float
    font: str = BODY
    align: WD_ALIGN_PARAGRAPH = LEFT
    is_bold: bool = False
    is_red: bool = False


class Paper:
    """A document that is written from top to bottom, in the language in use."""

    def __init__(self, title: str) -> None:
        self.is_chinese = _("yes") != "yes"
        self.document: WordDocument = Document()
        self.size = 16 if self.is_chinese else 11
        self._set_up(title)

    def _set_up(self, title: str) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(30), Mm(28)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = _LATIN, Pt(self.size)
        about = normal.element.get_or_add_rPr()
        about.get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
        about.append(_element("w:lang", val="en-GB", eastAsia=_CHINESE))
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.language = _CHINESE if self.is_chinese else "en"
        footer = section.footer.paragraphs[0]
        footer.alignment = CENTER
        footer.add_run("— ")
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            footer.add_run()._r.append(_field(kind, text))
        footer.add_run(" —")

    def line(self, text: str, look: Look | None = None, *, is_indented: bool = False, space: float = 0) -> Paragraph:
        """Write one paragraph; one that is indented begins two characters in, as Chinese text has it."""
        paragraph = self.document.add_paragraph()
        about = paragraph.paragraph_format
        about.space_before, about.space_after = Pt(space), Pt(0 if self.is_chinese else 4)
        about.line_spacing_rule = WD_LINE_SPACING.SINGLE
        if look is None and self.is_chinese:
            about.line_spacing = Pt(28)
        if is_indented and self.is_chinese:
            about.first_line_indent = Pt(2 * self.size)
        found = look or Look(self.size)
        paragraph.alignment = found.align
        _dress(paragraph.add_run(text), found)
        return paragraph

    def heading(self, text: str) -> None:
        """Write the heading of a section; it stays with what follows."""
        look = Look(self.size, HEAD, is_bold=not self.is_chinese)
        paragraph = self.line(text, look, is_indented=True, space=6)
        paragraph.paragraph_format.keep_with_next = True

    def tag(self, text: str) -> None:
        """Write a paragraph that a filled document does not have: `{%p … %}`."""
        self.document.add_paragraph(text)

    def paragraph(self, text: str) -> None:
        """Write a paragraph of the text."""
        self.line(text, is_indented=True, space=6)

    def paragraphs(self, name: str) -> None:
        """Write every paragraph of a list that the values have."""
        self.tag(f"{{%p for text in {name} %}}")
        self.line("{{ text }}", is_indented=True)
        self.tag("{%p endfor %}")

    def remarks(self) -> None:
        """Write the notes of the report, and up to which operation it knows where that was asked for."""
        self.tag("{%p for text in notes %}")
        self.line("{{ text }}", Look(10.5), space=4)
        self.tag("{%p endfor %}")
        self.tag('{%p if "known_at" in fact %}')
        self.line(_("Known up to operation {number}.").format(number="{{ fact.known_at }}"), Look(10.5), space=4)
        self.tag("{%p endif %}")

    def rule(self, paragraph: Paragraph) -> None:
        """Draw a red line under a paragraph."""
        borders = _element("w:pBdr")
        borders.append(_element("w:bottom", val="single", sz="12", space="4", color="C00000"))
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def listing(self, sheet: Sheet, widths: Sequence[int], *, name: str) -> Table:
        """Write a table with a row for each row that the values have under `name`; `widths` are shares of the page.

        Columns that people do not see are left out; a template can name them all the same.
        """
        columns = with_columns(sheet, [column.table for column in sheet.columns]).columns
        table: Table = self.document.add_table(rows=4, cols=len(columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for number, column in enumerate(columns):
            self._fill(table, (0, number), column.label, is_head=True, is_left=False)
            is_left = number == 0 or column.key in _TEXTS
            self._fill(table, (2, number), f"{{{{ row.{column.key} }}}}", is_head=False, is_left=is_left)
        self._fill(table, (1, 0), f"{{%tr for row in {name}.rows %}}", is_head=False, is_left=True)
        self._fill(table, (3, 0), "{%tr endfor %}", is_head=False, is_left=True)
        set_widths(table, widths)
        margins = _element("w:tblCellMar")
        margins.extend(_element(f"w:{side}", w=_MARGIN, type="dxa") for side in ("left", "right"))
        table._tbl.tblPr.append(margins)
        head = table.rows[0]._tr.get_or_add_trPr()
        for row in table.rows:
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        head.append(_element("w:tblHeader"))
        return table

    def _fill(self, table: Table, at: tuple[int, int], text: str, *, is_head: bool, is_left: bool) -> None:
        cell = table.cell(*at)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = LEFT if is_left else CENTER
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        _dress(paragraph.add_run(text), Look(9, HEAD if is_head else TITLE, is_bold=is_head))
        if is_head:
            cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="EDEDED"))

    def form(self, title: str, texts: Sequence[str], lines: Sequence[str]) -> None:
        """Write a table to fill in: room for some texts, then short entries, two a row, to sign."""
        heading = self.line(title, Look(12, HEAD, CENTER), space=12)
        heading.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=len(texts) + len(lines) // 2, cols=4, style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        set_widths(table, (3, 5, 3, 5))
        for number, text in enumerate(texts):
            self._fill(table, (number, 0), text, is_head=True, is_left=False)
            table.cell(number, 1).merge(table.cell(number, 3))
            table.rows[number].height = Mm(20)
        for number, text in enumerate(lines):
            self._fill(table, (len(texts) + number // 2, number % 2 * 2), text, is_head=True, is_left=False)
        for cell in table._cells[:-4]:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for row in table.rows:
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            row.height = row.height or Mm(10)

    def content(self) -> bytes:
        """Return the document."""
        buffer = BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Give the columns these shares of the width of the page."""
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Mm(_WIDTH * share / sum(widths))
        for cell in column.cells:
            cell.width = column.width


def _dress(run: Run, look: Look) -> None:
    run.font.size, run.font.bold, run.font.name = Pt(look.size), look.is_bold, _LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)
    if look.is_red:
        run.font.color.rgb = RED


def _field(kind: str, text: str) -> BaseOxmlElement:
    if kind:
        return _element("w:fldChar", fldCharType=kind)
    found = _element("w:instrText")
    found.text = text
    return found


def _element(tag: str, **values: str) -> BaseOxmlElement:
    found: BaseOxmlElement = OxmlElement(tag)
    for key, value in values.items():
        found.set(qn(f"w:{key}"), value)
    return found
