-- rule_questions: each term of an order that binds to a rule, beside each event that the rule's test looks
--   at, with the order's own parameters
-- inputs: rule_test, order_clock
-- kept: view
--
-- `variant` is the term under one construction; the event is named by its row. Where the rule itself does not
-- speak of the event, neither does the order. The clock of the records names no zone, and an order's does:
-- bounds are widened by `order_clock`.
SELECT t.variant, t.event_row AS event_no, t.event_row, t.other_row, t.person_no, t.subject,
  t.event_lo - c.ahead_us AS at_lo, t.event_hi + c.behind_us AS at_hi,
  t.is_bound AS is_bound_by_rule, t.is_shown, t.margin_lo, t.margin_hi,
  coalesce(CASE WHEN t.is_bound IS NULL THEN t.bound_facts END,
    CASE WHEN t.is_shown IS NULL THEN t.shown_facts END) AS rule_facts
FROM rule_test t
CROSS JOIN order_clock c
