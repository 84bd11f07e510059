"""What an answer was asked of, as one digest: an equal one, and the same question has the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from paradero.building import receipts
from paradero.casefile.folder import AUTHORED, SETTINGS, Casefile
from paradero.casefile.originals import sources_of
from paradero.casefile.seals import sha256_of
from paradero.casefile.written import authored_files
from paradero.model.errors import CasefileError


def digest_of_case(case: Casefile, *, must_be_built: bool = False) -> str:
    """SHA-256 over the settings, every file that somebody wrote into the casefile, its originals, and its
    build where there is one. Raises CasefileError where nothing is built and `must_be_built`.
    """
    digest = hashlib.sha256()
    for name, sha256 in authored_files(case, (SETTINGS, *AUTHORED)).items():
        digest.update(f"{name} {sha256}\n".encode())
    sources = sources_of(case)
    try:
        build = receipts.built(case)[1].digest if sources else "no sources"
    except CasefileError:
        if must_be_built:
            raise
        build = " ".join(source.sha256 for source in sources)
    digest.update(build.encode())
    return digest.hexdigest()


def digest_of_files(paths: Iterable[Path]) -> str:
    """SHA-256 over the bytes of files, whatever they are called; a folder stands for all files below it."""
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*")))]
    return digest_of_texts(sha256_of(file) for file in files if file.is_file())


def digest_of_texts(texts: Iterable[str]) -> str:
    """SHA-256 over texts, in any order."""
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()
