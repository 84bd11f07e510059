-- award_keys: which award every row of transactions, summaries and subawards is of
-- inputs: award_transaction_rows, award_summary_rows, subaward_rows
-- kept: table
--
-- The key of an award is USAspending's. A row without one is of the keyed award where exactly one has its
-- PIID and parent and no other agency than the row's; else it gets a key of its own making, the same in every
-- kind of file: `PIID_`, its PIID, its parent and its agency, where that is told (the code of the awarding
-- sub-agency, else the four signs that begin the key of the transaction), or where the rows without key tell
-- exactly one for that PIID and parent; without a PIID, `TRANSACTION_` and the key of the transaction.
-- `is_keyed` says that the row states its key. `may_repeat` is true for a row whose key was made and whose
-- PIID another award has, too, that may be the same.
WITH stated AS (
  SELECT row_id, 'action' AS kind, nullif(upper(trim(contract_award_unique_key)), '') AS stated_key,
    nullif(upper(trim(award_id_piid)), '') AS piid,
    nullif(upper(trim(parent_award_id_piid)), '') AS parent,
      nullif(upper(trim(awarding_sub_agency_code)), '') AS agency,
    nullif(upper(trim(contract_transaction_unique_key)), '') AS transaction_key
  FROM award_transaction_rows
  UNION ALL
  SELECT row_id, 'summary', nullif(upper(trim(contract_award_unique_key)), ''),
    nullif(upper(trim(award_id_piid)), ''), nullif(upper(trim(parent_award_id_piid)), ''),
    nullif(upper(trim(awarding_sub_agency_code)), ''), NULL
  FROM award_summary_rows
  UNION ALL
  SELECT row_id, 'subaward', nullif(upper(trim(prime_award_unique_key)), ''),
    nullif(upper(trim(prime_award_piid)), ''), nullif(upper(trim(prime_award_parent_piid)), ''),
    nullif(upper(trim(prime_award_awarding_sub_agency_code)), ''), NULL
  FROM subaward_rows
),
told AS (
  SELECT row_id, kind, stated_key, transaction_key,
    coalesce(piid, CASE WHEN stated_key LIKE 'CONT@_%' ESCAPE '@'
      THEN nullif(split_part(stated_key, '_', 3), '') END) AS piid,
    coalesce(nullif(coalesce(CASE WHEN stated_key LIKE 'CONT@_AWD@_%' ESCAPE '@'
      THEN nullif(split_part(stated_key, '_', 5), '') END, parent), '-NONE-'), '-NONE-') AS parent,
    coalesce(CASE WHEN stated_key LIKE 'CONT@_%' ESCAPE '@'
      THEN nullif(split_part(stated_key, '_', 4), '') END, agency,
      CASE WHEN transaction_key LIKE '____@_%' ESCAPE '@' THEN substr(transaction_key, 1, 4) END) AS agency
  FROM stated
),
keyed AS (
  SELECT stated_key, piid, parent, max(agency) AS agency FROM told
    WHERE stated_key IS NOT NULL AND piid IS NOT NULL GROUP BY stated_key, piid, parent
),
unkeyed AS (
  SELECT piid, parent, agency FROM told WHERE stated_key IS NULL AND piid IS NOT NULL
    GROUP BY piid, parent, agency
),
taken AS (
  SELECT u.piid, u.parent, u.agency, min(k.stated_key) AS award_key
  FROM unkeyed u
  JOIN keyed k ON k.piid = u.piid AND k.parent = u.parent AND coalesce(k.agency = u.agency, TRUE)
  GROUP BY u.piid, u.parent, u.agency HAVING count(DISTINCT k.stated_key) = 1
),
agencies AS (
  SELECT piid, parent, min(agency) AS agency FROM unkeyed WHERE agency IS NOT NULL GROUP BY piid, parent
    HAVING count(*) = 1
),
placed AS (
  SELECT t.row_id, t.kind, t.stated_key IS NOT NULL AS is_keyed, t.stated_key IS NULL
    AND g.award_key IS NULL AS is_made, t.piid, coalesce(t.agency, a.agency) AS agency,
    coalesce(t.stated_key, g.award_key, CASE WHEN t.piid IS NULL
      AND t.transaction_key IS NOT NULL THEN 'TRANSACTION_' || t.transaction_key
      ELSE 'PIID_' || coalesce(t.piid, '-NONE-') || '_' || t.parent
        || coalesce('_' || coalesce(t.agency, a.agency), '') END) AS award_key
  FROM told t
  LEFT JOIN taken g ON t.stated_key IS NULL AND g.piid = t.piid AND g.parent = t.parent
    AND g.agency IS NOT DISTINCT FROM t.agency
  LEFT JOIN agencies a ON t.stated_key IS NULL AND a.piid = t.piid AND a.parent = t.parent
),
known AS (
  SELECT award_key, piid, max(agency) AS agency FROM placed WHERE piid IS NOT NULL GROUP BY award_key, piid
),
alike AS (
  SELECT DISTINCT m.award_key
  FROM known m
  JOIN known o ON o.piid = m.piid AND o.award_key <> m.award_key AND coalesce(o.agency = m.agency, TRUE)
)
SELECT p.row_id, p.kind, p.award_key, p.is_keyed, p.is_made AND l.award_key IS NOT NULL AS may_repeat
FROM placed p
LEFT JOIN alike l ON l.award_key = p.award_key
ORDER BY p.row_id ASC NULLS LAST
