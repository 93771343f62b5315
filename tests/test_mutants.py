"""The faults that the mutation run puts in, and that it notices what a test notices."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from tests.equivalent_mutants import EQUIVALENT
from tests.mutants import ROOT, RULES, module_of, mutants_of, tree_of
from tests.mutation_trials import OPTIONS

SOURCE = '''
def is_late(on, due_on, is_open=True):
    """Return whether it is late."""
    if on > due_on:
        return is_open and not (on - due_on).days < 2
    raise ValueError(on)
'''


def changed(source: str) -> list[tuple[str, str]]:
    return [(mutant.before, mutant.after) for mutant in mutants_of(source, "m")]


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("x = a < b", ["a <= b"]),
        ("x = a <= b < c", ["a < b < c", "a <= b <= c"]),
        ("x = a or b", ["a and b", "b", "a"]),
        ("x = not a", ["a"]),
        ("x = a + 2", ["a - 2", "3", "1"]),
        ("x = -a", ["a"]),
        ("x = min(a, b)", ["max(a, b)"]),
        ("x = a if b else c", ["not b"]),
        ("x = [a for a in b if c]", ["not c"]),
        ("def f(): return a", ["return None"]),
        ("f(a)", ["pass"]),
        ("x: Literal[1] = 'words'", []),
        ("x = zip(a, b, strict=True)", []),
        ("if TYPE_CHECKING: f(1)", []),
        ("@dataclass(frozen=True)\nclass A: pass", []),
    ],
)
def test_a_fault_is_one_that_people_make(source: str, after: list[str]) -> None:
    assert [found for _, found in changed(source)] == after


def test_every_mutant_is_sound_differs_from_the_source_and_holds_one_fault_alone() -> None:
    mutants = mutants_of(SOURCE, "m")
    sources = {ast.unparse(tree_of(SOURCE, number)) for number in range(len(mutants))}
    assert len(sources | {ast.unparse(ast.parse(SOURCE))}) == len(mutants) + 1
    for source in sources:
        compile(source, "m", "exec")


def test_a_mutant_is_named_by_what_it_changes_and_not_by_its_line() -> None:
    lower = mutants_of("\n\n" + SOURCE, "m")
    assert [mutant.name for mutant in lower] == [mutant.name for mutant in mutants_of(SOURCE, "m")]
    assert mutants_of(SOURCE, "m")[1].name == "m.is_late: on > due_on → on >= due_on"


def test_every_equivalent_mutant_is_one_of_the_rules() -> None:
    names = {
        mutant.name
        for path in RULES.rglob("*.py")
        for mutant in mutants_of(path.read_text(encoding="utf-8"), module_of(path))
    }
    assert EQUIVALENT.keys() <= names
    assert all(EQUIVALENT.values())


def test_the_rules_lie_where_the_run_looks_for_them() -> None:
    assert module_of(RULES / "values" / "money.py") == "esm.domain.values.money"
    assert len(list(RULES.rglob("*.py"))) > 50


def test_trials_collect_tests_of_both_engines() -> None:
    asked = [sys.executable, "-m", "pytest", *OPTIONS, "--collect-only", "tests/desk/test_settings.py"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_a_run_without_any_fault_to_try_says_so_and_is_no_success() -> None:
    asked = [sys.executable, "-m", "tests.mutation", "--only", "no such rule"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (2, "nothing to try: no fault fits into the files of 'no such rule'\n")
