-- award_recipients: the awards of each recipient, added once each
-- inputs: awards
-- kept: view
--
-- Recipients are one where their UEI is, or, where no record has a UEI, their name in capitals; nothing else
-- joins them. `obligated` and `outlayed` add over all awards (an order's money is its own, not its IDV's).
-- Ceilings are kept apart by kind and not added: `ceiling_idvs` of indefinite-delivery vehicles,
-- `ceiling_orders` of orders (within those of their IDVs), `ceiling_contracts` of contracts that stand alone.
-- `obligated_lo` and `obligated_hi` are open where those of an award are. The parent is that of the latest
-- award; `n_parents` counts the different ones. Amounts: US dollars, nominal.
WITH ranked AS (
  SELECT *, row_number() OVER (PARTITION BY recipient_key
    ORDER BY last_action_us DESC NULLS LAST, known_until DESC NULLS LAST, award_key DESC NULLS LAST) AS choice
    FROM awards
)
SELECT recipient_key, max(CASE WHEN choice = 1 THEN recipient_uei END) AS recipient_uei,
  max(CASE WHEN choice = 1 THEN recipient_name END) AS recipient_name,
  max(CASE WHEN choice = 1 THEN parent_uei END) AS parent_uei,
    max(CASE WHEN choice = 1 THEN parent_name END) AS parent_name, count(DISTINCT parent_uei) AS n_parents,
  count(*) AS n_awards, CAST(sum(obligated) AS DECIMAL(20, 2)) AS obligated,
  CASE WHEN count(*) = count(obligated_lo) THEN CAST(sum(obligated_lo) AS DECIMAL(20, 2)) END AS obligated_lo,
  CASE WHEN count(*) = count(obligated_hi) THEN CAST(sum(obligated_hi) AS DECIMAL(20, 2)) END AS obligated_hi,
  CAST(sum(outlayed) AS DECIMAL(20, 2)) AS outlayed, count(outlayed) AS n_outlayed,
  CAST(sum(CASE WHEN kind = 'idv' THEN ceiling END) AS DECIMAL(20, 2)) AS ceiling_idvs,
    CAST(sum(CASE WHEN kind = 'order' THEN ceiling END) AS DECIMAL(20, 2)) AS ceiling_orders,
  CAST(sum(CASE WHEN kind NOT IN ('idv', 'order') THEN ceiling END) AS DECIMAL(20, 2)) AS ceiling_contracts,
  CAST(sum(subawarded) AS DECIMAL(20, 2)) AS subawarded,
    CAST(sum(CASE WHEN flags <> '' THEN 1 ELSE 0 END) AS BIGINT) AS n_flagged,
    max(known_until) AS known_until, min(first_row) AS first_row
FROM ranked GROUP BY recipient_key
