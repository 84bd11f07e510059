-- award_actions: every row of a transaction download, told which action it is and whether it counts
-- inputs: award_transaction_rows
-- kept: table
--
-- An action is one award, modification number and transaction number. Downloads overlap: of the rows of one action one counts (`is_counted`), the others name it in
-- `counted_row`. Where they differ in amount or day the one last modified counts; where no day of modification tells them apart, the last in file order, and
-- `is_unclear` says so. A download without transaction numbers gives them by content: a row equal in day and amount to a numbered one is that action; else the
-- different rows of one modification within a file are different actions (the publisher keeps one version at a time), and those of different files are
-- versions. The key of an award is USAspending's; a row without one gets a key from its PIID and parent, which starts with `PIID_`. Amounts: US dollars, nominal.
WITH keyed AS (
  SELECT row_id, source,
    coalesce(nullif(upper(trim(contract_award_unique_key)), ''), 'PIID_' || upper(trim(award_id_piid)) || '_' || coalesce(upper(trim(parent_award_id_piid)), '-NONE-'),
      'TRANSACTION_' || upper(trim(contract_transaction_unique_key))) AS award_key,
    coalesce(upper(trim(modification_number)), '') AS modification_number, nullif(upper(trim(transaction_number)), '') AS stated_number,
    us_of(action_date) AS action_us, us_of(last_modified_date) AS modified_us, federal_action_obligation AS obligated
  FROM award_transaction_rows
),
numbered AS (
  SELECT award_key, modification_number, stated_number, action_us, obligated FROM keyed WHERE stated_number IS NOT NULL
),
known_contents AS (
  SELECT award_key, modification_number, action_us, obligated, min(stated_number) AS stated_number FROM numbered
  GROUP BY award_key, modification_number, action_us, obligated
),
known_numbers AS (
  SELECT award_key, modification_number, min(stated_number) AS stated_number FROM numbered GROUP BY award_key, modification_number
),
unnumbered AS (
  SELECT source, award_key, modification_number, action_us, obligated FROM keyed WHERE stated_number IS NULL
  GROUP BY source, award_key, modification_number, action_us, obligated
),
spread AS (
  SELECT *, count(*) OVER (PARTITION BY award_key, modification_number, action_us, obligated) AS n_files FROM unnumbered
),
placed AS (
  SELECT source, award_key, modification_number, action_us, obligated, row_number() OVER (
    PARTITION BY source, award_key, modification_number ORDER BY n_files DESC NULLS LAST, action_us ASC NULLS LAST, obligated ASC NULLS LAST) AS nth
  FROM spread
),
told AS (
  SELECT k.row_id, k.award_key, k.modification_number, k.action_us, k.modified_us, k.obligated,
    coalesce(k.stated_number, c.stated_number, CASE WHEN p.nth = 1 THEN n.stated_number END, 'unstated ' || CAST(p.nth AS STRING)) AS transaction_number
  FROM keyed k
  LEFT JOIN known_contents c ON k.stated_number IS NULL AND c.award_key = k.award_key AND c.modification_number = k.modification_number
    AND c.action_us IS NOT DISTINCT FROM k.action_us AND c.obligated IS NOT DISTINCT FROM k.obligated
  LEFT JOIN known_numbers n ON k.stated_number IS NULL AND n.award_key = k.award_key AND n.modification_number = k.modification_number
  LEFT JOIN placed p ON k.stated_number IS NULL AND p.source = k.source AND p.award_key = k.award_key AND p.modification_number = k.modification_number
    AND p.action_us IS NOT DISTINCT FROM k.action_us AND p.obligated IS NOT DISTINCT FROM k.obligated
),
ranked AS (
  SELECT *, row_number() OVER of_action AS choice, first_value(row_id) OVER of_action AS counted_row, first_value(modified_us) OVER of_action AS counted_modified_us,
    first_value(action_us) OVER of_action AS counted_action_us, first_value(obligated) OVER of_action AS counted_obligated
  FROM told
  WINDOW of_action AS (PARTITION BY award_key, modification_number, transaction_number ORDER BY modified_us DESC NULLS LAST, row_id DESC NULLS LAST)
),
compared AS (
  SELECT *, action_us IS DISTINCT FROM counted_action_us OR obligated IS DISTINCT FROM counted_obligated AS differs FROM ranked
)
SELECT award_key, modification_number, transaction_number, row_id, counted_row, choice = 1 AS is_counted, differs,
  differs AND modified_us IS NOT DISTINCT FROM counted_modified_us AS is_unclear, action_us, modified_us, obligated
FROM compared
ORDER BY award_key ASC NULLS LAST, modification_number ASC NULLS LAST, transaction_number ASC NULLS LAST, row_id ASC NULLS LAST
