-- awards: each federal award once, however many downloads, actions and summaries there are of it
-- inputs: award_records, award_sums
-- kept: table
--
-- `obligated`: the sum of the award's actions, each once, where its first one is on record and no summary
-- knows a later one (`obligated_from` is `actions`); else the total of its summary (`summary`), with the
-- actions after the summary's latest one (`summary and later actions`); else the total that subaward reports
-- state (`subaward reports`). `obligated_lo` and `obligated_hi` span the sum of actions and the summary with
-- later actions where these differ and no later action says why. `known_until` is the last day up to which
-- the rows speak that `obligated` rests on. Descriptions are left out: they are free text that may name
-- persons; the rows as received keep them. `actions_less_summary` is actions less summary. `outlayed`,
-- `current_value` and `ceiling` are states, never
-- added: of each the latest that is not blank, with the day it is as of and the row that gives it. `kind`:
--   `idv` (its ceiling bounds the orders under it), `order` (under
-- `parent_key`; never added to its IDV's ceiling), `contract` (stands alone), `assistance`, `unknown` (the
-- key does not tell). Recipient and parent are those of the latest record that has a UEI, else of the latest;
-- `recipient_key` is the UEI, else `NAME ` and the name in capitals, else `AWARD ` and the key (a person's
-- name is left out). `flags`, blank-separated: `differs_from_summary` (actions and summary do not come to the
-- same), `summary_is_older` (and the actions after the summary's latest are why),
-- `differs_from_running_total` (the latest action states another total), `actions_missing` (modification 0 is
-- not on record, or a summary knows a later action than the last on record: the sum of actions is of part of
-- the award), `action_changed`, `action_unclear`, `amount_unreadable`, `deobligated`, `summaries_differ`,
-- `recipient_changed`, `sole_proprietor` (the name is left out), `obligated_over_ceiling`,
-- `subawards_over_prime`, `subaward_reported_again`, `ceiling_shared` (one of several awards under one
-- solicitation: its ceiling may be that of all), `key_not_stated`, `may_repeat_another` (the key was made
-- here, and another award with this PIID may be the same). Amounts: US dollars, nominal.
WITH latest AS (
  SELECT *,
    row_number() OVER (PARTITION BY award_key ORDER BY recipient_uei IS NULL ASC NULLS LAST,
      is_counted DESC NULLS LAST, latest_action_us DESC NULLS LAST, known_until DESC NULLS LAST,
      row_id DESC NULLS LAST) AS by_uei,
    row_number() OVER (PARTITION BY award_key ORDER BY place_country IS NULL
      AND place_state IS NULL ASC NULLS LAST, latest_action_us DESC NULLS LAST,
      row_id DESC NULLS LAST) AS by_place,
    row_number() OVER (PARTITION BY award_key ORDER BY outlayed IS NULL ASC NULLS LAST,
      known_until DESC NULLS LAST, row_id DESC NULLS LAST) AS by_outlayed,
    row_number() OVER (PARTITION BY award_key ORDER BY current_value IS NULL ASC NULLS LAST,
      is_counted DESC NULLS LAST, value_as_of DESC NULLS LAST, kind DESC NULLS LAST,
      known_until DESC NULLS LAST, row_id DESC NULLS LAST) AS by_value,
    row_number() OVER (PARTITION BY award_key ORDER BY ceiling IS NULL ASC NULLS LAST,
      is_counted DESC NULLS LAST, value_as_of DESC NULLS LAST, kind DESC NULLS LAST,
      known_until DESC NULLS LAST, row_id DESC NULLS LAST) AS by_ceiling
  FROM award_records
),
gathered AS (
  SELECT award_key, max(CASE WHEN by_uei = 1 THEN recipient_uei END) AS recipient_uei,
    max(CASE WHEN by_uei = 1 THEN recipient_name END) AS recipient_name,
    max(CASE WHEN by_uei = 1 THEN parent_uei END) AS parent_uei,
      max(CASE WHEN by_uei = 1 THEN parent_name END) AS parent_name,
      max(CASE WHEN by_uei = 1 THEN row_id END) AS recipient_row,
    max(CASE WHEN by_place = 1 THEN place_city END) AS place_city,
      max(CASE WHEN by_place = 1 THEN place_state END) AS place_state,
    max(CASE WHEN by_place = 1 THEN place_country END) AS place_country,
      max(CASE WHEN by_place = 1 THEN row_id END) AS place_row,
    max(CASE WHEN by_outlayed = 1 THEN outlayed END) AS outlayed,
      max(CASE WHEN by_outlayed = 1 AND outlayed IS NOT NULL THEN known_until END) AS outlayed_as_of,
    max(CASE WHEN by_outlayed = 1 AND outlayed IS NOT NULL THEN row_id END) AS outlayed_row,
    max(CASE WHEN by_value = 1 THEN current_value END) AS current_value,
      max(CASE WHEN by_value = 1 AND current_value IS NOT NULL THEN value_as_of END) AS value_as_of,
    max(CASE WHEN by_value = 1 AND current_value IS NOT NULL THEN row_id END) AS value_row,
    max(CASE WHEN by_ceiling = 1 THEN ceiling END) AS ceiling,
      max(CASE WHEN by_ceiling = 1 AND ceiling IS NOT NULL THEN value_as_of END) AS ceiling_as_of,
    max(CASE WHEN by_ceiling = 1 AND ceiling IS NOT NULL THEN row_id END) AS ceiling_row,
    max(piid) AS piid, max(agency) AS agency, max(office) AS office,
    max(CASE WHEN upper(single_or_multiple) LIKE 'MULTIPLE%' THEN 1 ELSE 0 END) AS is_one_of_several,
      max(CASE WHEN is_sole_proprietor THEN 1 ELSE 0 END) AS sole,
    count(DISTINCT recipient_uei) AS n_ueis, min(start_us) AS start_us, max(end_us) AS end_us,
      min(row_id) AS first_row, count(*) AS n_rows
  FROM latest GROUP BY award_key
),
kinds AS (
  SELECT award_key, CASE WHEN award_key LIKE 'CONT@_AWD@_%' ESCAPE '@'
    AND split_part(award_key, '_', 5) NOT IN ('', '-NONE-')
      THEN 'CONT_IDV_' || split_part(award_key, '_', 5) || '_' || split_part(award_key, '_', 6)
        END AS parent_key
  FROM gathered
),
based AS (
  SELECT *, CASE WHEN n_actions > 0 AND obligated_summary IS NOT NULL
    AND (n_bases = 0 OR coalesce(day_of(summary_action_us) > day_of(last_action_us), FALSE))
    THEN 'summary and later actions'
      WHEN n_actions > 0 THEN 'actions' WHEN n_summary_rows > 0 THEN 'summary'
        ELSE 'subaward reports' END AS basis,
    CAST(summary_lo + later_lo AS DECIMAL(20, 2)) AS summed_lo,
      CAST(summary_hi + later_hi AS DECIMAL(20, 2)) AS summed_hi,
    obligated_actions IS DISTINCT FROM obligated_summary AND obligated_then IS DISTINCT
      FROM obligated_summary AND obligated_summary IS NOT NULL AS is_unexplained
  FROM award_sums
),
joined AS (
  SELECT g.*, k.parent_key, CASE WHEN g.award_key LIKE 'CONT@_IDV@_%' ESCAPE '@' THEN 'idv'
    WHEN k.parent_key IS NOT NULL THEN 'order'
      WHEN g.award_key LIKE 'CONT@_AWD@_%' ESCAPE '@' THEN 'contract'
        WHEN g.award_key LIKE 'ASST@_%' ESCAPE '@' THEN 'assistance' ELSE 'unknown' END AS kind,
    CASE s.basis WHEN 'actions' THEN s.obligated_actions WHEN 'summary' THEN s.obligated_summary
      WHEN 'summary and later actions' THEN CAST(s.obligated_summary + s.obligated_later AS DECIMAL(20, 2))
        ELSE s.obligated_stated END AS obligated,
    CASE WHEN s.basis = 'actions' AND s.is_unexplained THEN CASE WHEN s.obligated_lo IS NOT NULL
      AND s.summed_lo IS NOT NULL THEN least(s.obligated_lo, s.summed_lo) END
      WHEN s.basis = 'actions' THEN s.obligated_lo WHEN s.basis = 'summary' THEN s.summary_lo
        WHEN s.basis = 'summary and later actions' THEN s.summed_lo
        ELSE s.obligated_stated END AS obligated_lo,
    CASE WHEN s.basis = 'actions' AND s.is_unexplained THEN CASE WHEN s.obligated_hi IS NOT NULL
      AND s.summed_hi IS NOT NULL THEN greatest(s.obligated_hi, s.summed_hi) END
      WHEN s.basis = 'actions' THEN s.obligated_hi WHEN s.basis = 'summary' THEN s.summary_hi
        WHEN s.basis = 'summary and later actions' THEN s.summed_hi
        ELSE s.obligated_stated END AS obligated_hi,
    CASE s.basis WHEN 'actions' THEN s.actions_until WHEN 'summary' THEN s.summary_until
      WHEN 'summary and later actions' THEN greatest(s.summary_until, s.later_until)
      ELSE s.stated_until END AS known_until,
    s.n_actions > 0 AND (s.n_bases = 0 OR coalesce(day_of(s.summary_action_us) > day_of(s.last_action_us),
      FALSE)) AS lacks_actions, s.may_repeat,
    s.basis AS obligated_from,
    s.obligated_actions, s.obligated_summary,
      CAST(s.obligated_actions - s.obligated_summary AS DECIMAL(20, 2)) AS actions_less_summary,
      s.deobligated, s.n_actions, s.n_action_rows,
    s.n_without_amount, s.n_changed, s.n_unclear, s.n_bases, s.first_action_us, s.last_action_us,
      s.n_summary_rows, s.summaries_differ, s.subawarded, s.subawarded_lo,
    coalesce(s.n_subawards, 0) AS n_subawards, s.n_reported_again, s.obligated_stated, s.obligated_then,
      s.running_total
  FROM gathered g
  JOIN kinds k ON k.award_key = g.award_key
  JOIN based s ON s.award_key = g.award_key
),
flagged AS (
  SELECT *, trim(CASE WHEN obligated_actions <> obligated_summary THEN 'differs_from_summary ' ELSE '' END
    || CASE WHEN obligated_actions <> obligated_summary
      AND obligated_then = obligated_summary THEN 'summary_is_older ' ELSE '' END
    || CASE WHEN running_total <> obligated_actions THEN 'differs_from_running_total ' ELSE '' END
    || CASE WHEN lacks_actions THEN 'actions_missing ' ELSE '' END
    || CASE WHEN n_changed > 0 THEN 'action_changed ' ELSE '' END || CASE WHEN n_unclear > 0
      THEN 'action_unclear ' ELSE '' END
    || CASE WHEN n_without_amount > 0 OR obligated IS NULL THEN 'amount_unreadable ' ELSE '' END || CASE
      WHEN deobligated < 0 THEN 'deobligated ' ELSE '' END
    || CASE WHEN summaries_differ THEN 'summaries_differ ' ELSE '' END || CASE WHEN n_ueis > 1
      THEN 'recipient_changed ' ELSE '' END
    || CASE WHEN sole = 1 THEN 'sole_proprietor ' ELSE '' END || CASE WHEN obligated > ceiling
      THEN 'obligated_over_ceiling ' ELSE '' END
    || CASE WHEN subawarded > coalesce(obligated_summary, obligated_stated, obligated)
      THEN 'subawards_over_prime ' ELSE '' END
    || CASE WHEN n_reported_again > 0 THEN 'subaward_reported_again ' ELSE '' END || CASE WHEN kind = 'idv'
      AND is_one_of_several = 1 THEN 'ceiling_shared ' ELSE '' END
    || CASE WHEN kind = 'unknown' THEN 'key_not_stated ' ELSE '' END || CASE WHEN may_repeat = 1
      THEN 'may_repeat_another ' ELSE '' END) AS flags
  FROM joined
)
SELECT award_key, kind, parent_key, piid, coalesce(recipient_uei, 'NAME ' || upper(trim(recipient_name)),
  'AWARD ' || award_key) AS recipient_key, recipient_uei, recipient_name, parent_uei,
  parent_name, recipient_row, agency, office, place_city, place_state, place_country, place_row, start_us,
    end_us, obligated, obligated_lo, obligated_hi,
  obligated_from, obligated_actions, obligated_summary, actions_less_summary, deobligated, outlayed,
    outlayed_as_of, outlayed_row, current_value, value_as_of, value_row, ceiling, ceiling_as_of,
  ceiling_row, first_action_us, last_action_us, known_until, n_actions, n_action_rows, n_summary_rows,
    subawarded, subawarded_lo, n_subawards, flags,
  n_rows, first_row
FROM flagged
ORDER BY award_key ASC NULLS LAST
