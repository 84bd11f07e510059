"""What the documents show is true: every command in them is run, every shown output is compared, every
generated page is current.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import os
import re
import runpy
import shlex
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import COMMAND, Said, inside, said

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


DEMO = "paradero demo my-demo"


def shell(folder: Path, command: str) -> Said:
    """Run a command line as a reader would: by a shell, with paradero as it is installed."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "200",
    }
    done = subprocess.run(  # noqa: S602
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)


def quickly(folder: Path, command: str) -> Said:
    """Run paradero in this process, anything else by a shell."""
    program, *arguments = shlex.split(command)
    return said(folder, *arguments) if program == "paradero" else shell(folder, command)


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """The folder with the demonstration in it, and what the command said that made it."""
    folder = tmp_path_factory.mktemp("demonstration")
    return folder, shell(folder, DEMO)


def assert_shown(command: str, expected: list[str], heard: Said) -> None:
    assert heard.code in (0, 2), f"$ {command}\n{heard.out}\n{heard.err}"
    if expected:
        assert agrees(expected, heard.out.splitlines()), f"$ {command}\n{heard.out}"


def test_every_command_of_the_first_page_runs_and_the_first_as_it_is_installed(
    demonstrated: tuple[Path, Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    folder, heard = demonstrated
    (first, expected), *others = shown(ROOT / "README.md")
    assert first == DEMO
    assert_shown(first, expected, heard)
    for command, lines in others:
        if command.startswith("cd "):
            folder = (folder / command[3:]).resolve()
            continue
        assert_shown(command, lines, quickly(folder, command))


_IN_DEMO = [page for page in PAGES[1:] if shown(page) and shown(page)[0][0] == "cd my-demo"]


def follow(page: Path, folder: Path) -> None:
    """Run every command of a page in its order, and hold what it says against what is shown; of reports, whose content
    other tests read, the suite writes the first.
    """
    reports = 0
    for command, expected in shown(page):
        reports += command.startswith("paradero report ")
        if command.startswith("paradero report ") and not expected and reports > draws(1, 1_000):
            continue
        if command.startswith("cd "):
            folder = (folder / command[3:]).resolve()
            continue
        if command.startswith("paradero serve"):
            assert_served(folder, command)
            continue
        assert_shown(command, expected, quickly(folder, command))


def assert_served(folder: Path, command: str) -> None:
    """Serve as it is shown, on a free port, until the first page was there."""
    token = "t" * 24
    process = subprocess.Popen(
        [COMMAND, *shlex.split(command)[1:], "--port", "0"],
        cwd=folder,
        env=os.environ | {"PARADERO_TOKEN": token},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    told = re.search(r"(https?)://\S+:(\d+)/", process.stdout.readline())
    assert told, command
    trusted = ssl.create_default_context(cafile=folder / "cert.pem") if told[1] == "https" else None
    name = "casefile.example.org" if trusted else "127.0.0.1"
    connection = (
        http.client.HTTPConnection("127.0.0.1", int(told[2]), timeout=60)
        if trusted is None
        else http.client.HTTPSConnection("127.0.0.1", int(told[2]), timeout=60, context=_for(trusted))
    )
    connection.request("GET", "/en/where-to-ask", headers={"Host": name, "Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    assert answer.status == 200, command
    answer.read()
    connection.close()
    process.terminate()
    process.communicate(timeout=30)


def _for(trusted: ssl.SSLContext) -> ssl.SSLContext:
    trusted.check_hostname = (
        False  # it is asked by its number here; its certificate is still held against the file
    )
    return trusted


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES[1:] if shown(page) and page not in _IN_DEMO],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_command_shown_runs_and_says_what_is_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    follow(page, tmp_path)


@pytest.mark.parametrize("page", _IN_DEMO, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_in_the_demonstration_runs(
    page: Path, demonstrated: tuple[Path, Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    follow(page, demonstrated[0])


def test_the_python_that_is_shown_says_what_is_shown(demonstrated: tuple[Path, Said]) -> None:
    page = (ROOT / "docs" / "how-to" / "ask-from-python.md").read_text(encoding="utf-8")
    codes = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    outputs = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert codes
    folder = demonstrated[0]
    if not (folder / "demo-case").exists():
        (folder / "demo-case").symlink_to("my-demo")  # by this name the page has it
    for code, lines in zip(codes, outputs, strict=True):
        out = io.StringIO()
        with inside(folder), contextlib.redirect_stdout(out):
            exec(compile(code, page, "exec"), {})  # noqa: S102
        assert out.getvalue() == lines


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


def test_generated_pages_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    program = str(ROOT / "docs" / "generate.py")
    monkeypatch.setattr(sys, "argv", [program, "--check"])
    runpy.run_path(program, run_name="__main__")  # exits with the names of those that are stale


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))) <= targets
