"""What becomes of the hidden sheets and rows of a file that is imported."""

from __future__ import annotations

from esm.domain.values.codes import Code
from esm.errors import say


class HiddenContent(Code):
    """Whether hidden sheets, and hidden or filtered rows, are imported."""

    TAKE = "take", say("take"), "导入"
    LEAVE = "leave", say("leave out"), "不导入"
