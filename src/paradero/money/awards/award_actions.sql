-- award_actions: every row of a transaction download, told which action it is and whether it counts
-- inputs: award_keys, award_transaction_rows
-- kept: table
--
-- An action is one award, modification number and transaction number; numbers that are all digits are
-- compared without the zeros before them. Downloads overlap: of the rows of one action one counts
-- (`is_counted`), the others name it in `counted_row`. Where they differ in amount or day the one last
-- modified counts; where no day of modification tells them apart, the last in file order, and `is_unclear`
-- says so. A download without transaction numbers gives them by content: a row equal in day and amount to a
-- numbered one is that action; another row takes a numbered action that its file does not otherwise account
-- for, in every file that has the row, and where it differs it `is_unclear` whatever its day of modification;
-- else the different rows of one modification within a file are different actions (the publisher keeps one
-- version at a time), and those of different files are versions. Amounts: US dollars, nominal.
WITH written AS (
  SELECT t.row_id, t.source, k.award_key, coalesce(nullif(upper(trim(t.modification_number)), '-NONE-'),
    '') AS modification, nullif(upper(trim(t.transaction_number)), '') AS number,
    us_of(t.action_date) AS action_us, us_of(t.last_modified_date) AS modified_us,
      t.federal_action_obligation AS obligated
  FROM award_transaction_rows t
  JOIN award_keys k ON k.row_id = t.row_id
),
keyed AS (
  SELECT row_id, source, award_key, action_us, modified_us, obligated,
    CASE WHEN modification = '' OR translate(modification, '0123456789', '') <> '' THEN modification
      ELSE coalesce(nullif(trim(LEADING '0' FROM modification), ''), '0') END AS modification_number,
    CASE WHEN translate(number, '0123456789', '') <> '' THEN number WHEN number IS NOT NULL
      THEN coalesce(nullif(trim(LEADING '0' FROM number), ''), '0') END AS stated_number
  FROM written
),
numbered AS (
  SELECT award_key, modification_number, stated_number, action_us, obligated FROM keyed
    WHERE stated_number IS NOT NULL
),
known_contents AS (
  SELECT award_key, modification_number, action_us, obligated, min(stated_number) AS stated_number
    FROM numbered
  GROUP BY award_key, modification_number, action_us, obligated
),
known_numbers AS (
  SELECT DISTINCT award_key, modification_number, stated_number FROM numbered
),
matched AS (
  SELECT k.row_id, k.source, k.award_key, k.modification_number, k.action_us, k.obligated,
    k.stated_number IS NULL AND c.stated_number IS NULL AS is_open,
    coalesce(k.stated_number, c.stated_number) AS stated_number
  FROM keyed k
  LEFT JOIN known_contents c ON k.stated_number IS NULL AND c.award_key = k.award_key
    AND c.modification_number = k.modification_number
    AND c.action_us IS NOT DISTINCT FROM k.action_us AND c.obligated IS NOT DISTINCT FROM k.obligated
),
unnumbered AS (
  SELECT source, award_key, modification_number, action_us, obligated FROM matched WHERE is_open
  GROUP BY source, award_key, modification_number, action_us, obligated
),
spread AS (
  SELECT *, count(*) OVER (PARTITION BY award_key, modification_number, action_us, obligated) AS n_files
    FROM unnumbered
),
placed AS (
  SELECT source, award_key, modification_number, action_us, obligated, row_number() OVER (
    PARTITION BY source, award_key, modification_number
      ORDER BY n_files DESC NULLS LAST, action_us ASC NULLS LAST, obligated ASC NULLS LAST) AS nth
  FROM spread
),
free AS (
  SELECT o.source, n.award_key, n.modification_number, n.stated_number,
    row_number() OVER (PARTITION BY o.source, n.award_key, n.modification_number
      ORDER BY n.stated_number ASC NULLS LAST) AS nth
  FROM (SELECT DISTINCT source, award_key, modification_number FROM unnumbered) o
  JOIN known_numbers n ON n.award_key = o.award_key AND n.modification_number = o.modification_number
  LEFT JOIN (SELECT DISTINCT source, award_key, modification_number, stated_number FROM matched
    WHERE NOT is_open) m
    ON m.source = o.source AND m.award_key = n.award_key AND m.modification_number = n.modification_number
      AND m.stated_number = n.stated_number
  WHERE m.stated_number IS NULL
),
offered AS (
  SELECT p.*, f.stated_number, min(CASE WHEN f.stated_number IS NULL THEN 0 ELSE 1 END) OVER (
    PARTITION BY p.award_key, p.modification_number, p.action_us, p.obligated) AS is_free
  FROM placed p
  LEFT JOIN free f ON f.source = p.source AND f.award_key = p.award_key
    AND f.modification_number = p.modification_number AND f.nth = p.nth
),
told AS (
  SELECT k.row_id, k.award_key, k.modification_number, k.action_us, k.modified_us, k.obligated,
    o.is_free = 1 AS is_taken,
    CASE WHEN NOT m.is_open THEN m.stated_number WHEN o.is_free = 1 THEN o.stated_number
      ELSE 'unstated ' || CAST(o.nth AS STRING) END AS transaction_number
  FROM keyed k
  JOIN matched m ON m.row_id = k.row_id
  LEFT JOIN offered o ON m.is_open AND o.source = k.source AND o.award_key = k.award_key
    AND o.modification_number = k.modification_number
    AND o.action_us IS NOT DISTINCT FROM k.action_us AND o.obligated IS NOT DISTINCT FROM k.obligated
),
ranked AS (
  SELECT *, row_number() OVER of_action AS choice, first_value(row_id) OVER of_action AS counted_row,
    first_value(modified_us) OVER of_action AS counted_modified_us,
    first_value(is_taken) OVER of_action AS is_counted_taken,
    first_value(action_us) OVER of_action AS counted_action_us,
      first_value(obligated) OVER of_action AS counted_obligated
  FROM told
  WINDOW of_action AS (PARTITION BY award_key, modification_number, transaction_number
    ORDER BY modified_us DESC NULLS LAST, row_id DESC NULLS LAST)
),
compared AS (
  SELECT *, action_us IS DISTINCT FROM counted_action_us OR obligated IS DISTINCT
    FROM counted_obligated AS differs FROM ranked
)
SELECT award_key, modification_number, transaction_number, row_id, counted_row, choice = 1 AS is_counted,
  differs,
  differs AND (modified_us IS NOT DISTINCT FROM counted_modified_us OR coalesce(is_taken, FALSE)
    OR coalesce(is_counted_taken, FALSE)) AS is_unclear, action_us, modified_us, obligated
FROM compared
ORDER BY award_key ASC NULLS LAST, modification_number ASC NULLS LAST, transaction_number ASC NULLS LAST,
  row_id ASC NULLS LAST
