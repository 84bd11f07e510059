"""The casefile as it stands now: its digest, and what was worked out of it, until something in it changes."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from paradero.answers.digests import digest_of_case
from paradero.answers.words import LANGUAGES
from paradero.building.receipts import pointer
from paradero.casefile.folder import AUTHORED, SETTINGS, Casefile
from paradero.disclosure.asked import Publishing
from paradero.disclosure.figures import PublishedFigures, publish_in_languages
from paradero.disclosure.gate import check_rows_may_leave, pass_rows, profile_for
from paradero.disclosure.profiles import Profile
from paradero.disclosure.register import publications
from paradero.figures.answered import EVERYTHING, Asked, Supposing
from paradero.model.errors import ParaderoError

T = TypeVar("T")

WHAT = "the site"  # as the register calls it
_SHARED = 24  # answers on that many facilities and companies are kept at once
_LOOKED_S = 1.0  # whether something changed is looked up once a second


class Standing:
    """One state of a casefile. What pages share (answers, listings) is worked out once and kept; it is
    forgotten with the state.
    """

    def __init__(self, case: Casefile, *, is_public: bool) -> None:
        self.case = case
        self.digest = digest_of_case(case)
        self.is_public = is_public
        self.profile: Profile = profile_for(case, None)[0]
        self.published = published(case, self.profile) if is_public else None
        self._shared: OrderedDict[object, object] = OrderedDict()
        self._lasting: dict[object, object] = {}
        self._locks: dict[object, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def keeps_rows_in(self) -> bool:
        """Whether nothing about single people and rows leaves: a private list, in public."""
        return self.is_public and not self.profile.rows

    def asked(
        self, *, facility: str | None = None, company: str | None = None, supposing: Supposing = EVERYTHING
    ) -> Asked:
        """The answers that pages on one subject share; those on no subject are shared by all."""
        is_on_one = facility is not None or company is not None
        whole = self.asked(supposing=supposing) if is_on_one else None
        return self.shared(
            ("asked", facility, company, supposing),
            lambda: Asked(self.case, facility=facility, company=company, supposing=supposing, shared=whole),
        )

    def lasting(self, key: object, work: Callable[[], T]) -> T:
        """As `shared`, of what is small and takes long: kept as long as the state."""
        if key not in self._lasting:
            self._lasting[key] = self.shared(key, work)
        return self._lasting[key]  # type: ignore[return-value]

    def shared(self, key: object, work: Callable[[], T]) -> T:
        """What `work` gives, worked out once however many ask for it at the same time; the oldest is
        forgotten when there is too much.
        """
        with self._lock:
            if key in self._shared:
                self._shared.move_to_end(key)
                return self._shared[key]  # type: ignore[return-value]
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            with self._lock:
                if key in self._shared:
                    return self._shared[key]  # type: ignore[return-value]
            made = work()
            with self._lock:
                self._shared[key] = made
                self._locks.pop(key, None)
                while len(self._shared) > _SHARED:
                    self._shared.popitem(last=False)
            return made


def published(case: Casefile, profile: Profile) -> Mapping[str, PublishedFigures]:
    """Register what a public site of this state of a casefile lets leave, once however often it is served,
    and give the figures that passed the gate, by language; none where rows may leave. Raises what the gate
    does: then nothing is served.
    """
    if profile.rows:
        if not profile.registered:
            raise ParaderoError(
                f"The profile `{profile.name}` is not for publication, and {WHAT} would be public. Only"
                " `public` and `private` publish: name one below `[publishing]` in paradero.toml and build"
                " again."
            )
        check_rows_may_leave(case, None, WHAT)
        digest = digest_of_case(case)
        if not _is_registered(case, profile, digest):
            pass_rows(case, profile, what=WHAT, build=digest, content=digest.encode())
        return {}
    found, _ = publish_in_languages(Asked(case), (), Publishing(), LANGUAGES, what=WHAT)
    return found


def _is_registered(case: Casefile, profile: Profile, digest: str) -> bool:
    return any(
        (one.what, one.profile, one.state) == (WHAT, profile.name, digest) for one in publications(case)
    )


class Watched:
    """A casefile that may change while it is served: every change of its files gives a new state."""

    def __init__(self, case: Casefile, *, is_public: bool = False) -> None:
        self.case = case
        self.is_public = is_public
        self._lock = threading.Lock()
        self._seen: object = None
        self._looked = 0.0
        self._standing: Standing | ParaderoError | None = None

    def now(self) -> Standing:
        """The state that counts. Raises CasefileError where the casefile is damaged, and in public what keeps
        its state from being published.
        """
        with self._lock:
            if self._standing is None or time.monotonic() - self._looked > _LOOKED_S:
                if self._standing is None or _seen(self.case) != self._seen:
                    self._standing = self._made()
                    self._seen = _seen(self.case)  # publishing is in the log
                self._looked = time.monotonic()
            if isinstance(self._standing, ParaderoError):
                raise self._standing
            return self._standing

    def look_again(self) -> None:
        """Look the files up at the next question, however lately they were: the site itself changed one."""
        with self._lock:
            self._looked = -math.inf

    def _made(self) -> Standing | ParaderoError:
        """The state as it is now, or why there is none: asked again only when a file has changed."""
        try:
            return Standing(self.case, is_public=self.is_public)
        except ParaderoError as error:
            return error


def _seen(case: Casefile) -> object:
    """Size and time of every file that answers rest on: cheap to ask, and a change shows."""
    files = [case.root / SETTINGS, case.root / "log.jsonl", pointer(case)]
    for folder in AUTHORED:
        files += sorted((case.root / folder).rglob("*"))
    return [(str(path), *_stat(path)) for path in files]


def _stat(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
