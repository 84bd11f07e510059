"""Ids of rules that look like names of orders: what was judged is written down by the audit, never read from
a name.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import copied, said
from judged import act, event, order
from own_rule import TEST, rule

from paradero.answers.law.law_files import rules_of
from paradero.answers.verdicts.verdict_files import VerdictFile, with_judged
from paradero.authored.declared import AuthoredError
from paradero.casefile.folder import Casefile

BINDS = 'rule = "hold-room-limit"\nparameters = { limit = "PT3H" }'


def _rule(folder: Path, name: str) -> Path:
    """Write a rule's folder under that name."""
    folder.mkdir(exist_ok=True)
    written = rule(folder, sql=TEST.replace("own_rule", name.replace("-", "_")))
    return written.rename(folder / name)


CASE = """
[[case]]
title = "In force"
kind = "release"
moments = { done = "2025-05-03" }
verdicts = { hold-room-limit = "violated" }
"""


@pytest.fixture(scope="module")
def audited(small: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a casefile with rules whose ids begin as names of orders do, an order that binds to a rule, and
    one with a term that is called as a rule is.
    """
    case = copied(small, tmp_path_factory.mktemp("audited") / "case")
    for name in ("order-late", "orders-late", "ordersome"):
        _rule(case.root / "rules", name)
    (case.root / "orders").mkdir()
    text = order(act("entered", "binds", "2024-11-01"), term=BINDS)
    (case.root / "orders" / "o.toml").write_text(text, encoding="utf-8")
    text = order(act("entered", "binds", "2024-11-01"), rest=CASE)
    text = text.replace('id = "o"', 'id = "p"').replace('id = "t"', 'id = "hold-room-limit"')
    (case.root / "orders" / "p.toml").write_text(text, encoding="utf-8")
    (case.root / "events").mkdir()
    (case.root / "events" / "e.toml").write_text(event("2025-05-03"), encoding="utf-8")
    return case.root


def test_a_rule_may_be_called_as_orders_are(audited: Path) -> None:
    every = said(audited, "audit", "--json", "--verdict", "all").json
    for name in ("order-late", "orders-late", "ordersome"):
        found = said(audited, "audit", "--json", "--verdict", "all", "--rule", name).json
        assert {(row["rule"], row["order"], row["version"]) for row in found["rows"]} == {(name, None, "one")}
        assert [row for row in every["rows"] if row["rule"] == name] == found["rows"] != []
        assert [(row["rule"], row["order"]) for row in found["summary"]] == [(name, None)]
        explained = said(audited, "why", found["rows"][0]["id"], "--json").json
        assert explained["id"] == found["rows"][0]["id"]
        assert name not in said(audited, "audit", "--limit", "1").out.partition("found no event")[2]
    ours = said(audited, "audit", "--json", "--verdict", "all", "--order", "o").json
    assert {(row["rule"], row["order"]) for row in ours["rows"]} == {("hold-room-limit", "o")}
    asked = said(audited, "requests", "--json").json["rows"]
    assert {"orders-late", "order-late"} <= {each for row in asked for each in row["asked_by"]}


def test_the_receipt_says_what_was_judged(audited: Path) -> None:
    assert said(audited, "audit", "--limit", "1").code in (0, 2)
    (receipt,) = (audited / "build" / "audits").glob("*/audit.json")
    files = {each["name"]: each for each in json.loads(receipt.read_text(encoding="utf-8"))["files"]}
    assert (files["orders-late"]["judged"], files["orders-late"]["rule"]) == ("rule", "orders-late")
    assert (files["orders"]["judged"], files["orders"]["rule"]) == ("order", "")
    under = files["orders-hold-room-limit"]
    assert (under["judged"], under["rule"]) == ("order", "hold-room-limit")
    assert said(audited, "verify", *["--quick"][: draws(1, 0)]).code == 0


def test_a_term_may_be_called_as_a_rule_is(audited: Path) -> None:
    found = said(audited, "audit", "--json", "--verdict", "all", "--order", "p").json
    assert {(row["rule"], row["order"]) for row in found["rows"]} == {("hold-room-limit", "p")}
    heard = said(audited, "why", found["rows"][0]["id"])
    assert heard.code == 0
    assert "hold room" not in heard.out


def test_an_audit_made_before_the_receipt_said_so_reads_as_it_did(audited: Path) -> None:
    (receipt,) = (audited / "build" / "audits").glob("*/audit.json")
    found = json.loads(receipt.read_text(encoding="utf-8"))
    for each in found["files"]:
        if each["name"].startswith("orders-") and each["judged"] == "rule":
            continue  # no rule could be called so then
        shown = VerdictFile(each["name"], each["sha256"], each["rows"], each["unjudged"])
        completed = with_judged(shown)
        assert (completed.judged, completed.rule) == (each["judged"], each["rule"])


def test_names_of_verdicts_of_orders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AuthoredError, match=r"/orders: the id `orders` is kept for verdicts of orders"):
        rules_of(None, [_rule(tmp_path / "one", "orders")])
    _rule(tmp_path / "two", "late")
    assert "late" in rules_of(None, [tmp_path / "two"])
    _rule(tmp_path / "two", "orders-late")
    with pytest.raises(
        AuthoredError, match=r"/orders-late: the id `orders-late` is kept for verdicts of orders"
    ):
        rules_of(None, [tmp_path / "two"])
    with pytest.raises(
        AuthoredError, match=r"the id `orders-hold-room-limit` is kept for verdicts of orders"
    ):
        rules_of(None, [_rule(tmp_path / "three", "orders-hold-room-limit")])
    assert "orders-late" in rules_of(None, [_rule(tmp_path / "four", "orders-late")])
