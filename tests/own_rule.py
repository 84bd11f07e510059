"""A small rule of somebody's own, to be tried and to be broken."""

from __future__ import annotations

from pathlib import Path

RULE = """\
title = "Held longer than a day"
title_es = "Retenida más de un día"
nature = "indicator"
severity = "note"
event = "stint"
event_es = "permanencia"
unit = "minutes"
shown = "Longer than {limit}."
shown_es = "Más de {limit}."
not_shown = "Not longer than {limit}."
not_shown_es = "No más de {limit}."

[[version]]
id = "one"
parameters = { limit = "PT24H" }

[[version.text]]
instrument = "Nothing"
pin = "none"
says = "A test."
url = "https://example.org"
read = false

[[fact]]
id = "book_out"
what = "when the person left"
what_es = "cuándo salió"
record = "stint"
field = "book_out_date_time"
ask = "foia"
"""

TEST = """\
-- own_rule: stints longer than a limit
-- inputs: stint_spans, rule_versions
-- kept: view
--
-- Every kept stint that has a book-in.
SELECT v.variant, s.person_no, CAST(NULL AS STRING) AS subject, s.row_id AS event_row, CAST(NULL AS BIGINT) AS other_row,
  s.book_in AS event_lo, recorded_hi(s.book_in) AS event_hi, TRUE AS is_bound,
  CASE WHEN held_lo(s.book_in, s.book_out, v.shift_us) > v.limit_us THEN TRUE WHEN held_hi(s.book_in, s.book_out, v.shift_us) <= v.limit_us THEN FALSE END AS is_shown,
  held_lo(s.book_in, s.book_out, v.shift_us) - v.limit_us AS margin_lo, held_hi(s.book_in, s.book_out, v.shift_us) - v.limit_us AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts, 'book_out' AS shown_facts, CAST(NULL AS BIGINT) AS turns_at
FROM stint_spans s
CROSS JOIN rule_versions v
WHERE s.kept
"""

CASES = """\
[[case]]
title = "Two days"
detentions = [{ unique_identifier = "a", detention_facility_code = "EXA", book_in_date_time = 2025-01-10T08:00:05, book_out_date_time = 2025-01-12T20:02:05 }]
verdicts = [{ row = "detentions 1", version = "one", verdict = "violated" }]
"""


def rule(folder: Path, *, toml: str = RULE, sql: str = TEST, cases: str = CASES) -> Path:
    """Write a rule's folder."""
    own = folder / "own-rule"
    own.mkdir()
    for name, text in (("rule.toml", toml), ("test.sql", sql), ("cases.toml", cases)):
        (own / name).write_text(text, encoding="utf-8")
    return own
