-- unaccounted_counts: how many intervals there are of each reason
SELECT reason, count(*) AS n FROM listed WHERE $release IS NULL OR release = $release
GROUP BY ALL ORDER BY ALL

-- unaccounted: the intervals, those without an end first, then the longest
SELECT * FROM listed WHERE $release IS NULL OR release = $release
ORDER BY length_us DESC NULLS FIRST, last_row, since LIMIT $limit OFFSET $offset

-- conflicts_counts: how many conflicts there are of each kind and grade
SELECT kind, grade, count(*) AS n FROM listed
WHERE ($release IS NULL OR release = $release) AND ($kind IS NULL OR kind = $kind)
  AND ($grade IS NULL OR grade = $grade)
GROUP BY ALL ORDER BY ALL

-- conflicts: the conflicts, the largest first
SELECT * FROM listed
WHERE ($release IS NULL OR release = $release) AND ($kind IS NULL OR kind = $kind)
  AND ($grade IS NULL OR grade = $grade)
ORDER BY size_us DESC NULLS FIRST, row_a, kind, row_b LIMIT $limit OFFSET $offset

-- transfers_counts: how many transfers there are of each status
SELECT status, count(*) AS n FROM listed
WHERE ($release IS NULL OR release = $release) AND ($status IS NULL OR status = $status)
GROUP BY ALL ORDER BY ALL

-- transfers: the transfers, those with a side missing first, then the longest
SELECT * FROM listed
WHERE ($release IS NULL OR release = $release) AND ($status IS NULL OR status = $status)
ORDER BY gap_us DESC NULLS FIRST, from_row, to_row LIMIT $limit OFFSET $offset

-- transfers_keys: which transfers these are, by their persons and the rows that were left
SELECT person_no, from_row FROM transfers
WHERE ($release IS NULL OR release = $release) AND ($status IS NULL OR status = $status)
ORDER BY gap_us DESC NULLS FIRST, from_row, to_row LIMIT $limit OFFSET $offset

-- transfers_named: those transfers, in the same order
SELECT * FROM named ORDER BY gap_us DESC NULLS FIRST, from_row, to_row

-- ends_untold: how many stays there are of which the record hides how they ended, by what hides it
SELECT e.end_reason, count(*) AS n
FROM stay_ends e
JOIN persons p ON p.person_no = e.person_no
WHERE e.end_kind = 'cannot be judged' AND ($release IS NULL OR p.release = $release)
GROUP BY ALL ORDER BY n DESC, e.end_reason

-- rows_of_nobody: how many rows have no person id
SELECT coalesce(sum(n_rows - n_with_person), 0) AS n FROM wanting WHERE $release IS NULL OR release = $release
