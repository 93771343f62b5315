"""Words in a free text by which a visit may not count: nobody was met, or nobody went (docs/rules.md, Import)."""

from __future__ import annotations

import re

# 无人 is nobody, but 无人机 is a drone.
NOT_MET = re.compile(
    "未能?见|未能?遇|没(?:能)?见到|扑空|改约|改期|取消|人去楼空|厂房已空|大门紧闭|仅门卫|停产|停工|无人(?![机驾车值零船店仓工])|没人|拒访|拒绝(?:走访|接待)|停业|搬迁|闭门|联系不上|未联系上"
)
NOT_ON_SITE = re.compile(
    "^(?:电话|线上|网上|微信|视频)(?:连线|会议)?$|电话(?:连线|联系|沟通|走访|回访|询问|了解)|微信(?:联系|沟通|视频)|视频(?:连线|会议|走访|座谈|通话|沟通)|未上门|未到现场"
)
