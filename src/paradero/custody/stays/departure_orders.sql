-- departure_orders: each recorded departure with the order that its rows name, and what an order of that kind
--   rests on
-- inputs: detention_rows, removal_rows, stint_spans, removals
-- kept: view
--
-- One row per person and day of departure, over the rows of detentions and removals that state it, at the
-- first of them in file order; a row without a person id is a departure of its own. A value stands where all
-- rows that state one agree; where they do not, it is null and `is_disputed` is true. `by_processing`: the
-- order that the processing disposition of a removal row names, in words or in the codes of older releases
-- (expedited; fear claimed: expedited with a claim of fear or of legal residence; reinstated; administrative;
-- other); `by_category`: the same of the case category (besides: appeal, under adjudication by the Board;
-- withholding, relief granted; fear claimed: referred for a credible fear interview). `way`: otherwise, where
-- a text says voluntary departure, return, withdrawal or expulsion under Title 42 or 50; removed, where the
-- status says so and category and third text (release reason, processing disposition) are stated and say
-- nothing else. `charge`: the section of the final charge, without
-- spaces and brackets, in capitals. `ordered_lo`,
-- `ordered_hi`, `entered_lo`, `entered_hi`: the earliest and latest reading of the dates of order and entry.
-- `is_uninspected`: the entry status says that the person came in without inspection, never false.
-- `was_removed_before`: the row's answer whether the person was deported before. `is_home`: the country of
-- departure is that of citizenship, spelled alike; never false.
WITH stated AS (
  SELECT s.person_no, d.row_id, us_of(d.departed_date) AS departed, us_of(d.final_order_date) AS ordered,
    us_of(d.entry_date) AS entered, upper(d.case_status) AS status, upper(d.case_category) AS category,
    upper(d.stay_release_reason) AS third_text, CAST(NULL AS STRING) AS processing,
    CAST(NULL AS STRING) AS charge, upper(d.entry_status) AS entry, CAST(NULL AS STRING) AS before_word,
    upper(trim(d.departure_country)) AS went_to, upper(trim(d.citizenship_country)) AS citizen_of
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE d.departed_date IS NOT NULL
  UNION ALL
  SELECT r.person_no, m.row_id, us_of(m.departed_date), us_of(m.final_order_date), us_of(m.entry_date),
    upper(m.case_status), upper(m.case_category), upper(m.processing_disposition),
    upper(trim(coalesce(m.processing_disposition, m.processing_disposition_code))),
    upper(replace(replace(replace(m.final_charge_section, ' ', ''), '(', ''), ')', '')),
    upper(m.entry_status),
    upper(trim(m.prior_deport_yes_no)), upper(trim(m.departure_country)), upper(trim(m.citizenship_country))
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL
),
said AS (
  SELECT *, coalesce(status, '') || '|' || coalesce(category, '') || '|' || coalesce(third_text, '') AS texts
  FROM stated
),
read AS (
  SELECT *,
    CASE
      WHEN contains(texts, 'VOLUNTARY') OR contains(texts, 'VR UNDER') OR contains(texts, 'VR WITNESSED')
        OR contains(texts, 'WITHDRAW') OR contains(texts, 'TITLE 42') OR contains(texts, 'TITLE 50')
        OR contains(texts, 'EXPULSION') OR contains(texts, 'EXPELLED') THEN 'otherwise'
      WHEN contains(status, 'REMOVED') AND category IS NOT NULL AND third_text IS NOT NULL THEN 'removed'
    END AS way,
    CASE
      WHEN processing IS NULL THEN NULL
      WHEN processing IN ('ER/CF', 'ER/LR') OR contains(processing, 'CREDIBLE FEAR') THEN 'fear claimed'
      WHEN processing = 'ER' OR contains(processing, 'EXPEDITED REMOVAL') THEN 'expedited'
      WHEN processing IN ('REINST', 'REINRF') OR contains(processing, 'REINSTATE') THEN 'reinstated'
      WHEN processing = 'ADMDPT' OR contains(processing, 'ADMINISTRATIVE DEPORT') THEN 'administrative'
      ELSE 'other'
    END AS by_processing,
    CASE
      WHEN category IS NULL THEN NULL
      WHEN contains(category, 'CREDIBLE FEAR REFERRAL') THEN 'fear claimed'
      WHEN contains(category, 'TERMINATED') THEN 'other'
      WHEN contains(category, 'EXPEDITED REMOVAL') THEN 'expedited'
      WHEN contains(category, 'REINSTATE') THEN 'reinstated'
      WHEN contains(category, 'ADMINISTRATIVE DEPORT') THEN 'administrative'
      WHEN contains(category, 'BY BIA') THEN 'appeal'
      WHEN contains(category, 'WITHHOLDING OF') THEN 'withholding'
      ELSE 'other'
    END AS by_category,
    CASE WHEN contains(entry, 'EWI') OR contains(entry, 'PWA') OR contains(entry, 'WITHOUT INSPECTION')
      OR contains(entry, 'WITHOUT ADMISSION') THEN 'without'
      WHEN entry IS NOT NULL THEN 'other' END AS entry_way,
    CASE WHEN before_word IN ('YES', 'Y') THEN 'yes' WHEN before_word IN ('NO', 'N') THEN 'no' END AS before
  FROM said
),
agreed AS (
  SELECT person_no, min(row_id) AS row_id, min(departed) AS departed_lo,
    max(recorded_hi(departed)) AS departed_hi,
    min(ordered) AS ordered_lo, max(recorded_hi(ordered)) AS ordered_hi, min(entered) AS entered_lo,
    max(recorded_hi(entered)) AS entered_hi, min(way) AS way, max(way) AS way_too,
    min(by_processing) AS by_processing, max(by_processing) AS by_processing_too,
    min(by_category) AS by_category, max(by_category) AS by_category_too,
    min(charge) AS charge, max(charge) AS charge_too, min(entry_way) AS entry_way,
    max(entry_way) AS entry_way_too, min(before) AS before, max(before) AS before_too,
    min(went_to) AS went_to, max(went_to) AS went_to_too, min(citizen_of) AS citizen_of,
    max(citizen_of) AS citizen_of_too
  FROM read
  GROUP BY person_no, day_of(departed), CASE WHEN person_no IS NULL THEN row_id END
)
SELECT person_no, row_id, departed_lo, departed_hi, ordered_lo, ordered_hi, entered_lo, entered_hi,
  CASE WHEN way = way_too THEN way END AS way,
  CASE WHEN by_processing = by_processing_too THEN by_processing END AS by_processing,
  CASE WHEN by_category = by_category_too THEN by_category END AS by_category,
  CASE WHEN charge = charge_too THEN charge END AS charge,
  CASE WHEN entry_way = 'without' AND entry_way_too = 'without' THEN TRUE END AS is_uninspected,
  CASE WHEN before = before_too THEN before = 'yes' END AS was_removed_before,
  CASE WHEN went_to = went_to_too AND citizen_of = citizen_of_too AND went_to = citizen_of THEN TRUE
    END AS is_home,
  coalesce(way <> way_too, FALSE) OR coalesce(by_processing <> by_processing_too, FALSE)
    OR coalesce(by_category <> by_category_too, FALSE) OR coalesce(charge <> charge_too, FALSE)
    OR coalesce(entry_way <> entry_way_too, FALSE) OR coalesce(before <> before_too, FALSE)
    OR coalesce(went_to <> went_to_too, FALSE) OR coalesce(citizen_of <> citizen_of_too, FALSE) AS is_disputed
FROM agreed
