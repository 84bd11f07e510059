"""Publishers of public releases as data: one TOML each in `known/`, with addresses, terms, how to cite them
and what each file should be.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

from paradero.fetching.asking import Key
from paradero.model.errors import SourceError, UnknownName
from paradero.model.naming import unknown


class Token(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """By what the publisher knows who asks: the environment variable `env` holds it, `host` alone is told
    it.
    """

    env: str
    host: str
    form: str
    is_needed: bool


class Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A page whose links of the form `link` are the files; the `newest` of them by the date in their names,
    as month, day and year.
    """

    page: str
    link: str
    newest: int = 1


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file that the publisher makes when asked: by POST of the JSON `body` to `url`. The answer names where
    it will be (`file_url`) and where to ask whether it is there (`status_url`).
    """

    url: str
    body: str


class Blank(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `{of}` stands for in addresses, and how it is written."""

    what: str
    pattern: str


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of a publisher: at `url`, among `links`, or made by `order`. `kind` is what it should be as a
    source of a casefile; without one it is no source, and its first line should have the `headers`.
    `is_paged`: the answer names the next one.
    """

    name: str
    title: str
    url: str | None = None
    links: Links | None = None
    order: Order | None = None
    kind: str | None = None
    headers: tuple[str, ...] = ()
    of: Blank | None = None
    is_paged: bool = False


class Publisher(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who publishes, where people find it, under which terms, and how it is cited. `is_tried`: fetching from
    there was tried when these addresses were written down.
    """

    title: str
    home: str
    licence: str
    citation: str
    pause_seconds: float
    is_tried: bool
    token: Token | None = None
    item: tuple[Item, ...]


@functools.cache
def publishers() -> Mapping[str, Publisher]:
    """All publishers by name."""
    folder = files("paradero.fetching") / "known"
    found = {
        entry.name.removesuffix(".toml"): msgspec.toml.decode(entry.read_bytes(), type=Publisher)
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return dict(sorted(found.items()))


def publisher_of(name: str) -> Publisher:
    """The publisher of that name; raises UnknownName with near ones."""
    try:
        return publishers()[name]
    except KeyError:
        raise unknown("a publisher", name, publishers()) from None


def items_of(publisher: Publisher, only: list[str]) -> list[Item]:
    """The files named, else all; raises UnknownName for one that the publisher has not."""
    known = {item.name: item for item in publisher.item}
    for name in only:
        if name not in known:
            raise unknown("a file of this publisher", name, known)
    return [item for item in publisher.item if not only or item.name in only]


def filled(item: Item, of: str | None) -> Item:
    """The file with its blank filled in. Raises UnknownName where that is missing, or no blank is."""
    if item.of is None:
        return item
    if of is None:
        raise UnknownName(f"`{item.name}` is of {item.of.what}. Name it with --of.")
    if not re.fullmatch(item.of.pattern, of):
        raise UnknownName(f"`{of}` is not {item.of.what}. Write it so: {item.of.pattern}.")
    text = msgspec.json.encode(item).decode().replace("{of}", of)
    return msgspec.json.decode(text, type=Item)


def key_of(publisher: Publisher) -> Key | None:
    """What the publisher knows the caller by; None where none is set. Raises SourceError where it is
    needed.
    """
    token = publisher.token
    if token is None:
        return None
    value = os.environ.get(token.env, "").strip()
    if value:
        if not value.isascii() or not value.isprintable():
            raise SourceError(f"{token.env} holds letters that no token has. Set it anew.")
        return Key(host=token.host, value=token.form.replace("{token}", value))
    if token.is_needed:
        raise SourceError(
            f"{publisher.title} answers only who has a token. Get one there ({publisher.home}) and set it in"
            f" the environment as {token.env}."
        )
    return None


def is_of(publisher: Publisher, url: str) -> bool:
    """Whether an address lies on a server that the publisher's declared addresses lie on."""
    hosts = {
        urlsplit(address).hostname
        for item in publisher.item
        for address in (
            publisher.home,
            item.url,
            item.links.page if item.links else None,
            item.order.url if item.order else None,
        )
        if address
    }
    here = urlsplit(url)
    return here.scheme in ("http", "https") and any(
        host and (here.hostname == host or _is_beside(here.hostname or "", host)) for host in hosts
    )


def _is_beside(one: str, other: str) -> bool:
    """Whether two hosts are of one domain, as files.example.gov and api.example.gov."""
    return "." in one and one.split(".")[-2:] == other.split(".")[-2:] and not one.replace(".", "").isdigit()
