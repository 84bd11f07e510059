"""Every column list of SCHEMAS.md maps: kind, variant, no header unexpected, each concept in the right
column.
"""

from pathlib import Path

import pytest

from paradero.sources import layout_of, sniff
from paradero.sources.fitting import fit
from paradero.sources.layouts import layouts, normal
from paradero.sources.sheets.sniffing import find_table

from .builders import columns_of, rows_of, taken, write_csv, write_xlsx
from .schemas import concepts, inventory_lists, redactions, release_lists

VARIANTS = {
    "2012–2023 (2023-ICFO_42034)": "2012-2023 (2023-ICFO_42034)",
    "2012–2023": "2012-2023 (2023-ICFO_42034)",
    "Jul/Aug 2025 (2025-ICLI-00019)": "Jul/Aug 2025 (2025-ICLI-00019)",
    "Jul/Aug 2025": "Jul/Aug 2025 (2025-ICLI-00019)",
    '"latest", Mar 2026 (2026-ICLI-00005)': "Mar 2026 (2026-ICLI-00005)",
    '"latest", Mar 2026': "Mar 2026 (2026-ICLI-00005)",
    "Mar 2026": "Mar 2026 (2026-ICLI-00005)",
}

INVENTORY = {
    "ERO_Arrests_FY2012": ("arrests", "FY2012-FY2023 (no ids)"),
    "ERO_Arrests_FY2015": ("arrests", "FY2012-FY2023 (no ids)"),
    "2023-ICFO_42034_Admin": ("arrests", "2012-2023 (2023-ICFO_42034)"),
    "detainersfy10": ("detainers", "FY2010 (no ids)"),
    "lea-detainers-FY08": ("detainers", "FY2008 (no ids)"),
    "lea-detainers-FY15": ("detainers", "FY2015 to date (no ids)"),
    "ICE Detentions_FY2011": ("detentions", "UWCHR FY11-FY24 (2022-ICFO-09022)"),
    "2023-ICFO_42034_Detentions": ("detentions", "2012-2023 (2023-ICFO_42034)"),
    "ERO_Encounters_FY2012": ("encounters", "FY2012-FY2014 (no ids)"),
    "ICE_Facility_List": ("facilities", "ICE facility list November 2017"),
    "ICE_Removals_FY2012": ("removals", "FY2012-FY2023 (no ids)"),
    "ICE_Removals_FY2015": ("removals", "FY2012-FY2023 (no ids)"),
    "2023-ICFO_42034_Removals": ("removals", "2012-2023 (2023-ICFO_42034)"),
    "ERO Admin Arrests_2025": ("arrests", "Nov 2023-Feb 2025"),
    "ERO Detainers_2025": ("detainers", "Nov 2023-Feb 2025"),
    "ICE Detentions_2025": ("detentions", "Nov 2023-Feb 2025"),
    "ERO Encounters_2025": ("encounters", "Nov 2023-Feb 2025"),
    "ARTS Data FY11": ("missions", "ARTS missions FY11-FY18"),
    "ARTS Data FY19": ("missions", "ARTS missions FY19-2020"),
    "ARTS Passenger Data": ("passengers", "ARTS passengers FY11-FY18"),
    "ARTS_Passenger": ("passengers", "ARTS passengers FY19-2020"),
}


def test_schemas_list_what_is_expected():
    assert len(release_lists()) == 13
    assert len(inventory_lists()) == 22


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("listed", release_lists(), ids=lambda listed: f"{listed.kind} {listed.release}")
def test_release_list_maps(listed, suffix, tmp_path):
    path = _one_row(tmp_path / f"f{suffix}", listed.headers)
    done, rows = taken(path, tmp_path / "out")
    assert done.kinds == (listed.kind,)
    assert done.sheets[0].variant == VARIANTS[listed.release]
    assert done.sheets[0].unexpected == ()
    assert done.sheets[0].header_row == 7
    assert len(rows) == 1
    assert {column["status"] for column in columns_of(tmp_path / "out")} <= {"declared", "not_in_release"}


@pytest.mark.parametrize("listed", inventory_lists(), ids=lambda listed: listed.release)
def test_inventory_list_maps(listed, tmp_path):
    kind, variant = next(value for start, value in INVENTORY.items() if listed.release.startswith(start))
    done, _ = taken(_one_row(tmp_path / "f.xlsx", listed.headers), tmp_path / "out")
    assert done.kinds == (kind,)
    assert done.sheets[0].variant == variant
    assert done.sheets[0].unexpected == ()
    assert sniff(tmp_path / "f.xlsx").variant == variant


