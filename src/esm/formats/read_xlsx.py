"""Reads an Excel workbook, .xlsx or .xls: every sheet as raw cells that stand where Excel shows them."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import unescape
from io import BytesIO
from posixpath import basename, join, normpath

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from esm.domain.cell_text import NO_RESULT, RawCell
from esm.errors import InputRefused, Message, say
from esm.sheets.grid import Grid
