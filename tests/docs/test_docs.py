"""What the documents show is true: every command in them is run, every shown output is compared, every
generated page is current.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


def shown(page: Path) -> list[tuple[str, list[str]]]:
    """(command, lines shown below it) of every console block, in order."""
    found: list[tuple[str, list[str]]] = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def agrees(expected: list[str], got: list[str]) -> bool:
    """Shown lines against real ones: `…` stands for any lines, times in seconds are not compared."""
    want = [_plain(line) for line in expected if line.strip()]
    have = [_plain(line) for line in got if line.strip()]
    pattern = "\n".join(".*" if line.strip() == "…" else re.escape(line) for line in want)
    return re.fullmatch(pattern, "\n".join(have), re.DOTALL) is not None


def _plain(line: str) -> str:
    return re.sub(r"\d+\.\d s\b", "N s", line.rstrip())


def test_shown_output_is_compared_and_not_waved_through() -> None:
    assert agrees(["a", "…", "d in 1.2 s"], ["a", "b", "c", "d in 9.9 s"])
    assert not agrees(["a", "b"], ["a", "c"])
    assert not agrees(["a"], ["a", "b"])


@pytest.mark.parametrize(
    "page", [page for page in PAGES if shown(page)], ids=lambda page: str(page.relative_to(ROOT))
)
def test_every_command_shown_runs_and_says_what_is_shown(page: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "200",
    }
    folder = tmp_path
    for command, expected in shown(page):
        if command.startswith("cd "):
            folder = (folder / command[3:]).resolve()
            continue
        done = subprocess.run(  # noqa: S602
            command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 2), f"$ {command}\n{done.stdout}\n{done.stderr}"
        if expected:
            assert agrees(expected, done.stdout.splitlines()), f"$ {command}\n{done.stdout}"


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [
        target
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert missing == []


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))) <= targets
