-- persons: the person of an id in each release that has it
SELECT person_no, release, unique_identifier FROM persons WHERE unique_identifier = $id ORDER BY release

-- ids: how many person ids there are
SELECT count(unique_identifier) AS n FROM persons

-- history: the whole of a person's rows, counted, how it ends, and up to when the release looks
SELECT c.*, r.released_at, r.released_at_from
FROM chains c LEFT JOIN releases r ON r.release = c.release
WHERE c.person_no = $person

-- stints: a person's stints in the order of their places
SELECT * FROM stint_spans WHERE person_no = $person ORDER BY place

-- stays: a person's stays in their order, as the last stint states their end, and how each ended
SELECT s.first_place, s.last_place, s.stay_book_in, s.stint_window_in, s.stint_window_out, l.stay_book_out,
  e.*
FROM stay_spans s
JOIN stint_spans l ON l.place = s.last_place
JOIN stay_ends e ON e.stay_row = s.stay_row
WHERE s.person_no = $person
ORDER BY e.stay_no

-- transfers: both sides of each of a person's transfers
SELECT * FROM transfers WHERE person_no = $person

-- gaps: times between two stints of a person, unless another stint covers them: that is no gap of the person
SELECT * FROM transfers
WHERE person_no = $person AND gap_us > 0 AND covered_until < arrived_at
ORDER BY left_at, from_row

-- unaccounted: when the records name no custodian of a person
SELECT * FROM unaccounted WHERE person_no = $person ORDER BY since, stay_row, last_row

-- conflicts: what cannot all be true of a person
SELECT * FROM conflicts WHERE person_no = $person ORDER BY row_a, kind, row_b

-- denials: which rows of a person deny each other, and where and when the other one has the person
SELECT c.*, o.detention_facility_code AS other_place, o.book_in AS other_in, o.book_out AS other_out
FROM contradictions c
JOIN stint_spans s ON s.row_id = c.row_id
LEFT JOIN stint_spans o ON o.row_id = c.other_row
WHERE s.person_no = $person
ORDER BY c.row_id, c.other_row

-- arrests: a person's arrests
SELECT * FROM arrests WHERE person_no = $person ORDER BY arrested_at NULLS LAST, row_id

-- arrest_stays: which arrests of a person led to which stays, by each rule
SELECT * FROM arrest_stays WHERE person_no = $person AND status = 'matched' ORDER BY rule

-- removals: a person's removals
SELECT * FROM removals WHERE person_no = $person ORDER BY departed NULLS LAST, row_id

-- stay_removals: which removals of a person ended which stays
SELECT * FROM stay_removals WHERE person_no = $person AND removal_row IS NOT NULL AND status = 'matched'

-- released_at: up to when the release of a person looks
SELECT r.released_at FROM releases r JOIN persons p ON p.release = r.release WHERE p.person_no = $person

-- deaths: whether any row of a person gives a death as its reason, and whether another row begins after it
SELECT coalesce(bool_or(is_death), FALSE) AS is_recorded,
  coalesce(max(book_in) > min(book_in) FILTER (is_death), FALSE) AS goes_on
FROM (
  SELECT s.book_in, coalesce(here.kind = 'death' OR stay.kind = 'death', here.kind = 'death',
    stay.kind = 'death', FALSE) AS is_death
  FROM stint_spans s
  LEFT JOIN reason_kinds here ON here.reason = s.detention_release_reason
  LEFT JOIN reason_kinds stay ON stay.reason = s.stay_release_reason
  WHERE s.person_no = $person
) rows