def _one_row(path: Path, headers: tuple[str, ...]) -> Path:
    rows = (
        [[f"title {number}"] for number in range(5)]
        + [[]]
        + [list(headers), [f"2024-01-{place % 28 + 1:02d}" for place in range(len(headers))]]
    )
    if path.suffix == ".xlsx":
        return write_xlsx(path, {"FY24": rows})
    return write_csv(path, [row or [""] for row in rows])


# (concept of section 1, header as printed there, our column, kind of release by its other headers)
CONCEPTS = [
    ("person id", "Anonymized Identifier", "unique_identifier"),
    ("person id", "Unique Identifier", "unique_identifier"),
    ("person id", "Anonymized Unique Identifier", "unique_identifier"),
    ("stay start", "Stay Book In Date", "stay_book_in_date_time"),
    ("stay start", "Stay Book In Date Time", "stay_book_in_date_time"),
    ("stint start", "Detention Book In Date", "book_in_date_time"),
    ("stint start", "Detention Book In Date And Time", "book_in_date_time"),
    ("stint start", "Book In Date Time", "book_in_date_time"),
    ("stint start", "Detention Book In Date Time", "book_in_date_time"),
    ("stint end", "Detention Book Out Date", "book_out_date_time"),
    ("stint end", "Detention Book Out Date Time", "book_out_date_time"),
    ("stint end", "Book Out Date Time", "book_out_date_time"),
    ("stay end", "Stay Book Out Date Time", "stay_book_out_date_time"),
    ("AOR / docket", "Area of Responsibility", "area_of_responsibility"),
    ("AOR / docket", "Docket Control Office", "docket_control_office"),
    ("AOR / docket", "Book In Site", "book_in_site"),
    ("AOR / docket", "Book In AOR", "book_in_aor"),
    ("departure", "Departed Date", "departed_date"),
    ("departure", "Departure Country", "departure_country"),
    ("program", "Final Program", "final_program"),
    ("program", "Apprehension Final Program", "final_program"),
    ("citizenship / birth", "Birth Year", "birth_year"),
    ("citizenship / birth", "Citizenship Country", "citizenship_country"),
    ("citizenship / birth", "Birth Country PER", "birth_country"),
    ("citizenship / birth", "Birth Country", "birth_country"),
    ("felony", "Felon", "felon"),
    ("felony", "Aggravated Felon Yes No", "felon"),
    ("charge", "Charge Code", "charge_code"),
    ("charge", "Charge Section Code", "charge_section_code"),
    ("charge", "MSC Charge", "msc_charge"),
    ("charge", "MSC Charge Code", "msc_charge_code"),
    ("charge", "MSC Crime Class", "msc_crime_class"),
    ("charge", "Most Serious Conviction (MSC) Charge Code", "msc_charge_code"),
    ("charge", "Final Charge", "final_charge"),
    ("bond", "Initial Bond Set Amount", "initial_bond_set_amount"),
    ("bond", "Initial Bond Set Date", "initial_bond_set_date"),
    ("marital", "Marital", "marital_status"),
    ("marital", "Marital Status", "marital_status"),
    ("internal ids", "Detention ID", "detention_id"),
    ("internal ids", "Case ID", "case_id"),
    ("internal ids", "Subject ID", "subject_id"),
]


@pytest.mark.parametrize(("concept", "header", "column"), CONCEPTS)
def test_concept_lands_in_its_column(concept, header, column):
    line = next(
        line
        for line in concepts().splitlines()
        if line.startswith(f"| {concept} |") or line.startswith(f"| {concept}")
    )
    assert header in line
    fitted = fit(layout_of("detentions"), [header])
    assert fitted.positions == {column: 0}


def test_day_of_stay_end_is_the_stay_end_of_2012_2023():
    headers = next(
        listed.headers
        for listed in release_lists()
        if listed.kind == "detentions" and listed.release.startswith("2012")
    )
    fitted = fit(layout_of("detentions"), list(headers))
    assert headers[fitted.positions["stay_book_out_date_time"]] == "Stay Book Out Date"
    later = next(
        listed.headers
        for listed in release_lists()
        if listed.kind == "detentions" and "Mar 2026" in listed.release
    )
    fitted = fit(layout_of("detentions"), list(later))
    assert later[fitted.positions["stay_book_out_date_time"]] == "Stay Book Out Date Time"
    assert later[fitted.positions["stay_book_out_date"]] == "Stay Book Out Date"


