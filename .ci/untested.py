"""List the branches that the suite does not take, and fail where a line has one that untested.toml does not know.

Reads coverage's JSON (`make coverage`) and untested.toml beside this file: `[[reason]]` with `why` and `lines`, those
that it is true of, and `open`, lines that are neither tested nor explained yet; that list must only shrink. A line is
known by its path and text, so that it stays known when lines above it come and go.
"""

import json
import sys
import tomllib
from pathlib import Path


def untested(report: dict) -> dict[str, int]:
    """Lines with a branch that was not taken, "path: the line as written", and their numbers."""
    found = {}
    for path, of_file in sorted(report["files"].items()):
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        for begin, _ in of_file["missing_branches"]:
            found[f"{path}: {lines[abs(begin) - 1].strip()}"] = abs(begin)
    return found


def main() -> int:
    """Print them; 1 where one is new."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    known = tomllib.loads((Path(__file__).parent / "untested.toml").read_text(encoding="utf-8"))
    explained = {line for reason in known.get("reason", []) for line in reason["lines"]}
    waiting = set(known.get("open", []))
    found = untested(report)
    new = sorted(set(found) - explained - waiting)
    for line in new:
        path, _, text = line.partition(": ")
        print(f"{path}, line {found[line]}: {text}")
    for line in sorted((explained | waiting) - set(found)):
        print(f"Taken now, or gone; strike it from .ci/untested.toml: {line}")
    totals = report["totals"]
    print(
        f"{totals['covered_branches']} of {totals['num_branches']} branches taken; of {len(found)} lines with one that was"
        f" not, {len(explained & set(found))} are explained, {len(waiting & set(found))} open, {len(new)} new."
    )
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
