"""Graphs of companies as entities and statements, without a casefile around them: what of it goes out and what is
taken in.
"""

from __future__ import annotations

from typing import Any

from paradero.money.companies.bods import statements_of
from paradero.money.companies.bods_reading import read_bods
from paradero.money.companies.ftm import entities_of
from paradero.money.companies.ftm_reading import read_ftm
from paradero.money.companies.graph import MOST_CITED, Edge, Graph, cited_rows
from paradero.money.companies.spans import UNKNOWN

from .test_exchange import bods, ftm


def recorded() -> Graph:
    """What records say, which names no address on the net: an award, where it is performed, a parent, money."""
    graph = Graph()
    row = {"address": "s:a:2", "says": "names it"}
    for key, kind, about in (
        ("uei:A", "company", {}),
        ("uei:B", "company", {}),
        ("award:1", "award", {"obligated": "150.00", "as_of": None, "starts": "2024-01-02"}),
        ("award:2", "award", {"obligated": None}),
        ("place:x", "place", {}),
    ):
        graph.node(key, kind=kind, names=[key.upper()], citations=[row], about=about)
    money = {"what": "obligated", "amount": "150.00", "unit": "USD", "as_of": "2024-02-01"}
    for relation, source, target, along in (
        ("parent_of", "uei:A", "uei:B", None),
        ("holds", "uei:B", "award:1", money),
        ("holds", "uei:B", "award:2", money | {"amount": None}),
        ("subcontracts", "award:1", "uei:A", money | {"as_of": None}),
        ("subcontracts", "award:2", "uei:A", money | {"amount": None}),
        ("performed_at", "award:1", "place:x", None),
    ):
        graph.edge(
            Edge(relation=relation, source=source, target=target, span=UNKNOWN, citations=(row,), money=along)
        )
    return graph


def test_awards_of_records_go_out_with_their_money_and_place() -> None:
    graph = recorded()
    entities, counts = entities_of(graph.nodes(), graph.edges())
    named = {
        each["properties"].get("name", each["properties"].get("full", [""]))[0]: each for each in entities
    }
    contract, place = named["AWARD:1"], named["PLACE:X"]
    assert place["properties"] == {"full": ["PLACE:X"]}
    assert contract["properties"]["addressEntity"] == [place["id"]]
    assert contract["properties"]["summary"] == ["obligated, nominal US dollars, as of no stated day"]
    assert (contract["properties"]["amount"], "amount" in named["AWARD:2"]["properties"]) == (
        ["150.00"],
        False,
    )
    assert counts == {
        "Company": 2,
        "Contract": 2,
        "Address": 1,
        "Ownership": 1,
        "ContractAward": 2,
        "UnknownLink": 2,
    }
    held = [each["properties"].get("amount") for each in entities if each["schema"] == "ContractAward"]
    assert sorted(held, key=str) == [None, ["150.00"]]
    below = {
        text
        for each in entities
        if each["schema"] == "UnknownLink"
        for text in each["properties"]["description"]
    }
    assert "obligated: 150.00 USD, as of no stated day" in below
    (owned,) = [each["properties"] for each in entities if each["schema"] == "Ownership"]
    assert (owned["ownershipType"], "percentage" in owned) == (["ultimate"], False)


def test_a_parent_that_a_row_names_is_a_statement_without_share_or_address() -> None:
    graph = recorded()
    statements, _ = statements_of(graph.nodes(), graph.edges(), published_on="2025-01-02")
    (parent,) = [each for each in statements if each["recordType"] == "relationship"]
    assert parent["recordDetails"]["interests"] == [
        {"type": "unknownInterest", "directOrIndirect": "unknown", "details": "named as ultimate parent"}
    ]
    assert parent["source"] == {"type": ["officialRegister"], "description": "source row s:a:2"}


def test_more_rows_than_an_edge_cites_are_counted() -> None:
    cited = cited_rows(range(MOST_CITED + 2), str, "says so")
    assert len(cited) == MOST_CITED + 1
    assert cited[-1] == {"says": "2 more rows say so: `paradero export` writes the table"}
    assert cited_rows([7], str, "says so") == ({"address": "7", "says": "says so"},)


def test_of_statements_on_one_record_the_last_dated_one_stands() -> None:
    def said_on(day: str, name: str, **more: Any) -> dict[str, Any]:
        own = {"entityType": {"type": "registeredEntity"}, "name": name}
        return bods("r", "entity", **own) | {"statementId": name, "statementDate": day} | more

    taken = read_bods(
        [
            said_on("2023-01-01", "SECOND"),
            said_on("2022-01-01", "FIRST"),
            said_on("2024-01-01", "THIRD"),
            said_on("2025-01-01", "WRONG"),
            said_on("2024-01-01", "LAST", replacesStatements=["WRONG"]),
            bods("o", "other"),
        ]
    )
    assert [one.names for one in taken.parties.values()] == [("LAST",)]
    assert taken.left_out == {
        "statements that another replaces": 1,
        "earlier statements on a record": 3,
        "other statements": 1,
    }


def test_entities_that_say_less_than_a_relation_needs_are_counted() -> None:
    taken = read_ftm(
        [
            ftm("a", "Company", name=["A"], operator=["b"]),
            ftm("b", "Company", name=["B"]),
            ftm("p", "Airplane", name=["N000EX"], operator=["b", "gone"]),
            ftm("e", "Passport", number=["1"]),
            ftm("u", "UnknownLink", subject=["a"], object=["b"], role=["friend of"]),
            ftm("m", "Ownership", owner=["a"], asset=["b"], percentage=["a majority"]),
            ftm("f", "Ownership", owner=["a"], asset=["b"], startDate=["2024"], endDate=["2023"]),
        ]
    )
    assert [(one.kind, one.source, one.target, one.share, one.says.note) for one in taken.relations] == [
        ("operates", "b", "p", (None, None), ""),
        ("owns", "a", "b", (None, None), "percentage given as a majority"),
    ]
    assert taken.left_out == {
        "Passport entities": 1,
        "UnknownLink entities whose role is no relation of ours": 1,
        "relations with a party that was not kept": 1,
        "relations that end before they begin": 1,
    }
