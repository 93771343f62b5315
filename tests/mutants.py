"""The mutants of a module: each is its source with one small fault, of the kinds that people make.

Borders of comparisons, plus for minus, `and` for `or` and an operand left out, a number off by one, a condition
turned round, the smaller for the greater, a result or a refusal forgotten. Words are left alone: the goldens read them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
RULES = ROOT / "src" / "esm" / "domain"
BORDERS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
}  # fmt: skip
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any"}
ELSEWHERE = {"annotation", "returns", "decorator_list"}  # what the type checker reads, and no test
PARTS = (
    ast.expr, ast.stmt, ast.comprehension, ast.keyword, ast.arguments, ast.ExceptHandler, ast.match_case, ast.withitem,
)  # fmt: skip
Place = tuple[ast.AST, str, int | None]


@dataclass(frozen=True, slots=True)
class Spot:
    """The function or class that a node is in, and whether its code runs once, as the module is loaded."""

    name: str = ""
    on_load: bool = True

    def inside(self, node: ast.AST) -> Spot:
        """Return the spot of what a node holds."""
        match node:
            case ast.FunctionDef(name):
                return Spot(f"{self.name}.{name}".removeprefix("."), on_load=False)
            case ast.ClassDef(name):
                return Spot(f"{self.name}.{name}".removeprefix("."), self.on_load)
            case ast.Lambda():
                return Spot(self.name, on_load=False)
        return self


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where it stands, how the source reads there, and how it reads with the fault."""

    module: str
    spot: Spot
    line: int
    last_line: int
    before: str
    after: str

    @property
    def name(self) -> str:
        """Return what it is called, which does not change when lines move."""
        where = f"{self.module}.{self.spot.name}".removesuffix(".")
        return f"{where}: {self.before} → {self.after}"


def module_of(path: Path) -> str:
    """Return the name by which a file under `src` is imported."""
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)


def mutants_of(source: str, module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its source."""
    return [mutant for mutant, _tree in _planted(source, module)]


def tree_of(source: str, number: int) -> ast.Module:
    """Return the syntax tree of the mutant that stands at this place of the list."""
    return next(islice(_planted(source, ""), number, None))[1]


def _planted(source: str, module: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Yield each mutant with the whole tree, in which it stands until the next one is asked for."""
    tree = ast.parse(source)
    for place, node, spot in list(_places(tree, Spot())):
        for changed in _faults(node, place[1]):
            _put(place, ast.fix_missing_locations(ast.copy_location(changed, node)))
            lines = node.lineno, node.end_lineno or node.lineno
            yield Mutant(module, spot, *lines, _text(node), _text(changed)), tree
        _put(place, node)


def _put(place: Place, node: ast.AST) -> None:
    parent, field, number = place
    if number is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[number] = node


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _places(parent: ast.AST, spot: Spot) -> Iterator[tuple[Place, ast.expr | ast.stmt, Spot]]:
    """Yield every place that holds code that runs, with its node and the spot that it is in."""
    for field, value in ast.iter_fields(parent):
        if field in ELSEWHERE:
            continue
        for number, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, PARTS) or _is_no_rule(node):
                continue
            if isinstance(node, ast.expr | ast.stmt):
                yield (parent, field, number), node, spot
            yield from _places(node, spot.inside(node))


def _is_no_rule(node: ast.AST) -> bool:
    """Return whether a node is for the type checker, or the `strict` of a `zip`, which checks what is true anyhow."""
    match node:
        case ast.If(ast.Name("TYPE_CHECKING")) | ast.keyword("strict"):
            return True
    return False


def _faults(node: ast.AST, field: str) -> list[ast.AST]:
    """Return what stands in place of a node in its mutants."""
    return [*_wrong_logic(node), *_wrong_figures(node), *_forgotten(node), *_turned_round(node, field)]


def _wrong_logic(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, comparators):
            for n, op in enumerate(ops):
                yield ast.Compare(left, [*ops[:n], BORDERS[type(op)](), *ops[n + 1 :]], comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), values)
            for n in range(len(values)):
                fewer = [*values[:n], *values[n + 1 :]]
                yield ast.BoolOp(op, fewer) if len(fewer) > 1 else fewer[0]
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)


def _wrong_figures(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, op, right) if type(op) in SUMS:
            yield ast.BinOp(left, SUMS[type(op)](), right)
        case ast.AugAssign(target, op, value) if type(op) in SUMS:
            yield ast.AugAssign(target, SUMS[type(op)](), value)
        case ast.UnaryOp(ast.USub(), operand):
            yield operand
        case ast.Constant(int(value)) if not isinstance(value, bool):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Call(ast.Name(name), arguments, keywords) if name in OPPOSITES:
            yield ast.Call(ast.Name(OPPOSITES[name], ast.Load()), arguments, keywords)


def _forgotten(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call()) | ast.Raise():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()


def _turned_round(node: ast.AST, field: str) -> Iterator[ast.AST]:
    """Yield a condition turned round, unless it has mutants of its own that do so."""
    is_plain = not isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant)
    if field in ("test", "ifs") and isinstance(node, ast.expr) and is_plain:
        yield ast.UnaryOp(ast.Not(), node)
