-- codeless_rooms: stints without a facility code, and whether their place is a hold room by its name
-- inputs: detention_rows
-- kept: view
--
-- Lists of people kept in a hold room, and releases of before 2011, name places and have no codes. One row
-- per stint without a code whose place is named. `is_hold_room` as in `hold_rooms`: the name has the words
-- HOLD ROOM (any spelling), or holding room; false where it has neither.
SELECT row_id,
  replace(upper(detention_facility), ' ', '') LIKE '%HOLDROOM%'
    OR replace(upper(detention_facility), ' ', '') LIKE '%HOLDINGROOM%' AS is_hold_room
FROM detention_rows
WHERE detention_facility_code IS NULL AND detention_facility IS NOT NULL
