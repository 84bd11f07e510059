"""Companies for the tests: parties and relations as files declare them, and a casefile in which they hold
awards, run a facility and fly.
"""

from __future__ import annotations

from pathlib import Path

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile

from .awarded import action, case_of, short, subaward, written

SAID = 'by = "A"\nevidence = "record"\nseen = ["https://example.org"]\ndated = "2024-06-01"\n'
HEAD = 'id = "c"\ntitle = "C"\n'


def party(name: str, kind: str = "company", identifier: str = "", also: str = "") -> str:
    schemes = ", ".join(
        f'{{ scheme = "{each.split(":")[0]}", value = "{each.split(":")[1]}" }}'
        for each in identifier.split()
    )
    return (
        f'[[party]]\nid = "{name.lower().replace(" ", "-")}"\nkind = "{kind}"\nname = "{name}"\nalso ='
        f" [{also}]\nidentifier = [{schemes}]\n{SAID}"
    )


def relation(source: str, kind: str, target: str, more: str = "") -> str:
    return f'[[relation]]\nkind = "{kind}"\nfrom = "{source}"\nto = "{target}"\n{SAID}{more}\n'


def companies_case(folder: Path) -> Casefile:
    """Awards with and without UEI, a subaward, a list of facilities with operator, a mission, and declared
    owners.
    """
    place = {
        "primary_place_of_performance_city_name": "EXAMPLE CITY",
        "primary_place_of_performance_state_code": "EX",
    }
    held = action(
        "0",
        "150",
        "2024-01-02",
        period_of_performance_start_date="2024-01-02",
        modified="2024-02-01",
        **place,
    )
    case = case_of(
        folder,
        {
            "a.csv": [held],
            "short.csv": [short("0", "7", "2024-01-05", award="CONT_AWD_Z9_7012_-NONE-_-NONE-")],
            "sub.csv": [subaward("r1", "S-1", "40")],
        },
    )
    facilities = [
        {
            "DETLOC": "EXAMPLE",
            "Name": "EXAMPLE PROCESSING CENTER",
            "City": "EXAMPLE CITY",
            "State": "EX",
            "Facility Operator": "GUARDS EXAMPLE",
        }
    ]
    add(case, written(folder, "facilities.csv", facilities))
    missions = [
        {
            "MissionDate": "2018-03-04",
            "MissionID": "1",
            "MissionNumber": "EX-1",
            "MsnTailNumber": "N-000EX",
            "MsnVendor": "CARRIER EXAMPLE",
            "MsnStart": "KAEX",
        }
    ]
    add(case, written(folder, "missions.csv", missions), as_kind="missions")
    (case.root / "companies").mkdir()
    text = HEAD + party("Holding Example", identifier="uei:UEIHOLDING01") + party("Fund")
    text += relation(
        "fund",
        "owns",
        "holding-example",
        'begins = "2020-01-01"\nends = "open"\nshare_lo = 50.0\nshare_hi = 75.0\ndirect = true',
    )
    (case.root / "companies" / "c.toml").write_text(text, encoding="utf-8")
    build(case, threads=1)
    return case
