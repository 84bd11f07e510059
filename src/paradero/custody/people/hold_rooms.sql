-- hold_rooms: whether each facility is a hold room, as far as code, name and type say
-- inputs: facilities
-- kept: view
--
-- A hold room is a facility whose code ends in HOLD, or whose name or type has the words HOLD ROOM (any
-- spelling, with or without a space). `is_hold_room` is false where a name is known and none of these is so,
-- and null where nothing but the code is recorded.
SELECT detention_facility_code,
  CASE
    WHEN detention_facility_code LIKE '%HOLD' THEN TRUE
    WHEN replace(upper(coalesce(detention_facility, '') || ' ' || coalesce(recorded_name, '') || ' '
      || coalesce(type_detailed, '')), ' ', '') LIKE '%HOLDROOM%' THEN TRUE
    WHEN detention_facility IS NOT NULL OR recorded_name IS NOT NULL THEN FALSE
  END AS is_hold_room
FROM facilities
