"""Matching: what contradicts is no link, what has a rival is no more than assumed, silence of the books is no
finding.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said
from hypothesis import given
from hypothesis import strategies as st

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import create
from paradero.flights.matching.matching import (
    Limits,
    Link,
    LinkClass,
    link_moved,
    link_planned,
    link_removed,
    same_flights,
)
from paradero.flights.matching.meeting import meets
from paradero.flights.matching.movements import Flown, Moved, Place, Planned, Removed, country_of, place_of
from paradero.flights.matching.tallies import tallies, verdict_of
from paradero.flights.places.airports import airports
from paradero.flights.places.outlines import outlines
from paradero.model.time.moments import Missing, Moment, Reason
from paradero.model.time.reading import parse_moment

from .matched import matched_case

TEXAS, LOUISIANA = Place(code="TXFAC", lat=26.15, lon=-97.60), Place(code="LAFAC", lat=31.50, lon=-92.30)


def at(text: str) -> Moment:
    return parse_moment(text)


def airport(code: str, weight: float = 0.9) -> Place:
    found = place_of(code)
    assert found is not None
    return replace(found, weight=weight)


def leg(
    name: str = "leg",
    *,
    origin: str = "KHRL",
    destination: str = "KAEX",
    takeoff: str = "2025-03-15T17:00/17:10Z",
    landing: str = "2025-03-15T18:20/18:30Z",
    **others: Any,
) -> Flown:
    origins, destinations = (
        others.pop("origins", (airport(origin),)),
        others.pop("destinations", (airport(destination),)),
    )
    return Flown(
        id=name,
        source=others.pop("source", "positions"),
        tail=others.pop("tail", "N101XX"),
        callsigns=(),
        takeoff=at(takeoff),
        landing=at(landing),
        origins=origins,
        destinations=destinations,
        **others,
    )


def manifest(
    name: str = "manifest",
    *,
    origin: str = "KHRL",
    destination: str = "KAEX",
    day: str = "2025-03-15[America/Chicago]",
    persons: tuple[int, int] = (100, 100),
    **others: Any,
) -> Planned:
    kind, tail = others.get("kind", "manifest"), others.get("tail")
    return Planned(
        kind=kind,
        id=name,
        number=None,
        tail=tail,
        departed=at(day),
        origin=airport(origin),
        destination=airport(destination),
        persons=persons,
        is_removal=None,
        rows=(name,),
    )


def moved(
    name: str = "moved", *, left: str = "2025-03-15T15:00Z", arrived: str = "2025-03-15T20:00Z", n: int = 1
) -> Moved:
    return Moved(
        id=name, origin=TEXAS, destination=LOUISIANA, left=at(left), arrived=at(arrived), n=n, rows=(name,)
    )


def classes(links: list[Link]) -> list[tuple[str, str, str]]:
    return [(link.leg, link.right, str(link.link_class)) for link in links]


def linked(flown: list[Flown], planned: list[Planned]) -> list[tuple[str, str, str]]:
    return classes(link_planned(flown, planned, same_flights(flown)))


PLANNED = [
    # what is told of the manifest, its class
    ({}, "inferred"),
    ({"tail": "N-101XX"}, "recorded"),
    ({"tail": "N999ZZ"}, None),
    ({"day": "2025-03-16[America/Chicago]"}, None),
    ({"day": "2025-03-14[America/Chicago]"}, "assumed"),
    ({"day": "2025-03-13[America/Chicago]"}, None),
    ({"day": "2025-03-14/2025-03-15T17:05Z"}, "assumed"),
    ({"destination": "KIAH"}, None),
    ({"origin": "KBRO"}, None),
    ({"day": "2025-04-15[America/Chicago]"}, None),
]


@pytest.mark.parametrize(("said_of_it", "link_class"), PLANNED)
def test_a_leg_and_a_manifest(said_of_it: dict[str, str], link_class: str | None) -> None:
    assert linked([leg()], [manifest(**said_of_it)]) == (
        [("leg", "manifest", link_class)] if link_class else []
    )


def test_whatever_has_a_rival_is_assumed() -> None:
    assert linked([leg()], [manifest("a"), manifest("b")]) == [
        ("leg", "a", "assumed"),
        ("leg", "b", "assumed"),
    ]
    two = [
        leg("one"),
        leg("two", tail="N202XX", takeoff="2025-03-15T20:00/20:10Z", landing="2025-03-15T21:20/21:30Z"),
    ]
    one, other = link_planned(two, [manifest()], same_flights(two))
    assert (one.rivals, other.rivals) == (("two",), ("one",))
    assert one.link_class is LinkClass.ASSUMED
    named, rest = link_planned(two, [manifest(tail="N101XX")], same_flights(two))[:1], 0
    assert (named[0].leg, named[0].link_class, rest) == ("one", LinkClass.RECORDED, 0)


def test_two_sources_of_one_flight_bear_each_other_out() -> None:
    seen = leg("seen")
    told = leg(
        "told",
        source="list.csv",
        takeoff="2025-03-15[America/Chicago]",
        landing="2025-03-15/2025-03-16[America/Chicago]",
    )
    assert same_flights([seen, told]) == {"seen": frozenset({"told"}), "told": frozenset({"seen"})}
    assert linked([seen, told], [manifest()]) == [
        ("seen", "manifest", "inferred"),
        ("told", "manifest", "inferred"),
    ]
    later = replace(told, landing=at("2025-03-16T18:20/18:30Z"))
    assert same_flights([seen, later])["seen"] == frozenset()
    assert same_flights([seen, replace(told, destinations=(airport("KIAH"),))])["seen"] == frozenset()


def test_a_leg_with_an_unknown_end_is_never_more_than_assumed() -> None:
    assert linked([leg(destinations=())], [manifest()]) == [("leg", "manifest", "assumed")]
    assert linked([leg(destinations=(airport("KAEX", 0.5),))], [manifest()]) == [
        ("leg", "manifest", "assumed")
    ]
    assert linked([leg(is_certain=False)], [manifest()]) == [("leg", "manifest", "assumed")]
    assert linked([leg(origins=(), destinations=())], [manifest()]) == []


MOVED = [
    # left, arrived, class
    ("2025-03-15T15:00Z", "2025-03-15T20:00Z", "inferred"),
    ("2025-03-15T17:05Z", "2025-03-15T20:00Z", "assumed"),
    ("2025-03-15T17:11Z", "2025-03-15T20:00Z", None),
    ("2025-03-15T15:00Z", "2025-03-15T18:00Z", None),
    ("2025-03-14T15:00Z", "2025-03-15T20:00Z", None),
    ("2025-03-15", "2025-03-15", "assumed"),
]


@pytest.mark.parametrize(("left", "arrived", "link_class"), MOVED)
def test_a_leg_and_people_who_moved(left: str, arrived: str, link_class: str | None) -> None:
    found = link_moved([leg()], [moved(left=left, arrived=arrived)], {"leg": frozenset()}, Limits())
    assert classes(found) == ([("leg", "moved", link_class)] if link_class else [])
    for link in found:
        assert link.origin_km == pytest.approx(10, abs=5)
        assert link.destination_km == pytest.approx(30, abs=10)
    assert (
        link_moved([leg()], [moved(left=left, arrived=arrived)], {"leg": frozenset()}, Limits(within_km=5))
        == []
    )


def test_a_clerks_delay_leaves_the_time_open_where_it_is_allowed() -> None:
    entered = moved(left="2025-03-15T17:30Z", arrived="2025-03-15T18:10Z")
    assert link_moved([leg()], [entered], {"leg": frozenset()}, Limits(late_minutes=15)) == []
    (found,) = link_moved([leg()], [entered], {"leg": frozenset()}, Limits(late_minutes=45))
    assert (found.link_class, found.time) == (LinkClass.ASSUMED, None)


def test_a_leg_and_removals() -> None:
    home = leg(destination="MSLP")
    gone = Removed(
        id="gone",
        country="SV",
        country_text="EL SALVADOR",
        departed=at("2025-03-15[America/Chicago]"),
        n=7,
        rows=("gone",),
    )
    same = {"leg": frozenset[str]()}
    assert classes(link_removed([home], [gone], same)) == [("leg", "gone", "inferred")]
    assert link_removed([home], [replace(gone, country="HN")], same) == []
    assert link_removed([leg()], [gone], same) == []
    assert classes(link_removed([leg(destinations=())], [gone], same)) == [("leg", "gone", "assumed")]
    assert link_removed([home], [replace(gone, country=None)], same) == []
    assert link_removed([leg(origin="MSLP", destinations=())], [gone], same) == []
    assert link_removed([leg(origins=(), destinations=())], [gone], same) == []
    assert classes(link_removed([home], [replace(gone, is_assumed=True)], same)) == [
        ("leg", "gone", "assumed")
    ]
    abroad = manifest(destination="MSLP", persons=(8, 8))
    for other, verdict in (
        ({}, "more than the books"),
        ({"country": "HN"}, "more than the books"),
        ({"n": 8, "country": "HN", "is_assumed": True}, "can agree"),
        ({"n": 9, "country": None}, "can agree"),
    ):
        (found,) = tallies([abroad], [], [replace(gone, **other)], [], Limits())
        assert found.verdict == verdict


def test_every_country_of_an_outline_is_known_by_its_name() -> None:
    assert (country_of("EL SALVADOR"), country_of("Dominican  Republic"), country_of("NOWHERE")) == (
        "SV",
        "DO",
        None,
    )
    assert {one.alpha2 for one in outlines() if one.alpha2} <= {country_of(one.name) for one in outlines()}


VERDICTS = [
    ((100, 100), (90, 110), ("can agree", 0)),
    ((100, 100), (100, 100), ("agrees", 0)),
    ((100, 100), (0, 97), ("more than the books", 3)),
    ((90, 95), (99, 120), ("fewer than the books", 4)),
    ((None, 3), (1, 2), ("not known", None)),
]


@pytest.mark.parametrize(("persons", "books", "verdict"), VERDICTS)
def test_counts_as_bounds(
    persons: tuple[int | None, int | None], books: tuple[int, int], verdict: tuple[str, int | None]
) -> None:
    assert verdict_of(persons, books) == verdict


def test_silence_of_the_books_is_no_finding() -> None:
    near = [TEXAS, LOUISIANA]
    (nothing,) = tallies([manifest()], [], [], near, Limits())
    assert (nothing.verdict, nothing.least_difference) == ("no records of that day", None)
    (nowhere,) = tallies([manifest()], [moved()], [], [], Limits())
    assert nowhere.verdict == "no facility near"
    (found,) = tallies(
        [manifest(persons=(3, 3))], [moved(n=2, arrived="2025-03-15T18:00Z")], [], near, Limits()
    )
    assert (found.book_outs, found.verdict, found.least_difference) == ((2, 2), "more than the books", 1)
    (slow,) = tallies(
        [manifest(persons=(1, 1))], [moved(n=2, arrived="2025-03-16T18:00Z")], [], near, Limits()
    )
    assert (slow.book_outs, slow.verdict) == ((0, 2), "can agree")
    both = tallies(
        [manifest("a", persons=(1, 1)), manifest("b", persons=(1, 1))],
        [moved(n=2, arrived="2025-03-15T18:00Z")],
        [],
        near,
        Limits(),
    )
    assert [(one.persons, one.verdict, one.rivals) for one in both] == [
        ((2, 2), "agrees", ("b",)),
        ((2, 2), "agrees", ("a",)),
    ]


def test_moves_after_the_day_and_of_no_known_arrival_prove_nothing() -> None:
    near, one = [TEXAS, LOUISIANA], manifest(persons=(3, 3))
    fast = moved(n=2, arrived="2025-03-15T18:00Z")
    open_end = replace(fast.arrived, hi=None, hi_why_missing=Missing(reason=Reason.WITHHELD))
    after = [
        moved(name, left=f"2025-03-{day}T15:00Z", arrived=f"2025-03-{day}T18:00Z")
        for name, day in (("next", 17), ("late", 22))
    ]
    (found,) = tallies([one], [fast, *after], [], near, Limits())
    assert found.book_outs == (2, 2)
    (unknown,) = tallies([one], [replace(fast, arrived=open_end)], [], near, Limits())
    assert unknown.book_outs == (0, 2)


def test_the_limit_is_measured_on_the_ellipsoid() -> None:
    here, there = Place(code="A", lat=0.0, lon=0.0), Place(code="B", lat=0.0, lon=1.0)
    assert meets((here,), there, 111.25) is None  # 111.19 km on the sphere, 111.32 on the ellipsoid
    found = meets((here,), there, 111.5)
    assert found is not None
    assert (found.code, found.km) == ("A", 111.3)


def test_a_place_among_other_airports() -> None:
    among = replace(airports(), all=tuple(one for one in airports().all if one.icao == "KHRL"))
    assert place_of("KHRL", among) == place_of("KHRL")
    assert place_of("KAEX", among) is None
    assert place_of("KAEX") is not None


MINUTE = 60_000_000
SPANS = st.tuples(st.integers(-200, 200), st.integers(0, 200), st.integers(0, 100), st.integers(0, 100))


@given(
    spans=st.lists(SPANS, min_size=1, max_size=4),
    widen=st.integers(0, 120),
    seed=st.randoms(use_true_random=False),
)
def test_wider_bounds_never_make_a_better_link_and_order_does_not_matter(
    spans: list[tuple[int, int, int, int]], widen: int, seed: Any
) -> None:
    base = at("2025-03-15T17:00Z").lo or 0

    def moment(lo: int, wide: int, more: int = 0) -> Moment:
        return Moment(lo=base + (lo - more) * MINUTE, hi=base + (lo + wide + more) * MINUTE, zone="Z")

    flown = [
        replace(leg(f"leg{number}", tail=None), takeoff=moment(lo, wide), landing=moment(lo + 60, wide))
        for number, (lo, wide, _, _) in enumerate(spans)
    ]
    people = [
        replace(moved(f"moved{number}"), left=moment(lo - 90, a), arrived=moment(lo + 80, b))
        for number, (lo, _, a, b) in enumerate(spans)
    ]
    same = same_flights(flown)
    found = link_moved(flown, people, same, Limits())
    assert (
        link_moved(seed.sample(flown, len(flown)), seed.sample(people, len(people)), same, Limits()) == found
    )
    wider = [
        replace(
            one,
            takeoff=Moment(
                lo=(one.takeoff.lo or 0) - widen * MINUTE, hi=(one.takeoff.hi or 0) + widen * MINUTE, zone="Z"
            ),
        )
        for one in flown
    ]
    order = list(LinkClass)
    narrow = {(link.leg, link.right): link for link in found}
    for link in link_moved(wider, people, same, Limits()):
        before = narrow.get((link.leg, link.right))
        assert link.time is not True or (before is not None and before.time is True)
        if before is not None and not before.rivals:
            assert order.index(link.link_class) >= order.index(before.link_class)
    assert {(link.leg, link.right) for link in found} <= {
        (link.leg, link.right) for link in link_moved(wider, people, same, Limits())
    }


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return matched_case(tmp_path_factory.mktemp("match"))


def test_the_command_links_a_casefile_and_lists_what_is_left(case: Path) -> None:
    found = said(case, "flights", "match", "legs.csv", "--json").json
    links = {(link["leg"], link["right_kind"]): link for link in found["links"]}
    assert {key: link["class"] for key, link in links.items()} == {
        ("legs.csv:2", "mission"): "recorded",
        ("legs.csv:2", "manifest"): "inferred",
        ("legs.csv:2", "transfer"): "inferred",
        ("legs.csv:3", "manifest"): "inferred",
        ("legs.csv:3", "removal"): "inferred",
    }
    assert links["legs.csv:2", "transfer"]["minutes_before"] == [114.0, 126.0]
    unmatched = found["unmatched"]
    assert [row["id"] for row in unmatched["legs"]] == ["legs.csv:4"]
    assert [(row["origin"], row["destination"]) for row in unmatched["missions"]] == [("KAEX", "KHRL")]
    assert (
        unmatched["manifests"],
        [row["destination"] for row in unmatched["transfers"]],
        [row["country_text"] for row in unmatched["removals"]],
    ) == ([], ["NOPLACE"], ["ATLANTIS"])
    assert found["left_out"] == {
        "mission legs whose airports are withheld or not known": 1,
        "people who moved between facilities of which one has no place in the lists: no leg can be linked to them": (
            1
        ),
        "removals to a country not known by that name: not linked, counted as possible for every country": 1,
    }
    counts = {tuple(row["persons"]): row for row in found["counts"]}
    assert (counts[3, 3]["book_outs"], counts[3, 3]["verdict"], counts[3, 3]["least_difference"]) == (
        [2, 3],
        "can agree",
        0,
    )
    assert (counts[1, 1]["removals"], counts[1, 1]["verdict"]) == ([0, 2], "can agree")


def test_people_get_tables(case: Path) -> None:
    heard = said(case, "flights", "match", "legs.csv")
    assert heard.code == 0
    for words in (
        "recorded",
        "can agree",
        "legs: 3, 1 of them without a link",
        "left out: 1 ",
        "Scope: Nobody in these records exists.",
    ):
        assert words in heard.out
    assert "manifests: 1, 1 of them" in said(case, "flights", "match", "--date", "2025-03-15").out
    assert said(case.parent, "flights", "match").code == 1


def test_real_manifests_of_january_2018_against_real_removals(tmp_path: Path) -> None:
    """ARTS legs and the removals of FY2018, which name no country of departure: no count may be called wrong,
    and a leg of the day meets its manifest.
    """
    data = Path(__file__).parents[2].parent / "shared" / "data"
    case = create(tmp_path / "case", title="Real", scope="Public releases.")
    for name in ("ice_air/arts_flight_legs_fy2011-2018.csv", "arrests_removals/ice_removals_fy2018.csv.gz"):
        add(case, data / name, release="PUBLIC")
    build(case)
    (tmp_path / "legs.csv").write_text(
        "origin,destination,takeoff,landing\nKELP,MGGT,2018-01-22T08:00/09:00,\nKAEX,MHLM,2018-01-02/2018-01-31,\n",
        encoding="utf-8",
    )
    found = said(
        case.root,
        "flights",
        "match",
        "../legs.csv",
        "--from-date",
        "2018-01-01",
        "--to-date",
        "2018-01-31",
        "--json",
    ).json
    assert len(found["counts"]) == 392
    assert {(row["should_equal"], row["verdict"]) for row in found["counts"]} == {
        ("removals", "can agree"),
        ("book-outs", "no facility near"),
    }
    manifests = [link for link in found["links"] if link["right_kind"] == "manifest"]
    sure = [link for link in manifests if link["leg"] == "legs.csv:2"]
    assert [(link["class"], link["rivals"]) for link in sure] == [("inferred", [])]
    vague = [link for link in manifests if link["leg"] == "legs.csv:3"]
    assert len(vague) > 1
    assert {link["class"] for link in vague} == {"assumed"}
    assert all(len(link["rivals"]) == len(vague) - 1 for link in vague)
    assert {link["class"] for link in found["links"] if link["right_kind"] == "removal"} == {"assumed"}
