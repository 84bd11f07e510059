"""The house keeps its own rules: sizes, names, layers, licence, what the package needs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
STEPS = sorted((ROOT / "src").rglob("*.sql"))
REFUSED_NAMES = {
    "utils",
    "util",
    "helpers",
    "misc",
    "common",
    "base",
    "manager",
    "handler",
    "info",
    "data",
    "process",
}


# each of these names every file that is at fault: a test for each file of each would be half of the suite


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in MODULES:
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def test_no_file_grows_over_400_lines() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    assert len(MODULES) > 500
    assert len(tests) > 200
    most = {**dict.fromkeys([*MODULES, *STEPS], 400), **dict.fromkeys(tests, 500)}
    assert {str(path): n for path, limit in most.items() if (n := len(_lines(path))) > limit} == {}


# a pattern is read by its engine; broken over lines it would be read by nobody
PATTERN = re.compile(r'^\s*(?!""")(?:\w+ = |\+ )?(?:r|rb|rf)?"')


def test_no_line_is_wider_than_110() -> None:
    wide = [
        f"{path}:{number}"
        for path in (*MODULES, *STEPS)
        for number, line in enumerate(_lines(path), 1)
        if len(line) > 110 and not PATTERN.match(line)
    ]
    assert wide == []


def test_the_formatter_alone_decides() -> None:
    found = [str(path) for path in MODULES if "# fmt: " in path.read_text(encoding="utf-8")]
    assert found == []


def test_no_floor_holds_more_than_15_modules_or_queries() -> None:
    floors = Counter((path.parent, path.suffix) for path in (*MODULES, *STEPS) if path.name != "__init__.py")
    assert {str(floor.relative_to(ROOT)): n for (floor, _), n in floors.items() if n > 15} == {}


def test_a_module_is_named_for_an_idea_and_says_which() -> None:
    assert [str(path) for path in MODULES if path.stem in REFUSED_NAMES] == []
    silent = [path for path, tree in _trees() if not ast.get_docstring(tree)]
    assert silent == [], "a module says in its first line what it is"


def test_functions_fit_a_screen() -> None:
    """A command's options are declared in its head, which is not counted; nor is the docstring."""
    long = []
    for path, tree in _trees():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            if body and (function.end_lineno or 0) - body[0].lineno > 70:
                long.append(f"{path}: {function.name}")
    assert long == []


def test_no_import_hides_behind_type_checking() -> None:
    assert [str(path) for path in MODULES if "TYPE_CHECKING" in path.read_text(encoding="utf-8")] == []


def test_layers_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_needs_nothing_outside_itself() -> None:
    naming = [str(path) for path in [*MODULES, *STEPS] if "shared/" in path.read_text(encoding="utf-8")]
    assert naming == []


def test_public_names_are_few() -> None:
    import paradero

    assert 0 < len(paradero.__all__) <= 40
    assert all(hasattr(paradero, name) for name in paradero.__all__)


def test_versions_agree() -> None:
    import paradero

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == paradero.__version__
    assert f"version: {project['version']}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_there() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
