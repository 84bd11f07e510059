-- removed_within_ten_days: arrests whose own row states a departure within the limit, in ordinary proceedings
-- inputs: arrest_rows, arrests, rule_versions
-- kept: view
--
-- Every arrest row with a departed date on or after the day of the arrest. Bound: its status says
-- removed, its category names adjudication by a judge or the Board or an order that is administratively
-- final, and its order date lies from the day of the arrest to that of the departure; not bound: the
-- category is a reinstated or expedited order, a visa waiver, a voluntary departure or return or a
-- withdrawal, or the status is such, or the order is older; else not known. Shown: by the latest
-- departure and the earliest arrest; shown not to be: the other way round; 6 hours of slack each way for
-- clocks of different zones. Rows of one person with the same day of departure and the same time of
-- arrest are one event; where they answer differently whether it is bound, that is not known.
WITH stated AS (
  SELECT a.person_no, r.row_id, a.arrested_at, us_of(r.departed_date) AS departed,
    us_of(r.final_order_date) AS ordered, upper(r.case_category) AS category, upper(r.case_status) AS status
  FROM arrest_rows r
  JOIN arrests a ON a.row_id = r.row_id
  WHERE r.departed_date IS NOT NULL AND a.arrested_at IS NOT NULL
    AND day_of(us_of(r.departed_date)) >= day_of(a.arrested_at)
),
judged AS (
  SELECT *,
    CASE
      WHEN contains(category, 'REINSTATE') OR contains(category, 'EXPEDITED')
        OR contains(category, 'VISA WAIVER') OR contains(category, 'VOLUNTARY')
        OR contains(category, 'WITHDRAW') OR contains(status, 'VOLUNTARY')
        OR contains(status, 'WITHDRAW') THEN FALSE
      WHEN recorded_hi(ordered) < arrested_at AND day_of(ordered) < day_of(arrested_at) THEN FALSE
      WHEN (contains(category, 'BY IJ') OR contains(category, 'BY BIA')
        OR contains(category, 'ADMINISTRATIVELY FINAL ORDER')
        OR contains(category, 'ADMINISTRATIVE FINAL ORDER')) AND contains(status, 'REMOVED')
        AND day_of(ordered) BETWEEN day_of(arrested_at) AND day_of(departed) THEN TRUE
    END AS says_bound
  FROM stated
),
events AS (
  SELECT person_no, arrested_at, day_of(departed) AS day, min(departed) AS departed, min(row_id) AS row_id,
    CASE WHEN min(CASE WHEN says_bound THEN 1 WHEN NOT says_bound THEN 0 ELSE -1 END)
        = max(CASE WHEN says_bound THEN 1 WHEN NOT says_bound THEN 0 ELSE -1 END) THEN max(says_bound)
      END AS is_bound
  FROM judged
  GROUP BY person_no, arrested_at, day_of(departed), CASE WHEN person_no IS NULL THEN row_id END
),
measured AS (
  SELECT v.variant, v.limit_us, e.*, e.departed - recorded_hi(e.arrested_at) - 21600000000 AS least_us,
    recorded_hi(e.departed) - e.arrested_at + 21600000000 AS greatest_us
  FROM events e
  CROSS JOIN rule_versions v
  WHERE coalesce(e.is_bound, TRUE)
),
answered AS (
  SELECT *, CASE WHEN greatest_us <= limit_us THEN TRUE WHEN least_us > limit_us THEN FALSE END AS is_shown
  FROM measured
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, departed AS event_lo, recorded_hi(departed) AS event_hi, is_bound,
  is_shown, limit_us - greatest_us AS margin_lo, limit_us - least_us AS margin_hi,
  CASE WHEN is_bound IS NULL THEN 'proceedings' END AS bound_facts,
  CASE WHEN is_shown IS NULL THEN 'exact_times' END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered
