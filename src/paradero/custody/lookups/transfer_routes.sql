-- transfer_routes: how many transfers there are from each facility to each, by how the two sides meet
-- inputs: transfers
-- kept: table
--
-- One row per release, facilities (without one where the row names none), `has_arrival` (whether a row of the
-- person follows, wherever that was) and status of the transfer.
SELECT release, from_facility_code, to_facility_code, to_row IS NOT NULL AS has_arrival, status,
  count(*) AS n_transfers
FROM transfers
GROUP BY release, from_facility_code, to_facility_code, to_row IS NOT NULL, status
ORDER BY release ASC NULLS FIRST, from_facility_code ASC NULLS LAST, to_facility_code ASC NULLS LAST,
  has_arrival ASC NULLS LAST, status ASC NULLS LAST
