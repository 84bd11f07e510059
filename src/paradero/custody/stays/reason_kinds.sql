-- reason_kinds: what each release reason and case status found in the records means for custody
-- inputs: stint_spans, reasons
-- kept: table
--
-- `kind`: death, removal, release, transfer_of_custody, transferred (to another facility) or other. Texts are
-- compared in lower case, trimmed, with the patterns of custody/reasons.csv; the first pattern that fits
-- decides. A text that no pattern fits is `other`.
WITH texts AS (
  SELECT detention_release_reason AS reason FROM stint_spans WHERE detention_release_reason IS NOT NULL
  UNION
  SELECT stay_release_reason FROM stint_spans WHERE stay_release_reason IS NOT NULL
  UNION
  SELECT case_status FROM stint_spans WHERE case_status IS NOT NULL
),
fitting AS (
  SELECT t.reason, p.kind, p.pattern, row_number() OVER (PARTITION BY t.reason
    ORDER BY p.pattern_no ASC NULLS LAST) AS choice
  FROM texts t
  JOIN reasons p ON CASE p.match
    WHEN 'exact' THEN lower(trim(t.reason)) = p.pattern
    WHEN 'prefix' THEN substr(lower(trim(t.reason)), 1, length(p.pattern)) = p.pattern
    ELSE contains(lower(t.reason), p.pattern) END
)
SELECT t.reason, coalesce(f.kind, 'other') AS kind, f.pattern
FROM texts t
LEFT JOIN fitting f ON f.reason = t.reason AND f.choice = 1
ORDER BY t.reason ASC NULLS LAST
