"""Policies as offices list them: without a number, valid over a period, for those whom words name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from esm.domain.exchange.import_summary import Assumption, Question
from esm.domain.policies.audience_words import RULES, audience_rules
from esm.domain.policies.columns import POLICIES
from esm.domain.policies.policy import Policy
from esm.domain.policies.repeal_words import says_ended
from esm.domain.values.codes import Worded
from esm.domain.values.raw_text import fold, is_blank_word
from esm.errors import Listed, Message, joined, say
from esm.sheets.exchange.recognised_sheet import Ground, Recognised
from esm.usecases.exchange.roster.roster_rows import RosterRow, Unresolved

_LISTS = ("industries", "tiers", "sizes")
_FLAGS = ("above_scale", "newly_entered")


def _told(rules: Mapping[str, Any]) -> Iterator[Message]:
    """Yield each rule by the column that would hold it: 适用行业 C、E."""
    columns = {column.key: column for column in POLICIES.columns}
    for key, value in rules.items():
        if key in _FLAGS:
            yield columns[key].title
        else:
            parts = [part.label if isinstance(part, Worded) else say("{code}", code=part) for part in value]
            yield say("{column} {values}", column=columns[key].title, values=joined(parts, ", "))
    if not rules:
        yield say("every enterprise")


class NamedPolicies:
    """Finds the codes of the policies that a list names by their titles, and gives new ones a code."""

    def __init__(self, known: Mapping[str, Policy]) -> None:
        self._known = known
        self._titles: dict[str, list[str]] = {}
        self._codes = set(known)
        for code, policy in known.items():
            self._titles.setdefault(fold(policy.title), []).append(code)
        self._given: dict[tuple[str, str], list[str]] = {}
        self.questions: list[Question] = []
        self._read: dict[tuple[str, str, str], Mapping[str, Any]] = {}  # the rules of words, by file and sheet

    def row(self, row: RosterRow, found: Recognised) -> RosterRow:
        """Return the row of a policy with its code, its days and its rules. Raises Unresolved."""
        values = dict(row.values)
        start_on, until_on = values.pop("validity", (None, None))
        for key, day in (("start_on", start_on), ("until_on", until_on)):
            if day is not None:
                values.setdefault(key, day)
        self._require_in_force(row, values)
        for key in ("audience", "office"):
            if is_blank_word(values.get(key)):
                del values[key]
        if "code" not in values:
            values["code"] = self._code(row, values["title"])
        self._codes.add(values["code"])
        values.update(self._rules(row, values, found))
        return row._replace(values=values)

    def _require_in_force(self, row: RosterRow, values: dict[str, Any]) -> None:
        """Refuse a policy that its list says is ended while no day of an end is told. Raises Unresolved."""
        remark = values.pop("remark", None)
        texts = {"title": values["title"], "source": values.get("source", ""), "remark": remark or ""}
        for key, text in texts.items():
            if "until_on" not in values and says_ended(text):
                reason = say(
                    "has the policy ended? Fill in 截止日期 (until_on), or take the row out: {text}", text=text
                )
                raise Unresolved(key, reason, question="policy_end")
        if remark is not None and not is_blank_word(remark):
            words = say("this remark is not imported: {remark}", remark=remark)
            cell = row.cells.get("remark", "")
            self.questions.append(Question("remark", row.file, row.sheet, cell, values["title"], words))

    def _code(self, row: RosterRow, title: str) -> str:
        """Return the code of the policy of a title; a new one is numbered after the last that was."""
        known = self._titles.setdefault(fold(title), [])
        if len(known) > 1:
            reason = say("several policies have this title: {candidates}; add the code", candidates=Listed(known))
            raise Unresolved("title", reason)
        if not known:
            numbers = [int(code[1:]) for code in self._codes if code[:1] == "P" and code[1:].isdecimal()]
            known.append(f"P{max(numbers, default=0) + 1:03}")
            self._codes.add(known[0])
            self._given.setdefault((row.file, row.sheet), []).append(known[0])
        return known[0]

    def _rules(self, row: RosterRow, values: Mapping[str, Any], found: Recognised) -> Mapping[str, Any]:
        """Return the rules that the words of a list mean, where no column of it has them. Raises Unresolved."""
        words = values.get("audience")
        heading = next((each for each in found.headings if each.column.key == "audience"), None)
        if words is None or heading is None or heading.ground is Ground.MAP or found.keys & {*RULES}:
            return {}
        rules = audience_rules(words)
        if isinstance(rules, str):
            reason = say(
                '“{words}” cannot be converted into conditions; add columns such as 适用规模, 适用行业 '
                'or 仅限规上, or keep only the text, for every enterprise: --map '
                '"{header}=policies.audience"',
                words=rules, header=heading.header,
            )  # fmt: skip
            raise Unresolved("audience", reason, question="audience")
        self._require_kept(values["code"], rules)
        self._read[row.file, row.sheet, words] = rules
        return {**dict.fromkeys(_FLAGS, False), **rules}

    def _require_kept(self, code: str, rules: Mapping[str, Any]) -> None:
        """Refuse words that leave out a list on record: an import empties none."""
        stored = self._known.get(code)
        left = [key for key in _LISTS if stored is not None and getattr(stored, key) and key not in rules]
        if left:
            reason = say(
                "the policy {code} on record applies only to {stored}: clear that with `esm "
                "policy edit {code} --drop {field}`, or correct the words",
                code=code, stored=Listed(getattr(stored, left[0])), field=left[0],
            )  # fmt: skip
            raise Unresolved("audience", reason)

    def notes(self) -> list[Message]:
        """Return in words which rules the words of each sheet were understood to be."""
        return [
            say(
                "{file}, {sheet}: “{words}” is understood as: {rules}",
                file=file, sheet=sheet, words=words, rules=joined(list(_told(rules)), "; "),
            )
            for (file, sheet, words), rules in self._read.items()
        ]  # fmt: skip

    def assumed(self) -> list[Assumption]:
        """Return which codes were given in each sheet."""
        return [
            Assumption(
                file, sheet, "policy", f"{codes[0]}–{codes[-1]}" if len(codes) > 1 else codes[0], len(codes),
                say("policies without a code are added with these codes, which they keep"),
            )
            for (file, sheet), codes in self._given.items()
        ]  # fmt: skip
