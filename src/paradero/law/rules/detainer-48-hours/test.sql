-- detainer_48_hours: detainers after which ICE booked the person in within the limit, and all others
-- inputs: detainer_rows, persons, stint_spans, disputed_times, rule_versions
-- kept: view
--
-- One event per detainer row. Shown not to be longer: a stint of the person in the same release begins after
-- the detainer and within the limit of it, by the latest that the book-in and the earliest that the detainer
-- can mean, with 6 hours of slack for clocks of different zones; where other rows dispute that book-in, by
-- the latest of them. Never shown to be longer. `other_row` is the first such stint.
WITH lodged AS (
  SELECT d.row_id, p.person_no, d.unique_identifier IS NULL AS is_nobody,
    us_of(d.detainer_prepare_date) AS lodged
  FROM detainer_rows d
  LEFT JOIN persons p ON p.release = d.release AND p.unique_identifier = d.unique_identifier
),
followed AS (
  SELECT l.row_id, min_by(s.row_id, s.place) AS other_row,
    min(greatest(recorded_hi(s.book_in), recorded_hi(t.in_hi))) AS book_in_hi
  FROM lodged l
  JOIN stint_spans s ON s.person_no = l.person_no AND s.book_in >= recorded_hi(l.lodged) - 21600000000
  LEFT JOIN disputed_times t ON t.row_id = s.row_id
  WHERE NOT coalesce(t.is_inverted, FALSE)
  GROUP BY l.row_id
),
measured AS (
  SELECT v.variant, v.limit_us, l.*, f.other_row, f.book_in_hi - l.lodged + 21600000000 AS greatest_us
  FROM lodged l
  LEFT JOIN followed f ON f.row_id = l.row_id
  CROSS JOIN rule_versions v
)
SELECT variant, person_no, CAST(NULL AS STRING) AS subject, row_id AS event_row,
  CASE WHEN greatest_us <= limit_us THEN other_row END AS other_row, lodged AS event_lo,
  recorded_hi(lodged) AS event_hi, TRUE AS is_bound,
  CASE WHEN greatest_us <= limit_us THEN FALSE END AS is_shown, CAST(NULL AS BIGINT) AS margin_lo,
  CASE WHEN greatest_us <= limit_us THEN greatest_us - limit_us END AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE
    WHEN greatest_us <= limit_us THEN NULL
    WHEN lodged IS NULL THEN 'detainer; otherwise_released'
    WHEN is_nobody THEN 'person; otherwise_released'
    ELSE 'otherwise_released'
  END AS shown_facts,
  lodged + limit_us AS turns_at
FROM measured