def test_newer_2026_file_is_known():
    headers = ["Anonymized Unique Identifier", "Stay Book In Date Time", "Detention Book In Date Time", "Detention Book Out Date Time",
               "Apprehension Final Program", "Apprehension Final Program Group", "Felon"]  # fmt: skip
    found = find_table([headers], None)
    assert found is not None
    assert found.fit.variant is not None
    assert found.fit.variant.name == "newer 2026"
    assert found.fit.unexpected == []


def test_both_final_orders_of_a_detainer_are_told_apart():
    layout = layout_of("detainers")
    july = next(
        listed.headers
        for listed in release_lists()
        if listed.kind == "detainers" and listed.release.startswith("Jul")
    )
    fitted = fit(layout, list(july))
    assert july[fitted.positions["final_order_yes_no"]] == "Case Final Order Yes No"
    assert july[fitted.positions["detainer_final_order_yes_no"]] == "Final Order Yes No"
    raw = fit(layout, ["Detainer Prepare Date", "Final Order Yes No", "Gender", "Final Order Yes No"])
    assert (raw.positions["final_order_yes_no"], raw.positions["detainer_final_order_yes_no"]) == (1, 3)
    r = fit(layout, ["Detainer Prepare Date", "Final Order Yes No...56", "Final Order Yes No...33"])
    assert (r.positions["final_order_yes_no"], r.positions["detainer_final_order_yes_no"]) == (2, 1)


@pytest.mark.parametrize(
    ("kind", "header", "column"),
    [
        ("removals", "Anonymized Identifer", "unique_identifier"),
        ("arrests", "Alien File Numbe", "alien_file_number"),
        ("arrests", "Arrest Create By", "arrest_created_by"),
        ("arrests", "Arrested Created By", "arrest_created_by"),
        ("encounters", "Citizenship County", "citizenship_country"),
        ("detentions", "SUJB ID", "subject_id"),
        ("detentions", "book_in_date_time", "book_in_date_time"),
        ("detentions", "detention_book_out_date_time", "book_out_date_time"),
        ("detentions", "final_program", "final_program"),
        ("detentions", "most_serious_conviction_code", "msc_charge_code"),
        ("detentions", "felon", "felon"),
        ("detentions", "unique_identifier", "unique_identifier"),
        ("arrests", "apprehension_date", "apprehension_date_time"),
        ("detainers", "arrest_time_case_category", "toa_case_category"),
        ("facility_days", "n", "n"),
    ],
)
def test_typos_and_reprints_map(kind, header, column):
    assert fit(layout_of(kind), [header]).positions == {column: 0}


def test_every_release_survives_snake_case():
    for listed in release_lists():
        layout = layout_of(listed.kind)
        assert (
            fit(layout, list(listed.headers)).positions
            == fit(layout, [normal(header) for header in listed.headers]).positions
        )


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["detention_facility_code", "n", "date"], "facility_days"),
        (
            ["detention_facility_code", "date", "daily_pop", "midnight_pop", "detention_facility_name"],
            "facility_days",
        ),
        (
            ["detention_facility_code", "date", "n_detained", "n_detained_at_midnight", "n_detained_male"],
            "facility_days",
        ),
        (["date", "daily_pop", "midnight_pop", "book_in", "book_out"], "national_days"),
    ],
)
def test_populations_map(headers, kind, tmp_path):
    row = [
        "2024-01-01" if header == "date" else "EXACODE" if header.startswith("detention") else "3"
        for header in headers
    ]
    done, _ = taken(write_csv(tmp_path / "p.csv", [headers, row]), tmp_path / "out")
    assert done.kinds == (kind,)
    assert done.sheets[0].unexpected == ()
    assert rows_of(tmp_path / "out", kind)[0]["date"].isoformat() == "2024-01-01T00:00:00"


def test_listed_redactions_are_all_there():
    assert len(redactions()) == 13


def test_every_folder_explains_itself(tmp_path):
    root = Path(layout_of.__code__.co_filename).parent
    folders = sorted(path.parent for path in root.glob("*/layout.toml"))
    assert len(folders) == len(layouts())
    for folder in folders:
        text = (folder / "README.md").read_text(encoding="utf-8")
        assert all(f"\n## {part}\n" in text for part in ("Releases", "Columns that differ", "Traps")), (
            folder.name
        )
        done, rows = taken(folder / "sample.csv", tmp_path / folder.name)
        assert f'kind = "{done.kinds[0]}"' in (folder / "layout.toml").read_text(encoding="utf-8")
        assert rows
        assert done.cells_rejected == 0, folder.name
        assert done.sheets[0].unexpected == (), folder.name
