"""The one thing the site writes: only on this machine, only by its own form, as the command line does it."""

from __future__ import annotations

import contextlib
import hashlib
import re
from pathlib import Path

import pytest
from casefile.made import new_reference, said

from paradero.casefile.folder import Casefile, find
from paradero.web.application import SiteSettings
from web.asked import Site
from web.crawled import read

pytestmark = pytest.mark.xdist_group("site")
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def case(tmp_path: Path) -> Casefile:
    case = new_reference(tmp_path / "case")
    memo = tmp_path / "memo.txt"
    memo.write_text("The grant was $6 million for 300 people, said on 21 March 2025.\n", encoding="utf-8")
    assert said(case.root, "add", str(memo)).code == 0
    return case


def standing(case: Casefile) -> dict[str, str]:
    """Every file of the casefile but what is derived, by its hash."""
    return {
        str(path.relative_to(case.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(case.root.rglob("*"))
        if path.is_file() and "build" not in path.relative_to(case.root).parts and path.name != ".lock"
    }


def mention_and_token(site: Site) -> tuple[str, str]:
    document = next(
        link
        for link in read(site.ask("/en/documents").text).links
        if re.search(r"/documents/[0-9a-f]{12}", link)
    )
    link = next(link for link in read(site.ask(document).text).links if "/mention/" in link)
    page = read(site.ask(link).text)
    tokens = {given["value"] for tag, given in page.tags if tag == "input" and given.get("name") == "token"}
    return link.rpartition("/")[2].replace("%3A", ":"), next(iter(tokens), "")


def body(**fields: str) -> bytes:
    from urllib.parse import urlencode

    return urlencode(fields).encode()


def test_rejecting_is_entered_into_the_log_and_shown(case: Casefile) -> None:
    site = Site(case, SiteSettings(may_write=True))
    mention, token = mention_and_token(site)
    before, shown = standing(case), site.ask(f"/en/mention/{mention}").text
    sent = body(mention=mention, by="a reader", why="no claim", token=token, language="es")
    answer = site.ask(
        "/acts/reject", method="POST", headers=FORM | {"origin": "http://127.0.0.1"}, content=sent
    )
    assert (answer.status_code, answer.headers["location"].split("/")[1]) == (303, "es")
    assert {name for name, digest in standing(case).items() if before.get(name) != digest} == {
        "log.jsonl",
        "hand/rejected-mentions.toml",
    }
    listed = said(case.root, "documents", "mentions", "--json").json["rows"]
    assert [one["state"] for one in listed if one["mention"] == mention] == ["rejected"]
    assert said(case.root, "verify", "--quick").code == 0
    assert site.ask(f"/en/mention/{mention}").text != shown  # at once
    # the same again is refused in a sentence, and changes nothing
    after = standing(case)
    again = site.ask("/acts/reject", method="POST", headers=FORM, content=sent)
    assert again.status_code == 400
    assert "rejected" in again.text
    assert standing(case) == after
    (case.root / "hand" / "rejected-mentions.toml").write_text("no toml", encoding="utf-8")
    damaged = site.ask("/acts/reject", method="POST", headers=FORM, content=sent)
    assert damaged.status_code == 400
    assert "rejected-mentions.toml" in damaged.text
    assert str(case.root) not in damaged.text


def test_nothing_else_writes(case: Casefile) -> None:
    site = Site(case, SiteSettings(may_write=True))
    mention, token = mention_and_token(site)
    assert len(token) >= 32
    sent = {"mention": mention, "by": "x", "why": "y"}
    right = body(**sent, token=token)
    attempts = [
        ("GET", FORM, right),
        ("PUT", FORM, right),
        ("POST", FORM, body(**sent)),
        ("POST", FORM, body(**sent, token=token[:-1] + ("A" if token[-1] != "A" else "B"))),
        ("POST", FORM, body(**sent, token="")),
        ("POST", {"content-type": "text/plain"}, right),
        ("POST", {"content-type": "multipart/form-data; boundary=x"}, right),
        ("POST", {"content-type": "application/json"}, b"{}"),
        ("POST", FORM | {"origin": "http://evil.example"}, right),
        ("POST", FORM | {"origin": "http://127.0.0.1.evil.example"}, right),
        ("POST", FORM | {"origin": "https://127.0.0.1:1"}, right),
        ("POST", FORM | {"sec-fetch-site": "cross-site"}, right),
        ("POST", FORM | {"sec-fetch-site": "same-site"}, right),
        ("POST", FORM | {"host": "evil.example"}, right),
        ("POST", FORM, right + b"&token=" + token.encode()),
        ("POST", FORM, right + b"&why=other"),
        ("POST", FORM, b"\xff\xfe=" + right),
        ("POST", FORM, right + b"&note=" + b"x" * 50_000),
        ("POST", FORM, b"&".join(b"f%d=1" % number for number in range(200))),
    ]
    before, refused = standing(case), True
    for method, headers, content in attempts:
        with contextlib.suppress(RuntimeError, AssertionError):  # the server hangs up on a body without end
            answer = site.ask("/acts/reject", method=method, headers=headers, content=content)
            refused = answer.status_code >= 400
        assert refused, (method, headers, content[:80])
    assert standing(case) == before


@pytest.mark.parametrize(
    "settings", [SiteSettings(), SiteSettings(is_public=True), SiteSettings(token="t" * 32)]
)
def test_elsewhere_there_is_no_form_and_no_address(case: Casefile, settings: SiteSettings) -> None:
    site = Site(case, settings)
    headers = FORM | ({"authorization": f"Bearer {settings.token}"} if settings.token else {})
    before = standing(case)
    answer = site.ask(
        "/acts/reject", method="POST", headers=headers, content=body(mention="x", by="x", why="y", token="")
    )
    assert answer.status_code in (404, 405)
    assert {name for name, digest in standing(case).items() if before.get(name) != digest} <= {
        "log.jsonl"
    } | {name for name in standing(case) if name.startswith("published/")}


def test_a_confirmed_mention_is_a_claim(case: Casefile) -> None:
    site = Site(case, SiteSettings(may_write=True))
    mention, token = mention_and_token(site)
    claims = said(case.root, "claims", "check", "--json").json["rows"]
    money = next(one for one in claims if "USD" in (one.get("unit") or "") and one["subject"])
    files = {path.name: path.read_text("utf-8") for path in (case.root / "claims").glob("*.toml")}
    file = next(name for name, text in files.items() if f'id = "{money["subject"]}"' in text)
    sent = body(
        mention=mention,
        claims=file,
        subject=money["subject"],
        by="A memo",
        evidence="official",
        seen="https://example.org/memo",
        dated="2025-03-21",
        confirmed_by="a reader",
        note="",
        token=token,
    )
    answer = site.ask("/acts/confirm", method="POST", headers=FORM, content=sent)
    listed = {
        one["mention"]: one["state"]
        for one in said(case.root, "documents", "mentions", "--json").json["rows"]
    }
    if answer.status_code == 303:
        assert listed[mention] == "confirmed"
        assert "A memo" in (case.root / "claims" / file).read_text("utf-8")
    else:  # the unit of the subject is another: told, and nothing written
        assert answer.status_code == 400
        assert listed[mention] == "open"
        assert {path.name: path.read_text("utf-8") for path in (case.root / "claims").glob("*.toml")} == files
    assert said(find(case.root).root, "verify", "--quick").code == 0
