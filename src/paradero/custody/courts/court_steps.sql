-- court_steps: what the immigration courts' case data date of each case, in order
-- inputs: court_proceeding_rows, court_hearing_rows, court_bond_rows, court_custody_rows, court_appeal_rows
-- kept: table
--
-- One row per dated cell of a court's row: `step` is `charged` (the date of the charging document, as each
-- proceeding prints it), `transferred in`, `decided` (the judge's decision of a proceeding), `hearing set`
-- (the day for which a hearing was set, held or not), `bond requested`, `bond hearing`, `bond decided`,
-- `detained`, `released` (as ICE told the court), `appealed`, `appeal decided`. `at_lo`, `at_hi`: the day,
-- on which the clock is not stated; both null where the cell is withheld or unreadable (`why`). `code` is
-- the release's own code (of the case's type, the decision, the calendar, who appealed), `said` what stands
-- beside it (court, reason of adjournment, amount of bond in dollars, country ordered to); their look-up
-- tables are the release's. `nth` numbers the steps of a case by day and row, undated ones last. Steps of a
-- case are beside custody: a case leads to no person unless somebody says so (`court_case_links`). A blank
-- cell is no step, and no evidence that there was none.
WITH cells AS (
  SELECT row_id, release, idncase, 'charged' AS step, charging_date AS stated, charging_date_lo AS lo,
    charging_date_hi AS hi, case_type AS code, court_code AS said, charging_date_why_missing AS why
  FROM court_proceeding_rows
  UNION ALL
  SELECT row_id, release, idncase, 'transferred in' AS step, transferred_in AS stated,
    transferred_in_lo AS lo, transferred_in_hi AS hi, court_code AS code, hearing_location_code AS said,
    transferred_in_why_missing AS why
  FROM court_proceeding_rows
  UNION ALL
  SELECT row_id, release, idncase, 'decided' AS step, completed AS stated, completed_lo AS lo,
    completed_hi AS hi, decision_code AS code, ordered_to AS said, completed_why_missing AS why
  FROM court_proceeding_rows
  UNION ALL
  SELECT row_id, release, idncase, 'hearing set' AS step, hearing_date AS stated, hearing_date_lo AS lo,
    hearing_date_hi AS hi, calendar_type AS code, adjournment_reason AS said,
    hearing_date_why_missing AS why
  FROM court_hearing_rows
  UNION ALL
  SELECT row_id, release, idncase, 'bond requested' AS step, requested AS stated, requested_lo AS lo,
    requested_hi AS hi, bond_type AS code, CAST(NULL AS STRING) AS said, requested_why_missing AS why
  FROM court_bond_rows
  UNION ALL
  SELECT row_id, release, idncase, 'bond hearing' AS step, hearing_date AS stated, hearing_date_lo AS lo,
    hearing_date_hi AS hi, medium AS code, CAST(NULL AS STRING) AS said, hearing_date_why_missing AS why
  FROM court_bond_rows
  UNION ALL
  SELECT row_id, release, idncase, 'bond decided' AS step, completed AS stated, completed_lo AS lo,
    completed_hi AS hi, decision_code AS code, CAST(new_bond AS STRING) AS said,
    completed_why_missing AS why
  FROM court_bond_rows
  UNION ALL
  SELECT row_id, release, idncase, 'detained' AS step, detained AS stated, detained_lo AS lo,
    detained_hi AS hi, custody AS code, CAST(NULL AS STRING) AS said, detained_why_missing AS why
  FROM court_custody_rows
  UNION ALL
  SELECT row_id, release, idncase, 'released' AS step, released AS stated, released_lo AS lo,
    released_hi AS hi, custody AS code, CAST(NULL AS STRING) AS said, released_why_missing AS why
  FROM court_custody_rows
  UNION ALL
  SELECT row_id, release, idncase, 'appealed' AS step, filed AS stated, filed_lo AS lo, filed_hi AS hi,
    filed_by AS code, appeal_type AS said, filed_why_missing AS why
  FROM court_appeal_rows
  UNION ALL
  SELECT row_id, release, idncase, 'appeal decided' AS step, decided AS stated, decided_lo AS lo,
    decided_hi AS hi, decision_code AS code, decision_type AS said, decided_why_missing AS why
  FROM court_appeal_rows
),
dated AS (
  SELECT row_id, release, idncase, step, us_of(coalesce(stated, lo)) AS at_lo,
    day_hi(us_of(coalesce(stated, hi))) AS at_hi, code, said, why
  FROM cells
  WHERE coalesce(stated, lo) IS NOT NULL OR why IN ('withheld', 'unreadable')
)
SELECT idncase, release, row_number() OVER (PARTITION BY release, idncase
  ORDER BY at_lo ASC NULLS LAST, row_id ASC NULLS LAST, step ASC NULLS LAST) AS nth, step, at_lo, at_hi, code,
  said, why, row_id
FROM dated
WHERE idncase IS NOT NULL
ORDER BY release ASC NULLS LAST, idncase ASC NULLS LAST, nth ASC NULLS LAST
