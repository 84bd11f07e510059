-- verdict_rows: the answers of a rule's test combined into verdicts
-- inputs: rule_test, rule_versions
-- kept: table
--
-- `rule_test` is the test of one rule, `rule_versions` its versions under its constructions and orders. In
-- force: the event lies within the period of the version; an event that plainly lies outside of it is none of
-- that version and is left out. Verdict: not_bound where the subject is not bound or the version not in
-- force; violated or complied where all is known; else undetermined. `may_be_violated`: no answer that is
-- known excludes a violation. Bounds of the margin say how far past the line the event is, below zero how far
-- within.
WITH judged AS (
  SELECT t.*, v.version, v.construction, v.order_id,
    in_period(t.event_lo, t.event_hi, v.begin_lo, v.begin_hi, v.end_lo, v.end_hi) AS in_force
  FROM rule_test t
  JOIN rule_versions v ON v.variant = t.variant
)
SELECT variant, version, construction, order_id, person_no, subject, event_row, other_row, event_lo, event_hi,
  is_bound, in_force, is_shown,
  verdict_of(is_bound, in_force, is_shown) AS verdict,
  coalesce(is_bound, TRUE) AND coalesce(in_force, TRUE) AND coalesce(is_shown, TRUE) AS may_be_violated,
  margin_lo, margin_hi,
  CASE WHEN is_bound IS NULL THEN bound_facts END AS bound_facts,
    CASE WHEN is_shown IS NULL THEN shown_facts END AS shown_facts, turns_at
FROM judged
WHERE coalesce(in_force, TRUE)
ORDER BY variant ASC NULLS LAST, event_row ASC NULLS LAST, other_row ASC NULLS LAST, subject ASC NULLS LAST,
  event_lo ASC NULLS LAST, event_hi ASC NULLS LAST
