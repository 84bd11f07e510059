-- detainer_48_hours: detainers after which ICE booked the person in within the limit, and all others
-- inputs: detainer_rows, persons, stint_spans, disputed_times, rule_versions
-- kept: view
--
-- One event per detainer row. Shown not to be longer: a stint of the person in the same release begins after
-- the detainer and within the limit of it, by the latest that the book-in and the earliest that the detainer
-- can mean, with 6 hours of slack for clocks of different zones; where other rows dispute that book-in, by
-- the latest of them. Nothing is shown where the person had another detainer before, or a stint at ICE may
-- have been under way, by rows of the person or of the release's rows that name nobody: the time on which
-- the person was held may have begun earlier. Never shown to be longer. `other_row` is the first such
-- stint.
WITH lodged AS (
  SELECT d.row_id, d.release, p.person_no, d.unique_identifier IS NULL AS is_nobody,
    us_of(d.detainer_prepare_date) AS lodged
  FROM detainer_rows d
  LEFT JOIN persons p ON p.release = d.release AND p.unique_identifier = d.unique_identifier
),
strays AS (
  SELECT release, coalesce(book_in, -62135596800000000) AS at_us, 0 AS is_asked,
    coalesce(recorded_hi(book_out), 253402300799000000) AS until_us, CAST(NULL AS BIGINT) AS row_id,
    CAST(NULL AS BIGINT) AS lodged
  FROM stint_spans
  WHERE person_no IS NULL
  UNION ALL
  SELECT release, recorded_hi(lodged) + 21600000000, 1, CAST(NULL AS BIGINT), row_id, lodged
  FROM lodged
  WHERE person_no IS NOT NULL AND lodged IS NOT NULL
),
swept AS (
  SELECT row_id, lodged, max(until_us) OVER (PARTITION BY release ORDER BY at_us ASC NULLS FIRST,
    is_asked ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS until_us
  FROM strays
),
nobodys AS (
  SELECT release, min(coalesce(lodged, -62135596800000000)) AS lodged
  FROM lodged
  WHERE person_no IS NULL AND is_nobody
  GROUP BY release
),
doubted AS (
  SELECT row_id FROM swept WHERE row_id IS NOT NULL AND until_us >= lodged - 21600000000
  UNION
  SELECT l.row_id
  FROM lodged l
  JOIN nobodys n ON n.release = l.release AND n.lodged <= recorded_hi(l.lodged)
  UNION
  SELECT l.row_id
  FROM lodged l
  JOIN lodged e ON e.person_no = l.person_no AND e.row_id <> l.row_id
    AND (e.lodged IS NULL OR e.lodged <= recorded_hi(l.lodged))
  UNION
  SELECT l.row_id
  FROM lodged l
  JOIN stint_spans s ON s.person_no = l.person_no
    AND (s.book_in IS NULL OR s.book_in <= recorded_hi(l.lodged) + 21600000000)
    AND (s.book_out IS NULL OR recorded_hi(s.book_out) >= l.lodged - 21600000000)
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
  SELECT v.variant, v.limit_us, l.*, f.other_row,
    CASE WHEN d.row_id IS NULL THEN f.book_in_hi - l.lodged + 21600000000 END AS greatest_us
  FROM lodged l
  LEFT JOIN followed f ON f.row_id = l.row_id
  LEFT JOIN doubted d ON d.row_id = l.row_id
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
