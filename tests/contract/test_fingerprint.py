"""What is kept is kept under all code that it rests on: each module and data file is changed in turn, and
every key changes that a job which really ran with it says must change.
"""

from __future__ import annotations

import ast
import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import copied

import paradero
from paradero.casefile.examples import create_from
from paradero.casefile.folder import Casefile
from paradero.engines.fingerprint import RESTS_ON, Tree, version_of
from paradero.flights.fabricated import fabricated_trace

SOURCE = Path(paradero.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
# a step, and SQL that is none
STEP, PRELUDE = NAMED = ("custody/stays/stays.sql", "engines/prelude/duckdb.sql")
MENTIONED = (
    "On 15 March 2025 two aircraft (N101XX, N102XX) left with 238 people at $4.76 million. 25-cv-00766."
)
LISTED = (
    "registration,origin,destination,takeoff,landing\nN101XX,KHRL,MSLP,2025-03-16T10:00Z,2025-03-16T12:40Z\n"
)

# each does the job of one kept thing, and nothing else, on what stands in the working folder
JOBS = {
    "rows": """
from paradero.sources import ingest
ingest(Path("sample.csv"), Path("out/rows"), source="0" * 12, file_name="sample.csv")
""",
    "flight files": """
from paradero.building.flight_sources import take_in
take_in(Path("trace.json"), Path("out/positions"), kind="positions")
take_in(Path("list.csv"), Path("out/list"), kind="flight_list")
""",
    "tables": """
from paradero.building.making import Plan, given_names, make_tables
from paradero.building.stages import all_steps
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.engines.steps import order_steps
case, into = Casefile(Path("case")), Path("out/tables")
into.mkdir(parents=True)
steps = order_steps(all_steps(), given=given_names())
plan = Plan(folder=into, engine="duckdb", before=None, before_folder=None, steps=steps)
assert make_tables(case, plan, case.settings(), sources_of(case), master=None, threads=1, memory=None, progress=None)
""",
    "mentions": """
from paradero.building.document_tables import read_mentions
assert read_mentions(Path("said.txt"), name="said.txt", sha256="0" * 64)[0].num_rows > 3
""",
    "audits": """
from paradero.answers.law.law_files import law_of
from paradero.answers.verdicts.auditing import Trust
from paradero.answers.verdicts.judging import compute_verdicts
from paradero.casefile.folder import Casefile
from dataclasses import replace
for number, name in enumerate(("case", "known")):
    case, into = Casefile(Path(name)), Path(f"out/verdicts{number}")
    into.mkdir(parents=True)
    law = law_of(case)
    law = replace(law, rules={"two-custodians": law.rules["two-custodians"]})
    assert compute_verdicts(case, law, law.matrix(Trust()), into, has_records=number == 0)
""",
    "worked cases": """
from paradero.answers.law.rule_cases import run_cases
from paradero.law.rules import built_in_rules
assert run_cases(built_in_rules()["held-after-bond"])
""",
    "balances": """
from paradero.answers.books.solved import Solved
from paradero.authored.declared import read_folder
from paradero.balance.balances import read_balance
from paradero.casefile.folder import Casefile
solved = Solved(Casefile(Path("known")), read_folder(Path("known/balances"), read_balance))
assert solved.balance().counts and solved.spans_without({"WOLA analyst"})
""",
    "answers": """
from paradero.answers.books.answers import ASKS
from paradero.casefile.folder import Casefile
case = Casefile(Path("known"))
assert ASKS["cost"](case, {"results": [], "with": [], "without": [], "prices_of": None, "index": None})
assert ASKS["claims"](case, {"yardstick": False})
""",
    "legs": """
from paradero.flights.runs import run_legs
assert run_legs([Path("trace.json")], Path("out/legs")).legs
""",
}
# tells what was run and opened of paradero, by its path in the package
REPORT = """
import json, sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, arguments: opened.add(str(arguments[0])) if event == "open" else None)
exec(compile(sys.stdin.read(), "job", "exec"))
root = Path(sys.modules["paradero"].__file__).parent
run = [module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "paradero"]
inside = {Path(path).relative_to(root) for path in (*opened, *run) if path.startswith(f"{root}/")}
json.dump(sorted(path.as_posix() for path in inside if "__pycache__" not in path.parts), sys.stdout)
"""


@pytest.fixture(scope="module")
def used(whole: Casefile, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The files of the package that each job has used, every job in a process of its own."""
    folder = tmp_path_factory.mktemp("jobs")
    shutil.copy(SOURCE / "sources" / "ice_detentions" / "sample.csv", folder)
    (folder / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    (folder / "list.csv").write_text(LISTED, encoding="utf-8")
    (folder / "said.txt").write_text(MENTIONED, encoding="utf-8")
    copied(whole, folder / "case")
    create_from(folder / "known", "cecot-2025")
    script = folder / "report.py"  # in a file: DuckDB shows its progress where none is named
    script.write_text(REPORT, encoding="utf-8")
    running = {
        kept: subprocess.Popen(
            [sys.executable, str(script)],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for kept in JOBS
    }
    found = {}
    for kept, process in running.items():
        out, err = process.communicate(f"from pathlib import Path\n{JOBS[kept]}")
        assert process.returncode == 0, err
        found[kept] = set(json.loads(out))
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(
        shutil.copytree(
            SOURCE, tmp_path_factory.mktemp("copy") / "paradero", ignore=shutil.ignore_patterns("__pycache__")
        )
    )


def keys(root: Path) -> dict[str, str]:
    tree = Tree(root)
    return {kept: tree.fingerprint(kept) for kept in RESTS_ON} | {
        f"{kept} but for steps": tree.fingerprint(kept, steps=False) for kept in ("rows", "tables")
    }


def package_files(root: Path) -> list[Path]:
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] != "cases" and path.suffix != ".pyc"
    ]


@pytest.fixture(scope="module")
def counted() -> dict[str, set[str]]:
    """For each file of the package the keys that it counts for."""
    tree = Tree(SOURCE)
    counting = {kept: set(tree.files(kept)) for kept in RESTS_ON}
    return {
        path.relative_to(SOURCE).as_posix(): {kept for kept, paths in counting.items() if path in paths}
        for path in package_files(SOURCE)
    }


@pytest.fixture(scope="module")
def changed(copy: Path) -> dict[str, set[str]]:
    """For files of the package the keys that are others when it is: in the suite of every twelfth, in `make
    attack` of all.
    """
    before = keys(copy)
    found = {}
    for path in {copy / name for name in NAMED} | set(package_files(copy)[:: draws(12, 1)]):
        content = path.read_bytes()
        path.write_bytes(content + b"\n# changed\n")
        after = keys(copy)
        path.write_bytes(content)
        found[path.relative_to(copy).as_posix()] = {kept for kept in before if before[kept] != after[kept]}
    assert keys(copy) == before
    return found


def test_there_is_a_job_for_whatever_is_kept() -> None:
    assert JOBS.keys() == RESTS_ON.keys()


@pytest.mark.parametrize("kept", RESTS_ON)
def test_whatever_a_job_has_used_counts_for_the_key(
    kept: str, used: dict[str, set[str]], counted: dict[str, set[str]]
) -> None:
    assert len(used[kept]) > 10
    assert [file for file in sorted(used[kept]) if kept not in counted[file]] == []


def test_a_file_changes_the_keys_that_it_counts_for_and_no_other(
    changed: dict[str, set[str]], counted: dict[str, set[str]]
) -> None:
    assert len(changed) > 40
    assert any(counted[file] for file in changed)
    assert {file: kept & RESTS_ON.keys() for file, kept in changed.items()} == {
        file: counted[file] for file in changed
    }


@pytest.mark.parametrize("kept", ["rows", "tables"])
def test_but_for_steps_every_file_counts_all_the_same(kept: str, changed: dict[str, set[str]]) -> None:
    """A step has a key of its own: changed, it makes its own table anew and those that read it."""
    unseen = {file for file, keys in changed.items() if kept in keys and f"{kept} but for steps" not in keys}
    assert {Path(file).suffix for file in unseen} <= {".sql"}
    assert PRELUDE not in unseen
    assert (kept == "tables") == (STEP in unseen)


def of_room(counted: dict[str, set[str]], *rooms: str) -> set[str]:
    """The keys that any module of these rooms counts for."""
    return set().union(*(kept for file, kept in counted.items() if file.startswith(rooms)))


def test_rooms_that_only_show_what_was_worked_out_change_no_key(counted: dict[str, set[str]]) -> None:
    assert of_room(counted, "cli/", "reports/", "exports/", "demo/", "synthetic/") == set()


def test_a_key_does_not_change_with_rooms_that_its_job_does_not_enter(counted: dict[str, set[str]]) -> None:
    above = of_room(
        counted, "law/", "balance/", "claims/", "answers/", "documents/", "money/costs", "flights/legs/"
    )
    assert not above & {"rows", "tables"}
    assert "rows" not in of_room(counted, "custody/", "building/", "casefile/", "flights/")
    assert "mentions" not in of_room(counted, "sources/", "custody/", "law/", "flights/", "answers/")
    assert "balances" not in of_room(counted, "sources/", "custody/", "law/", "flights/", "money/")


def written(root: Path, files: dict[str, str]) -> Path:
    """A small tree of that name; every folder with a module in it is a package."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for folder in [path.parent, *path.parent.parents]:
            if path.suffix == ".py" and folder.is_relative_to(root):
                (folder / "__init__.py").touch()
    return root


@pytest.mark.parametrize(
    "text",
    [
        "from paradero.deep.below import value\n",
        "from paradero.deep import below\n",
        "import paradero.deep.below\n",
        "import json, paradero.deep.below as other  # why\n",
        "def late():\n    from paradero.deep.below import (\n        one,  # the first\n        two as three,\n    )\n",
        "from paradero.deep import (\n    one,\n    below,\n)",
    ],
)
def test_an_import_is_followed(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RESTS_ON, "rows", ("paradero.top",))
    root = written(tmp_path, {"top.py": text, "deep/below.py": "value = 1\n", "other.py": ""})
    before = Tree(root).fingerprint("rows")
    written(root, {"other.py": "value = 2\n"})
    assert Tree(root).fingerprint("rows") == before
    written(root, {"deep/below.py": "value = 12\n"})
    assert Tree(root).fingerprint("rows") != before


def test_data_is_followed_into_every_folder_and_of_steps_what_they_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RESTS_ON, "rows", ("paradero.room.top",))
    root = written(
        tmp_path,
        {
            "room/top.py": 'text = (files("paradero.room") / "names.csv").read_text()\n',
            "room/names.csv": "a\n",
            "room/more/deep/names.json": "{}\n",
            "room/README.md": "Words.\n",
            "room/stays.sql": "-- stays: a row a stay\n--\n-- In words.\n\nSELECT 1\n",
        },
    )
    seen = [Tree(root).fingerprint("rows")]
    for name, text, is_other in (
        ("room/README.md", "Other words.\n", False),
        ("room/stays.sql", "-- stays: a row for each stay\n\nSELECT 1\n", False),
        ("room/stays.sql", "-- stays: a row for each stay\n\nSELECT 12\n", True),
        ("room/names.csv", "a\nb\n", True),
        ("room/more/deep/names.json", '{"a": 1}\n', True),
        ("room/more/new.txt", "new\n", True),
    ):
        written(root, {name: text})
        seen.append(Tree(root).fingerprint("rows"))
        assert (seen[-1] != seen[-2]) == is_other, name


def test_what_has_moved_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RESTS_ON, "rows", ("paradero.sources.gone",))
    with pytest.raises(LookupError, match=r"paradero\.sources\.gone"):
        Tree(SOURCE).fingerprint("rows")


