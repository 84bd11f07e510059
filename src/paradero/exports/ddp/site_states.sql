-- ddp_site_states: the state that the name of a duty site says, as DDP reads it
--
-- The first word of two letters that is an abbreviation of a state, whatever it means there (LA in LA CROSSE
-- too: the rule is DDP's); else the name of a state that stands first, as whole words.
WITH sites AS (
  SELECT DISTINCT apprehension_site AS site, upper(apprehension_site) AS said
  FROM read_arrests WHERE apprehension_site IS NOT NULL
),
worded AS (
  SELECT s.site, w.word, w.place
  FROM sites s, unnest(regexp_extract_all(s.said, '\w+')) WITH ORDINALITY AS w(word, place)
),
abbreviated AS (
  SELECT w.site, arg_min(t.name, w.place) AS state
  FROM worded w JOIN ddp_states t ON t.abbreviation = w.word
  GROUP BY w.site
),
spelt AS (
  SELECT s.site, arg_min(t.name, length(regexp_extract(s.said, '^(.*?)\b' || t.name || '\b', 1))) AS state
  FROM sites s JOIN ddp_states t ON regexp_matches(s.said, '\b' || t.name || '\b')
  GROUP BY s.site
)
SELECT s.site, coalesce(a.state, n.state) AS state
FROM sites s
LEFT JOIN abbreviated a ON a.site = s.site
LEFT JOIN spelt n ON n.site = s.site
