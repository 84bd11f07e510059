"""Links of a page as files have them: relative, to what is there; what is not there is plain words."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator

_LINKED = re.compile(r'<(a|link|script)\b[^>]*?\s(href|src)="([^"]*)"[^>]*>')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_HEAD = '<meta charset="utf-8">\n'
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none';"
    " form-action 'none'"
)


def addresses_in(page: str) -> Iterator[str]:
    """The addresses of the site that a page leads to, in their order."""
    for found in _LINKED.finditer(_FORM.sub("", page)):
        address = html.unescape(found[3])
        if found[1] == "a" and address.startswith("/") and not address.startswith("//"):
            yield address


def as_file(page: str, file: str, file_of: Callable[[str], str | None]) -> str:
    """The page as the file of that name: its links relative, without forms, which need a server to answer;
    `file_of` gives the file of an address, or a part of a file to which it leads instead; None where it is
    none of these.
    """

    def moved(found: re.Match[str]) -> str:
        tag, name, address = found[1], found[2], html.unescape(found[3])
        if not address.startswith("/") or address.startswith("//"):
            return found[0]
        target = file_of(address)
        if target is None:
            return found[0].replace(f' {name}="{found[3]}"', "") if tag == "a" else ""
        target, _, elsewhere = target.partition("#")
        part = elsewhere or address.partition("#")[2]
        led = posixpath.relpath(target, posixpath.dirname(file) or ".")
        led = html.escape(led + (f"#{part}" if part else ""), quote=True)
        return found[0].replace(f'{name}="{found[3]}"', f'{name}="{led}"')

    head = f'{_HEAD}<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    return _LINKED.sub(moved, _FORM.sub("", page)).replace(_HEAD, head, 1)
