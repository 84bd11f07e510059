-- counted: how many rows there are, and how many different keys
SELECT count(*) AS n_rows, count(DISTINCT key) AS n_keys FROM keys_in_order

-- beginnings: of keys in their order the first and every so many after it
SELECT key FROM (SELECT key, row_number() OVER (ORDER BY key) AS place FROM keys_in_order)
WHERE (place - 1) % $step = 0
ORDER BY key
