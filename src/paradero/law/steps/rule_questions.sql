-- rule_questions: each term of an order that binds to a rule, beside each event that the rule's test looks at, with the order's own parameters
-- inputs: rule_test
-- kept: view
--
-- `variant` is the term under one construction; the event is named by its row. Where the rule itself does not speak of the event, neither does the order.
SELECT variant, event_row AS event_no, event_row, other_row, person_no, subject, event_lo AS at_lo, event_hi AS at_hi, FALSE AS never_happened, is_bound AS is_bound_by_rule, is_shown,
  margin_lo, margin_hi, coalesce(CASE WHEN is_bound IS NULL THEN bound_facts END, CASE WHEN is_shown IS NULL THEN shown_facts END) AS rule_facts
FROM rule_test
