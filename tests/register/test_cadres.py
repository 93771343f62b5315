"""Ranks as the rules number them, and the days on which a cadre is in post (docs/rules.md, Pairing, Vocabulary)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from esm.domain.register.cadres import Cadre, Rank

FROM, LEFT = date(2026, 3, 1), date(2026, 9, 1)
DAY = timedelta(days=1)


def test_ranks_rise_from_one_to_five() -> None:
    assert [(int(rank), rank.chinese) for rank in Rank] == [
        (1, "科员"), (2, "副科"), (3, "正科"), (4, "副处"), (5, "正处"),
    ]  # fmt: skip
    assert Rank.parse("副处级") == 4


@pytest.mark.parametrize(("on", "is_in_post"), [(FROM - DAY, False), (FROM, True), (LEFT - DAY, True), (LEFT, False)])
def test_a_cadre_is_in_post_until_the_day_before_leaving(on: date, is_in_post: bool) -> None:
    assert Cadre(staff_no="1", name="尹虚一", active_from=FROM, left_on=LEFT).is_in_post(on) is is_in_post
    assert Cadre(staff_no="1", name="尹虚一", left_on=LEFT).is_in_post(on) is (on < LEFT)
