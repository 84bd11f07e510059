"""Everything this casefile has published under a profile: a file each in `published/`, named by the log.

The register is as private as the casefile: it says what was withheld and why. It has no true counts.
"""

from __future__ import annotations

import hashlib

import msgspec

from paradero.casefile.acts import commit
from paradero.casefile.folder import Casefile
from paradero.casefile.log import read_log
from paradero.casefile.pending import WRITTEN, WRITTEN_SHA256
from paradero.casefile.published import FOLDER, PUBLISH, check_published
from paradero.disclosure.cells import Cell, Dimension
from paradero.disclosure.profiles import Profile, profile_of
from paradero.model.errors import CasefileError


class Counts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The cells of one population in a publication: what is counted (`of`), in which table. `state` is the
    digest of the lines that were counted: equal lines are one state, whichever build they are of.
    """

    of: str
    table: str
    state: str
    dimensions: tuple[Dimension, ...]
    cells: tuple[Cell, ...]


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One publication: under which profile and its numbers at that time, of which build (`state`, its
    digest), by which version, what was asked for, the SHA-256 of the file, and every decision.
    """

    profile: str
    threshold: int
    base: int
    state: str
    version: str
    what: str
    file_sha256: str
    counts: tuple[Counts, ...]

    def profile_then(self) -> Profile:
        """The profile with the numbers that it had."""
        return msgspec.structs.replace(profile_of(self.profile), threshold=self.threshold, base=self.base)


def publications(case: Casefile) -> list[Publication]:
    """All publications in their order. Raises CasefileError where the register is not as the log names it:
    then nothing can be held against it, and nothing may be published.
    """
    check_published(case)
    found = []
    for entry in read_log(case):
        if entry.act != PUBLISH:
            continue
        path = case.root / str(entry.what[WRITTEN])
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != entry.what[WRITTEN_SHA256]:
            raise CasefileError(f"{path}: changed while it was read. Run the command again.")
        try:
            found.append(msgspec.json.decode(content, type=Publication))
        except msgspec.MsgspecError as error:
            raise CasefileError(
                f"{path}: this version cannot read the publication ({error}). Use the version that"
                " wrote it, or a"
                " newer one."
            ) from error
    return found


def register(case: Casefile, publication: Publication) -> bool:
    """Add a publication to the register and the log; False where the same is there already. Call it with the
    casefile locked, before the file is where others may read it.
    """
    before = publications(case)
    if publication in before:
        return False
    path = case.root / FOLDER / f"{len(before) + 1:05}.json"
    n_cells = sum(len(counts.cells) for counts in publication.counts)
    n_withheld = sum(cell.shown is None for counts in publication.counts for cell in counts.cells)
    what = {
        "profile": publication.profile,
        "what": publication.what,
        "file_sha256": publication.file_sha256,
        "cells": n_cells,
        "withheld": n_withheld,
    }
    content = msgspec.json.format(msgspec.json.encode(publication), indent=1) + b"\n"
    commit(case, path, content, PUBLISH, what)
    return True
