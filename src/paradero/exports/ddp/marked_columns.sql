-- marked_columns: the columns in which a mark of withholding stands that DDP keeps as text: all but the two
-- spellings that it takes for nothing, in columns that are not withheld throughout
SELECT DISTINCT unnest(
  regexp_extract_all(redactions, '(?:^|\|)([a-z0-9_]+)=[^|]*(?:\([bB]\)|[bB]\([0-9])', 1)) AS name
FROM read_marks
WHERE redactions IS NOT NULL
ORDER BY name
