-- award_parties: who each row names as recipient of the award or of the subaward, the names of persons left
--   out
-- inputs: award_keys, award_transaction_rows, award_summary_rows, subaward_rows
-- kept: table
--
-- `party` is `recipient` or `subawardee`. A person who trades alone, or receives as an individual, is told by
-- the mark of a sole proprietor or by the business types (SOLE PROPRIETOR, INDIVIDUAL) in any row: of the
-- same award, of the same UEI, or, where one of the two rows has no UEI, of the same name in capitals.
-- `is_sole_proprietor` is then true in all of them and the name is in none; a parent's name is left out with
-- it, and where the parent is such a person.
WITH said AS (
  SELECT k.row_id, 'recipient' AS party, k.award_key, nullif(upper(trim(t.recipient_uei)), '') AS uei,
    t.recipient_name AS name,
    nullif(upper(trim(t.recipient_parent_uei)), '') AS parent_uei, t.recipient_parent_name AS parent_name,
      t.sole_proprietorship AS mark, t.business_types_description AS types
  FROM award_keys k
  JOIN award_transaction_rows t ON t.row_id = k.row_id
  UNION ALL
  SELECT k.row_id, 'recipient', k.award_key, nullif(upper(trim(s.recipient_uei)), ''), s.recipient_name,
    nullif(upper(trim(s.recipient_parent_uei)), ''), s.recipient_parent_name, s.sole_proprietorship,
      s.business_types_description
  FROM award_keys k
  JOIN award_summary_rows s ON s.row_id = k.row_id
  UNION ALL
  SELECT k.row_id, 'recipient', k.award_key, nullif(upper(trim(b.prime_awardee_uei)), ''),
    b.prime_awardee_name,
    nullif(upper(trim(b.prime_awardee_parent_uei)), ''), b.prime_awardee_parent_name, NULL,
      b.prime_awardee_business_types
  FROM award_keys k
  JOIN subaward_rows b ON b.row_id = k.row_id
  UNION ALL
  SELECT row_id, 'subawardee', NULL, nullif(upper(trim(subawardee_uei)), ''), subawardee_name,
    nullif(upper(trim(subawardee_parent_uei)), ''), subawardee_parent_name, NULL, subawardee_business_types
  FROM subaward_rows
),
marked AS (
  SELECT row_id, party, award_key, uei, name, parent_uei, parent_name,
    nullif(upper(trim(name)), '') AS capitals, nullif(upper(trim(parent_name)), '') AS parent_capitals,
    coalesce(lower(trim(mark)) IN ('t', 'true', 'y', 'yes', '1'), FALSE)
      OR coalesce(upper(types) LIKE '%SOLE PROPRIETOR%', FALSE)
      OR coalesce(upper(types) LIKE '%INDIVIDUAL%', FALSE) AS is_person
  FROM said
),
person_awards AS (
  SELECT DISTINCT award_key FROM marked WHERE is_person AND award_key IS NOT NULL
),
person_ueis AS (
  SELECT DISTINCT uei FROM marked WHERE is_person AND uei IS NOT NULL
),
person_names AS (
  SELECT capitals, max(CASE WHEN uei IS NULL THEN 1 ELSE 0 END) AS lacks_uei FROM marked
    WHERE is_person AND capitals IS NOT NULL GROUP BY capitals
),
decided AS (
  SELECT m.row_id, m.party, m.award_key, m.uei, m.name, m.parent_uei, m.parent_name,
    m.is_person OR a.award_key IS NOT NULL OR u.uei IS NOT NULL
      OR (n.capitals IS NOT NULL AND (m.uei IS NULL OR n.lacks_uei = 1)) AS is_sole_proprietor,
    pu.uei IS NOT NULL OR (pn.capitals IS NOT NULL
      AND (m.parent_uei IS NULL OR pn.lacks_uei = 1)) AS is_parent_person
  FROM marked m
  LEFT JOIN person_awards a ON a.award_key = m.award_key
  LEFT JOIN person_ueis u ON u.uei = m.uei
  LEFT JOIN person_names n ON n.capitals = m.capitals
  LEFT JOIN person_ueis pu ON pu.uei = m.parent_uei
  LEFT JOIN person_names pn ON pn.capitals = m.parent_capitals
)
SELECT row_id, party, award_key, uei, CASE WHEN is_sole_proprietor THEN NULL ELSE name END AS name,
  parent_uei,
  CASE WHEN is_sole_proprietor OR is_parent_person THEN NULL ELSE parent_name END AS parent_name,
    is_sole_proprietor
FROM decided
ORDER BY row_id ASC NULLS LAST, party ASC NULLS LAST
