"""Companies: joined by identifier or where a file says so, never by name; paths only of what can hold at
once; no natural persons.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from casefile.made import said
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.authored.declared import AuthoredError
from paradero.casefile.folder import Casefile
from paradero.money.companies import paths
from paradero.money.companies.graph import Edge, Graph, declare
from paradero.money.companies.parties import key_of, read_companies
from paradero.money.companies.paths import paths_of
from paradero.money.companies.spans import Span, at_once
from paradero.money.names import plain_name, spelt_name

from .awarded import AWARD
from .held import HEAD, SAID, companies_case, party, relation


def declared(*parts: str) -> Graph:
    graph = Graph()
    declare(graph, [read_companies(HEAD + "".join(parts), file="c.toml")])
    return graph


def chains(graph: Graph, start: str) -> set[tuple[str, ...]]:
    found = paths_of(graph.edges(), [graph.root(start)])
    return {(path.edges[0].source, *(edge.target for edge in path.edges), path.holds) for path in found.paths}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (party("X", "person"), "no natural person enters"),
        (party("X", "firm"), "`firm` is not a kind of party"),
        (party("X").replace('by = "A"', 'by = ""'), "`by` or `seen` is blank"),
        (relation("x", "loves", "uei:Y"), "`loves` is not a relation"),
        (relation("uei:X", "owns", "uei:Y", "share = 120.0"), "must be percent from 0 to 100"),
        (relation("uei:X", "operates", "uei:Y", "share = 20.0"), "has a share, which only"),
        (
            relation("uei:X", "owns", "uei:Y", 'begins = "2024"\nends = "2023"'),
            "ends (2023) before it begins (2024)",
        ),
        (relation("uei:X", "owns", "uei:Y", 'on = "2024"'), "must be one day or less"),
        (party("X") + party("X"), "is taken by line "),
        (party("X").replace('id = "x"', 'id = "x y"'), "the id `x y` may hold only letters, digits"),
        (
            party("X").replace("identifier = []", 'identifier = [{ scheme = "lei", value = " " }]'),
            "an identifier of `x` lacks its scheme or its value",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_line(text: str, words: str) -> None:
    with pytest.raises(AuthoredError, match=r"^c\.toml line \d+: ") as refused:
        read_companies(HEAD + text, file="c.toml")
    assert words in str(refused.value)


def test_a_relation_to_nothing_known_is_refused() -> None:
    with pytest.raises(AuthoredError, match="is not the id of a party, nor a key"):
        declared(party("X"), relation("x", "owns", "nobody"))


def test_parties_are_joined_by_identifier_and_by_declaration_and_never_by_name() -> None:
    graph = declared(
        party("Guards", identifier="uei:GUARDS000001 lei:LEI00000000000000001"), party("Other", identifier="lei:LEI00000000000000001"), party("GUARDS INC"), party("Alone"),
        f'[[same_as]]\na = "alone"\nb = "recipient:Alone, Inc."\n{SAID}',
    )  # fmt: skip
    assert graph.root("party:guards") == graph.root("uei:GUARDS000001") == graph.root("party:other")
    assert graph.root("party:alone") == graph.root("recipient:ALONE INC")
    assert len({graph.root(f"party:{name}") for name in ("guards", "guards-inc", "alone")}) == 3


@pytest.mark.parametrize(
    "identifier",
    ["register:01234567", "uei:N/A", "lei:N/A", "register:-", "duns:000000000", "uei:U1", "ein:unknown"],
)
def test_what_identifies_nobody_joins_nobody(identifier: str) -> None:
    graph = declared(party("Foods", identifier=identifier), party("Prisons", identifier=identifier))
    assert graph.root("party:foods") != graph.root("party:prisons")
    scheme, _, value = identifier.partition(":")
    assert graph.nodes()["party:foods"].about["identifiers_not_joined"] == (key_of(scheme, value),)


def test_a_register_that_is_named_identifies() -> None:
    graph = declared(
        party("Foods", identifier="register-gb:01234567"),
        party("Foods Ltd", identifier="register-gb:01234567"),
        party("SK", identifier="register-sk:01234567"),
    )
    assert graph.root("party:foods") == graph.root("party:foods-ltd") != graph.root("party:sk")


def test_owners_at_different_times_make_no_path_and_unknown_times_a_possible_one() -> None:
    graph = declared(
        party("Old"), party("New"), party("Guards"), party("Nobody Knows"),
        relation("old", "owns", "guards", 'begins = "2010-01-01"\nends = "2019-12-31"\nshare = 80.0'),
        relation("new", "owns", "guards", 'begins = "2020-01-01"\nends = "open"\nshare = 50.0'),
        relation("nobody-knows", "owns", "guards"),
        relation("guards", "operates", "detloc:EXAMPLE", 'begins = "2021-01-01"\nends = "2024-12-31"'),
    )  # fmt: skip
    assert chains(graph, "detloc:EXAMPLE") == {
        ("party:new", "party:guards", "detloc:EXAMPLE", "at once"),
        ("party:nobody-knows", "party:guards", "detloc:EXAMPLE", "possible"),
    }
    assert chains(graph, "party:old") == {("party:old", "party:guards", "at once")}
    found = paths_of(graph.edges(), ["party:new"])
    assert (found.paths[0].shares, found.n_apart) == ((50.0, 50.0), 0)


def test_a_partner_of_a_company_is_not_what_its_owner_does() -> None:
    graph = declared(
        party("Holding"), party("Guards"), party("Meals"), party("Other"),
        relation("holding", "owns", "guards"), relation("guards", "holds", "award:A1"), relation("award:A1", "subcontracts", "meals"),
        relation("meals", "holds", "award:B2"), relation("meals", "owns", "other"), relation("meals", "operates", "detloc:KITCHEN"),
    )  # fmt: skip
    assert chains(graph, "party:holding") == {
        ("party:holding", "party:guards", "award:A1", "party:meals", "detloc:KITCHEN", "possible")
    }


def test_more_paths_than_are_looked_for_are_cut_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = declared(
        party("Holding"), *(party(f"G{number}") for number in range(3)),
        *(relation("holding", "owns", f"g{number}") for number in range(3)),
    )  # fmt: skip
    every = paths_of(graph.edges(), ["party:holding"])
    assert (len(every.paths), every.is_cut) == (3, False)
    monkeypatch.setattr(paths, "MOST", 2)
    some = paths_of(graph.edges(), ["party:holding"])
    assert (len(some.paths), some.is_cut) == (2, True)


def test_companies_that_own_each_other_end() -> None:
    graph = declared(party("A"), party("B"), relation("a", "owns", "b"), relation("b", "owns", "a"))
    assert chains(graph, "party:a") == {
        ("party:a", "party:b", "possible"),
        ("party:b", "party:a", "possible"),
    }


instants = st.one_of(st.none(), st.integers(0, 12))


@st.composite
def spans(draw: Any) -> Span:
    lo, hi = draw(instants), draw(instants)
    if lo is not None and hi is not None and lo > hi:
        lo, hi = hi, lo
    inside = [each for each in range(13) if (lo is None or each >= lo) and (hi is None or each <= hi)]
    sure = draw(st.none() | st.tuples(st.sampled_from(inside), st.sampled_from(inside)).map(sorted))
    return Span(lo=lo, hi=hi, sure_lo=sure[0] if sure else None, sure_hi=sure[1] if sure else None)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(spans(), min_size=1, max_size=4))
def test_spans_meet_as_their_instants_do(given_spans: list[Span]) -> None:
    """Compared with asking each instant: bounded spans can hold where all can, and surely do where all do."""
    both = at_once(given_spans)
    can = [
        each
        for each in range(-1, 14)
        if all(
            (one.lo is None or each >= one.lo) and (one.hi is None or each <= one.hi) for one in given_spans
        )
    ]
    sure = [
        each
        for each in range(13)
        if all(
            one.sure_lo is not None and one.sure_hi is not None and one.sure_lo <= each <= one.sure_hi
            for one in given_spans
        )
    ]
    assert (both.can_hold, both.surely_holds) == (bool(can), bool(sure))


def test_the_order_of_files_and_edges_changes_no_path() -> None:
    edges = [
        Edge(relation=kind, source=a, target=b, span=Span(), citations=())
        for a, kind, b in (("a", "owns", "b"), ("b", "operates", "f"), ("x", "owns", "a"))
    ]
    assert paths_of(edges, ["f"]) == paths_of(edges[::-1], ["f"])


def test_names_are_equal_after_capitals_punctuation_and_legal_form_and_not_otherwise() -> None:
    alike = (
        "The Example Group, Inc.",
        "EXAMPLE GROUP INC",
        "Example Group, L.L.C.",
        "example  group company",
        "Éxample Group",
    )
    assert {plain_name(name) for name in alike} == {"EXAMPLE GROUP"}
    assert plain_name("EXAMPLE GROUPS INC") != "EXAMPLE GROUP"
    assert spelt_name("Example Group, L.L.C.") != spelt_name("Example Group Inc")
    assert (plain_name("CO"), plain_name("A & B Co."), plain_name("Transporte Ejemplo, S.A. de C.V.")) == (
        "CO",
        "A AND B",
        "TRANSPORTE EJEMPLO",
    )


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return companies_case(tmp_path_factory.mktemp("companies"))


def test_exposure_goes_from_owner_to_contract_with_the_row_or_the_words_behind_each_step(
    case: Casefile,
) -> None:
    answer = said(case.root, "exposure", "Fund", "--json").json
    assert answer["name"] == "Fund"
    long = next(path for path in answer["paths"] if path["edges"][-1]["relation"] == "subcontracts")
    assert [node["kind"] for node in long["nodes"]] == ["company", "company", "company", "award", "company"]
    assert [edge["relation"] for edge in long["edges"]] == ["owns", "parent_of", "holds", "subcontracts"]
    for edge in long["edges"]:
        assert {"relation", "from", "to", "lo", "hi", "citations"} <= set(edge)
        assert edge["citations"]
        assert all(
            one.get("address") or (one["by"] and one["seen"] and one["dated"]) for one in edge["citations"]
        )
    assert (long["edges"][0]["lo"], long["edges"][0]["hi"], long["edges"][0]["share_lo"]) == (
        "2020-01-01T00:00:00Z",
        None,
        50.0,
    )
    assert (
        long["money"]["amount"],
        long["money"]["unit"],
        long["money"]["as_of"],
        long["money"]["part_of"],
    ) == (40.0, "USD, nominal", "2024-02-01", f"award:{AWARD}")
    addresses = [one["address"] for edge in long["edges"] for one in edge["citations"] if "address" in one]
    assert said(case.root, "rows", *addresses).code == 0


def test_a_facility_is_asked_for_by_code_or_name_and_what_is_merely_near_is_no_path(case: Casefile) -> None:
    for name in ("EXAMPLE", "Example Processing Center"):
        answer = said(case.root, "exposure", name, "--json").json
        assert [[edge["relation"] for edge in path["edges"]] for path in answer["paths"]] == [["operates"]]
        assert answer["paths"][0]["holds"] == "possible"
        (near,) = answer["candidates"]
        assert (near["key"], near["citations"][0]["says"]) == (
            f"award:{AWARD}",
            "names the primary place of performance",
        )


def test_one_name_of_several_unjoined_parties_asks_for_all_of_them(case: Casefile) -> None:
    answer = said(case.root, "exposure", "Guards Example", "--json").json
    assert {node["key"] for node in answer["matched"]} == {
        "uei:UEIGUARDS001",
        "recipient:GUARDS EXAMPLE LLC",
        "operator:GUARDS EXAMPLE",
    }
    assert not any(
        {"operates", "holds"} <= {edge["relation"] for edge in path["edges"]} for path in answer["paths"]
    )


def test_an_award_is_asked_for_by_its_number(case: Casefile) -> None:
    answer = said(case.root, "exposure", "a1", "--json").json
    assert [node["key"] for node in answer["matched"]] == [f"award:{AWARD}"]
    assert {path["direction"] for path in answer["paths"]} == {"down", "up"}


def test_a_tail_and_its_vendor(case: Casefile) -> None:
    answer = said(case.root, "exposure", "n000ex", "--json").json
    (path,) = answer["paths"]
    assert (path["direction"], path["edges"][0]["relation"], path["nodes"][0]["name"]) == (
        "up",
        "provides",
        "CARRIER EXAMPLE",
    )


def test_an_unknown_name_says_what_is_near(case: Casefile) -> None:
    heard = said(case.root, "exposure", "Guard Exampel")
    assert (heard.code, heard.out) == (1, "")
    assert "Did you mean" in heard.err
    assert "GUARDS EXAMPLE" in heard.err


def test_text_and_csv_say_what_json_says(case: Casefile) -> None:
    text = said(case.root, "exposure", "Fund", "--lang", "es").out
    assert "Fund —posee 50–75%→ Holding Example —figura como matriz de→" in text
    assert "40.00 USD (nominales) pasados a otro" in text
    lines = said(case.root, "exposure", "Fund", "--csv").out.splitlines()
    assert len(lines) == 1 + sum(
        len(path["edges"]) for path in said(case.root, "exposure", "Fund", "--json").json["paths"]
    )
    assert [
        row["name"]
        for row in said(case.root, "companies", "list", "--json").json["rows"]
        if row["kind"] == "aircraft"
    ] == ["N-000EX"]


def test_the_reference_case_names_its_carrier_and_says_what_is_inferred(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case", "--from", "cecot-2025").code == 0
    answer = said(tmp_path / "case", "exposure", "GlobalX", "--json").json
    assert (len(answer["digest"]), answer["n_paths"]) == (64, 7)
    inferred = [path for path in answer["paths"] if path["evidence"] == "derived"]
    assert {tuple(node["name"] for node in path["nodes"])[1] for path in inferred} == {
        "N278GX",
        "N837VA",
        "N630VA",
    }
    flown = [path for path in answer["paths"] if path["edges"][-1]["relation"] == "carries"]
    assert all(path["edges"][-1]["citations"][0]["fact"] in ("FL01", "FL03", "FL05") for path in flown)
    (behind,) = (path for path in answer["paths"] if path not in flown)
    assert [edge["relation"] for edge in behind["edges"]] == ["holds", "subcontracts"]
    # A report says that the carrier flew under the order, no record: how the whole link is known.
    assert (behind["evidence"], behind["holds"]) == ("press", "possible")
