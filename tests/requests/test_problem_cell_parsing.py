"""What stands under 存在问题: none, a request, several, or what nobody can tell."""

from __future__ import annotations

import pytest

from esm.domain.requests.problem_cell_parsing import doubt_of, numbered_points, says_none


@pytest.mark.parametrize(
    "words",
    [
        "无",
        "暂无困难",
        "无新增诉求",
        "生产正常",
        "企业经营良好。",
        "企业反映一切正常",
        "无明显困难",
        "运行平稳，暂无诉求",
        "无问题、无诉求",
        "企业暂无问题及诉求",
        "没有问题、诉求",
        "暂无需要协调解决的问题",
        "企业未提出诉求",
        "用工情况稳定",
    ],
)
def test_words_that_say_there_is_none(words: str) -> None:
    assert says_none(words)


@pytest.mark.parametrize(
    "words",
    [
        "缺两名焊工",
        "无土地证",
        "没有厂房",
        "未解决的用电问题",
        "无人机订单不足",
        "无法招到焊工",
        "没有解决的老问题",
        "用电正常，缺工",
        "道路太窄",
        "良好的环境尚需营造",
    ],
)
def test_words_that_ask_for_something(words: str) -> None:
    assert not says_none(words)
    assert doubt_of(words) is None


@pytest.mark.parametrize(
    "words", ["同上次", "情况同上", "详见附件", "经营良好，设备已投产", "暂无诉求，但希望多宣传政策"]
)
def test_words_by_which_nobody_can_tell(words: str) -> None:
    assert not says_none(words)
    assert doubt_of(words) is not None


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("1.缺焊工；2.道路窄", ("缺焊工", "道路窄")),
        ("1、缺焊工\n2、道路窄。", ("缺焊工", "道路窄")),
        ("一、缺焊工；二、道路窄", ("缺焊工", "道路窄")),
        ("（1）缺焊工（2）道路窄", ("缺焊工", "道路窄")),
        ("①缺焊工②道路窄", ("缺焊工", "道路窄")),
        ("1. 用电1.5万度不足；2. 道路窄", ("用电1.5万度不足", "道路窄")),
        ("1.5万吨产能受限", ()),
        ("1.缺焊工", ()),
        ("缺焊工；2.道路窄", ()),
        ("1.缺焊工；3.道路窄", ()),
    ],
)
def test_numbered_points_are_told_apart(words: str, points: tuple[str, ...]) -> None:
    assert numbered_points(words) == points
