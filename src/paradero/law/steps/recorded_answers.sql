-- recorded_answers: what recorded transfers show under terms that keep a place as it is
-- inputs: recorded_events, recorded_places, kept_values, kept_likeness, order_terms
-- kept: view
--
-- As for events stated in files: shown where the person was taken to a place that is none of those kept. Read
-- literally, who was at none of them before is free of the term; read by its purpose, nobody is. A place that
-- is not recorded, or that may be one of them under another spelling (`kept_likeness`), leaves it open; so
-- does a term that forbids it only without notice or for a time, of which records say nothing.
WITH kept AS (
  SELECT DISTINCT variant, attribute, is_purposive FROM kept_values
),
compared AS (
  SELECT k.variant, k.is_purposive, p.event_no, p.side,
    max(CASE WHEN l.is_same THEN 1 ELSE 0 END) AS n_same,
    max(CASE WHEN p.value IS NULL OR (l.value IS NOT NULL AND l.is_same IS NULL) THEN 1 ELSE 0 END) AS n_open
  FROM kept k
  JOIN recorded_places p ON p.attribute = k.attribute
  LEFT JOIN kept_likeness l ON l.variant = k.variant AND l.value = p.value
  GROUP BY k.variant, k.is_purposive, p.event_no, p.side
),
placed AS (
  SELECT variant, is_purposive, event_no,
    max(CASE WHEN side = 'from' AND n_same = 1 THEN 1 ELSE 0 END) AS was_inside,
    max(CASE WHEN side = 'from' AND n_same = 0 AND n_open = 0 THEN 1 ELSE 0 END) AS was_outside,
    max(CASE WHEN side = 'to' AND n_same = 1 THEN 1 ELSE 0 END) AS is_inside,
    max(CASE WHEN side = 'to' AND n_same = 0 AND n_open = 0 THEN 1 ELSE 0 END) AS is_outside
  FROM compared
  GROUP BY variant, is_purposive, event_no
),
happened AS (
  SELECT DISTINCT event_no, kind, happened FROM recorded_events
)
SELECT p.variant, p.event_no,
  CASE WHEN NOT h.happened OR p.is_inside = 1 THEN FALSE
    WHEN h.happened AND p.is_outside = 1 AND NOT t.is_conditional THEN TRUE END AS is_shown,
  CASE WHEN p.is_purposive OR p.was_inside = 1 THEN FALSE WHEN p.was_outside = 1 THEN TRUE END AS is_free,
  FALSE AS has_at, CAST(NULL AS BIGINT) AS at_lo, CAST(NULL AS BIGINT) AS at_hi,
  FALSE AS has_margin, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi
FROM placed p
JOIN order_terms t ON t.variant = p.variant
JOIN happened h ON h.event_no = p.event_no AND h.kind = t.kind
