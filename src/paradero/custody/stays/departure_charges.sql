-- departure_charges: departures under an order that needs no judge, by whether the charge is one that such an
--   order is for
-- inputs: departure_orders
-- kept: view
--
-- One row per departure (`departure_orders`) and `order_kind` (`administrative`, `expedited`) that its
-- processing or its category names; `in_processing`, `in_category`: whether each of the two names it, null
-- where it names none. `is_on_another`: false where the final charge is one that such an order is for (for
-- the administrative section 237(a)(2)(A)(iii), or 241(a)(2)(A)(iii) as it was before; for the expedited
-- 212(a)(6)(C) or 212(a)(7)), true where it is of any other section of 212(a), 237(a) or the old 241(a); null
-- where it is blank or no section, or where rows of one departure state two. `charge_fact`: what that leaves
-- open (`charge`; `disputed` where rows of the departure differ); `kind_fact` the same of an order that one
-- of the two texts does not name (`order_kind`, `disputed`).
WITH kinds AS (
  SELECT 'administrative' AS order_kind
  UNION ALL
  SELECT 'expedited' AS order_kind
),
charged AS (
  SELECT k.order_kind, d.row_id, d.person_no, d.departed_lo, d.departed_hi, d.is_disputed,
    d.by_processing = k.order_kind AS in_processing, d.by_category = k.order_kind AS in_category,
    CASE
      WHEN k.order_kind = 'administrative' THEN d.charge LIKE '237A2AIII%' OR d.charge LIKE '241A2AIII%'
      ELSE d.charge LIKE '212A6C%' OR d.charge LIKE '212A7%'
    END AS is_for_it,
    substr(d.charge, 1, 4) IN ('212A', '237A', '241A') AS is_section
  FROM departure_orders d
  CROSS JOIN kinds k
  WHERE d.by_processing = k.order_kind OR d.by_category = k.order_kind
)
SELECT order_kind, row_id, person_no, departed_lo, departed_hi, in_processing, in_category,
  CASE WHEN is_for_it THEN FALSE WHEN is_section THEN TRUE END AS is_on_another,
  CASE WHEN is_disputed THEN 'disputed' ELSE 'order_kind' END AS kind_fact,
  CASE WHEN is_disputed THEN 'disputed' ELSE 'charge' END AS charge_fact
FROM charged