def test_every_library_is_found_with_its_version() -> None:
    """A name that is not a distribution's would count as missing on every machine."""
    wanted = {name for path in MODULES for name in imported(path)} - {"paradero"} - sys.stdlib_module_names
    wanted -= {"pandas", "polars"}  # the user's own, for data frames
    assert {name for name in wanted if version_of(name) == "none"} == set()
    assert version_of("no_such_library") == "none"


@functools.cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_bytes())))


def imported(path: Path) -> set[str]:
    """The first names of all that a module imports, as Python's own parser reads it."""
    return {name.partition(".")[0] for name in names_in(path)}


def names_in(path: Path) -> set[str]:
    found: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: an import by its full name is followed, `from .` is not"
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_imports_are_read_as_python_reads_them() -> None:
    from paradero.engines.fingerprint import _imported

    assert len(MODULES) > 500
    for path in MODULES:
        assert set(_imported(path.read_bytes())) == names_in(path), path


def test_data_is_read_in_the_one_way_that_is_followed() -> None:
    """`files("paradero.room")` by its full name; the fingerprint itself asks for all of paradero."""
    others = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in MODULES
        for node in nodes_of(path)
        if (isinstance(node, ast.Name) and node.id in ("__file__", "__path__"))
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "files"
            and not (
                isinstance(node.args[0], ast.Constant) and str(node.args[0].value).startswith("paradero")
            )
        )
        or (
            isinstance(node, ast.Attribute)
            and node.attr == "files"
            and ast.unparse(node.value) in ("importlib.resources", "resources")
        )
    ]
    assert [each for each in others if not each.startswith("engines/fingerprint.py:")] == []


def test_no_key_is_made_of_the_version_alone() -> None:
    """The number of the release says nothing of a checkout: it is printed and entered, and keys nothing."""
    naming = {
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        if any(isinstance(node, ast.Name) and node.id == "__version__" for node in nodes_of(path))
    }
    assert naming == {
        "__init__.py",
        "answers/kept.py",  # told in what is kept
        "answers/verdicts/auditing.py",  # told in the receipt
        "building/building.py",  # told in the receipt
        "cli/main.py",
        "disclosure/gate.py",  # told in the register
        "fetching/asking.py",  # told to the server
        "figures/citing.py",  # told in the citation
        "figures/computing.py",  # told in the figure
        "flights/runs.py",  # told in the result
        "reports/bundle.py",  # told in the crate
        "reports/pages/case_page.py",  # told on the page
        "reports/pages/exhibit_page.py",  # told in the declaration
        "reports/pages/published_page.py",  # told on the page
        "web/fixed/looking_up.py",  # told on the page
        "web/fixed/writing.py",  # told in the manifest
        "web/interface/describing.py",  # told in the description
        "web/pages/programs.py",
        "web/writing.py",  # told in addresses
    }
