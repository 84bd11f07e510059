-- awards: the awards, the largest first
SELECT * FROM awards ORDER BY obligated DESC NULLS LAST, award_key

-- recipients: who received awards, the largest first
SELECT * FROM award_recipients ORDER BY obligated DESC NULLS LAST, recipient_key

-- citations: every source row of an award with its part, and of an action what it says
SELECT r.award_key, r.kind, r.row_id, r.is_counted, a.counted_row, a.modification_number, a.obligated,
  a.action_us
FROM award_records r
LEFT JOIN award_actions a ON r.kind = 'action' AND a.row_id = r.row_id
ORDER BY r.award_key, r.row_id
