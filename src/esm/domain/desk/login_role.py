"""What a login of the server may do in a district."""

from __future__ import annotations

from esm.domain.values.codes import Code
from esm.errors import say


class LoginRole(Code):
    """What a login may be besides the owner: `app` runs every command, `reader` reads the views for other programs."""

    APP = "app", say("application"), "应用"
    READER = "reader", say("reader"), "只读"
    NONE = "none", say("no access"), "无权限"
