"""A casefile of fabricated missions, manifests, transfers and removals, and a list of legs to match with
it.
"""

from __future__ import annotations

from pathlib import Path

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import create

FACILITIES = (
    "DETLOC,Name,City,State,Lat,Lng\nTXFAC,TEXAS PLACE,HARLINGEN,TX,26.15,-97.60\nLAFAC,LOUISIANA"
    " PLACE,ALEXANDRIA,LA,31.50,-92.30\n"
)
DETENTIONS = """Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Facility Code,Book Out Date Time,Detention Release Reason,Unique Identifier
2025-03-01 08:15:00,2025-03-01 08:15:00,TEXAS PLACE,TXFAC,2025-03-15 10:00:00,Transferred,p1
2025-03-01 08:15:00,2025-03-15 15:00:00,LOUISIANA PLACE,LAFAC,2025-03-20 10:00:00,Removed,p1
2025-03-02 08:15:00,2025-03-02 08:15:00,TEXAS PLACE,TXFAC,2025-03-15 10:05:00,Transferred,p2
2025-03-02 08:15:00,2025-03-15 15:00:00,LOUISIANA PLACE,LAFAC,,,p2
2025-03-02 08:15:00,2025-03-02 08:15:00,TEXAS PLACE,TXFAC,2025-03-15 10:05:00,Transferred,p3
2025-03-02 08:15:00,2025-03-15 15:00:00,NO PLACE,NOPLACE,,,p3
"""
REMOVALS = (
    "Departed Date,Removal Date,Port of Departure,Departure Country,Case Threat Level,Citizenship"
    " Country,Unique Identifier\n2025-03-20,2025-03-21,X,EL SALVADOR,NA,EL"
    " SALVADOR,p1\n2025-03-20,2025-03-21,X,ATLANTIS,NA,ATLANTIS,p4\n"
)
PASSENGERS = "MissionDate,MissionNumber,PULOC,DropLoc,R-T,AlienMasterID,Sex\n2025-03-15,EX-1,KHRL,KAEX,T,1,M\n2025-03-15,EX-1,KHRL,KAEX,T,2,M\n2025-03-15,EX-1,KHRL,KAEX,T,3,F\n2025-03-20,EX-2,KAEX,MSLP,R,4,M\n"
MISSIONS = "MissionID,MissionNumber,MsnTailNumber,MissionDate,MsnStart,MsnStpOne,MsnEnd,LegPassengers\n501,EX-1,N101XX,2025-03-15,KHRL,KAEX,KHRL,3\n502,EX-3,(b)(7)(E),2025-03-15,(b)(7)(E),(b)(7)(E),(b)(7)(E),3\n"
LEGS = """registration,origin,destination,takeoff,landing,boarded
N101XX,KHRL,KAEX,2025-03-15T12:00/12:10,2025-03-15T13:20/13:30,3
N101XX,KAEX,MSLP,2025-03-20T12:00/12:10,2025-03-20T15:00/15:10,
N303XX,KMIA,KJFK,2025-03-20T12:00/12:10,2025-03-20T15:00/15:10,
"""


def matched_case(folder: Path) -> Path:
    """A built casefile, with the legs as `legs.csv` in its folder."""
    case = create(folder / "case", title="Fabricated", scope="Nobody in these records exists.")
    texts = {
        "facilities.csv": FACILITIES,
        "detentions.csv": DETENTIONS,
        "removals.csv": REMOVALS,
        "passengers.csv": PASSENGERS,
        "missions.csv": MISSIONS,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        add(case, folder / name, release="FABRICATED")
    build(case)
    (folder / "case" / "legs.csv").write_text(LEGS, encoding="utf-8")
    return folder / "case"
