"""The site of files in its folder: whole or not at all, each file named with its hash."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from paradero import __version__
from paradero.answers.words import LANGUAGES
from paradero.casefile.folder import Casefile
from paradero.casefile.outside import check_outside
from paradero.disk.whole_files import half_of, remove
from paradero.model.errors import ParaderoError
from paradero.reports.html.pages import style
from paradero.web.asking import Asking
from paradero.web.fixed.collecting import Collected, collected
from paradero.web.fixed.links import as_file
from paradero.web.fixed.looking_up import SCRIPT, SEARCH, entries_of, script, search_page
from paradero.web.fixed.places import Places, plain
from paradero.web.standing import Standing
from paradero.web.tabular.sections import TAKE
from paradero.web.writing import style_path, written

MANIFEST, _MADE_BY = "manifest.json", "paradero site"
_TABLE = re.compile(r"/[a-z]{2}/tables/[^/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: how many pages and files, and the addresses of links that are left out."""

    pages: int
    files: int
    left_out: tuple[str, ...]


def write_site(case: Casefile, folder: Path, *, most: int, tell: Callable[[int, int], None]) -> Written:
    """Write the public site of a casefile to a folder, at most `most` pages and files. Raises ParaderoError
    where the folder is another's, cannot be written, or nothing of the casefile may be published.
    """
    check_outside(folder, case_root=case.root)
    _check_ours(folder)
    standing = Standing(case, is_public=True)
    found = collected(standing, most=most, tell=tell)
    content = _content(standing, found)
    beside = half_of(folder)
    try:
        remove(beside)
        for name, part in content.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(part)
        _put(beside, folder)
    except OSError as error:
        raise ParaderoError(
            f"{folder}: cannot be written ({error.strerror}). Name another folder; what was there before is"
            " unchanged."
        ) from error
    finally:
        remove(beside)
    return Written(
        pages=len(found.pages), files=len(content) - len(found.pages), left_out=tuple(sorted(found.left_out))
    )


def _check_ours(folder: Path) -> None:
    """Raises ParaderoError for a folder, or file, that is no site of ours: nothing of it is overwritten."""
    if not os.path.lexists(folder) or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        made_by = json.loads((folder / MANIFEST).read_bytes()).get("made_by")
    except (OSError, ValueError, AttributeError):
        made_by = None
    if made_by != _MADE_BY:
        raise ParaderoError(
            f"{folder}: is there already, and no site that paradero wrote. Name another folder."
        )


def _put(beside: Path, folder: Path) -> None:
    """Make what was written the folder; the one before goes when the new one is there."""
    before = half_of(folder.with_name(f"{folder.name}.before"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(folder):
        os.replace(folder, before)
    os.replace(beside, folder)
    remove(before)


def _content(standing: Standing, found: Collected) -> dict[str, bytes]:
    """Every file of the site by its name, in the order of the names, the manifest last."""
    pages = dict(found.pages)
    if not standing.keeps_rows_in:
        for language in LANGUAGES:
            pages[f"/{language}{SEARCH}"] = _search(standing, found, language)
    places = Places()
    names = {each: places.of(each, is_page=True) for each in sorted(pages)}
    names |= {each: places.of(each, is_page=False) for each in sorted((*found.files, SCRIPT, style_path()))}
    names |= {each: places.of(_as_picture(each), is_page=False) for each in sorted(found.charts)}

    def file_of(address: str) -> str | None:
        wanted = plain(address)
        path = wanted.partition("?")[0]
        if wanted not in names and path in names and _TABLE.fullmatch(path):
            return f"{names[path]}#{TAKE}"  # a filter or an order that is not written: the table can be taken
        return names.get(wanted)

    content = {names[each]: as_file(page, names[each], file_of).encode() for each, page in pages.items()}
    content |= {names[each]: part for each, part in (*found.files.items(), *found.charts.items())}
    content[names[style_path()]] = style().encode()
    content[names[SCRIPT]] = script()
    content["index.html"] = as_file(pages[f"/{LANGUAGES[0]}/"], "index.html", file_of).encode()
    content["search.json"] = _json(
        [
            {"language": language, "kind": each.kind, "title": each.title, "page": names[each.address]}
            for language in LANGUAGES
            for each in entries_of(found.pages, language)
        ]
    )
    content = dict(sorted(content.items()))
    return {**content, MANIFEST: _json(_manifest(standing, found, content))}


def _as_picture(address: str) -> str:
    """The address with the ending by which any web space knows a picture."""
    path, mark, options = address.partition("?")
    return f"{path}.svg{mark}{options}"


def _search(standing: Standing, found: Collected, language: str) -> str:
    entries = entries_of(found.pages, language)
    asking = Asking(standing=standing, language=language, path=SEARCH)
    return written(asking, search_page(standing, entries, language), kind="files", script=SCRIPT).decode()


def _manifest(standing: Standing, found: Collected, content: Mapping[str, bytes]) -> dict[str, object]:
    return {
        "made_by": _MADE_BY,
        "version": __version__,
        "profile": standing.profile.name,
        # of a private list a guess at the records could be tried by it
        **({} if standing.keeps_rows_in else {"digest": standing.digest}),
        "pages": len(found.pages),
        "left_out": len(found.left_out),
        "files": {name: hashlib.sha256(part).hexdigest() for name, part in content.items()},
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
