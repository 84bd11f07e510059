-- How many events have which verdict under each rule at one facility, as the audit counted them.
SELECT rule, version, construction, violated, undetermined, complied, not_bound, worst_case
FROM read_parquet($file)
WHERE detention_facility_code = $facility
ORDER BY rule, version, construction
