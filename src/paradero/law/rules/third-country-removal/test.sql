-- third_country_removal: removals to a country that is neither the recorded citizenship nor the recorded
--   country of birth
-- inputs: detention_rows, removal_rows, stint_spans, removals, rule_versions
-- kept: view
--
-- Every row with a departed date, of detentions or removals, is taken by its own words. Shown: the departure
-- country is known to be another than the country of citizenship and another than the country of birth. Shown
-- not to be: it is one of the two. Words for countries are compared only where the list below knows them;
-- CHINA and CHINA, PEOPLES REPUBLIC OF are one. Words that do not name one state for certain (STATELESS,
-- UNKNOWN, KOREA, CONGO, YUGOSLAVIA, territories) are not known, and two successors of one state, or China
-- and Taiwan, are never known to differ. The birth country is the release's first column of that name; the
-- one of ERO, where a release has both, only shows that the departure was to the country of birth, and blank
-- in a release that has it elsewhere it shows nothing. Bound: the case status says removed, deported or
-- excluded, the category is there, the third text (the stay's release reason of a detention row, the
-- processing disposition of a removal row) is there, and none says voluntary departure, return or withdrawal;
-- where one does, not bound; else, and for expulsions under Title 42 or 50, not known. Rows of one person
-- with the same day and country of departure and the same answer are one event, at the first of them in file
-- order; rows without an answer stand only where no other of them has one. Where rows of one person with the
-- same day of departure or the same stay answer differently, whether bound or whether shown, that answer is
-- not known of any of them, and `other_row` is one that says otherwise.
WITH departures AS (
  SELECT s.person_no, d.row_id, d.release, s.stay_book_in, us_of(d.departed_date) AS departed,
    d.departure_country AS went_to, d.citizenship_country AS citizen_of,
    d.birth_country AS born_in, d.birth_country_ero AS born_in_too, d.case_status, d.case_category,
      d.stay_release_reason AS third_text
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE d.departed_date IS NOT NULL
  UNION ALL
  SELECT r.person_no, m.row_id, m.release, CAST(NULL AS BIGINT), us_of(m.departed_date), m.departure_country,
    m.citizenship_country,
    m.birth_country, CAST(NULL AS STRING), m.case_status, m.case_category, m.processing_disposition
  FROM removal_rows m
  JOIN removals r ON r.row_id = m.row_id
  WHERE m.departed_date IS NOT NULL
),
once AS (
  SELECT person_no, min(row_id) AS row_id, release, stay_book_in, departed, went_to, citizen_of, born_in,
    born_in_too, case_status, case_category, third_text
  FROM departures
  WHERE person_no IS NOT NULL
  GROUP BY person_no, release, stay_book_in, departed, went_to, citizen_of, born_in, born_in_too, case_status,
    case_category, third_text
  UNION ALL
  SELECT person_no, row_id, release, stay_book_in, departed, went_to, citizen_of, born_in, born_in_too,
    case_status, case_category, third_text FROM departures WHERE person_no IS NULL
),
words AS (
  SELECT went_to AS word FROM once UNION SELECT citizen_of FROM once UNION SELECT born_in
    FROM once UNION SELECT born_in_too FROM once
),
named AS (
  SELECT word,
    CASE upper(trim(word))
      WHEN 'CHINA' THEN 'CHINA, PEOPLES REPUBLIC OF'
      WHEN 'PEOPLES REPUBLIC OF CHINA' THEN 'CHINA, PEOPLES REPUBLIC OF'
      WHEN 'MYANMAR' THEN 'BURMA'
      WHEN 'BURMA (MYANMAR)' THEN 'BURMA'
      WHEN 'COTE D''IVOIRE' THEN 'IVORY COAST'
      WHEN 'CABO VERDE' THEN 'CAPE VERDE'
      WHEN 'CZECHIA' THEN 'CZECH REPUBLIC'
      WHEN 'ESWATINI' THEN 'SWAZILAND'
      WHEN 'NORTH MACEDONIA' THEN 'MACEDONIA'
      WHEN 'MACEDONIA, FORMER YUGOSLAV REPUBLIC OF' THEN 'MACEDONIA'
      WHEN 'DEMOCRATIC REPUBLIC OF THE CONGO' THEN 'DEM REP OF THE CONGO'
      WHEN 'DEMOCRATIC REPUBLIC OF CONGO' THEN 'DEM REP OF THE CONGO'
      WHEN 'ANTIGUA AND BARBUDA' THEN 'ANTIGUA-BARBUDA'
      WHEN 'BOSNIA AND HERZEGOVINA' THEN 'BOSNIA-HERZEGOVINA'
      WHEN 'ST. KITTS AND NEVIS' THEN 'ST. KITTS-NEVIS'
      WHEN 'ST. VINCENT AND THE GRENADINES' THEN 'ST. VINCENT-GRENADINES'
      WHEN 'TRINIDAD & TOBAGO' THEN 'TRINIDAD AND TOBAGO'
      WHEN 'THE GAMBIA' THEN 'GAMBIA'
      WHEN 'GAMBIA, THE' THEN 'GAMBIA'
      WHEN 'THE BAHAMAS' THEN 'BAHAMAS'
      WHEN 'BAHAMAS, THE' THEN 'BAHAMAS'
      WHEN 'MICRONESIA' THEN 'MICRONESIA, FEDERATED STATES OF'
      WHEN 'FEDERATED STATES OF MICRONESIA' THEN 'MICRONESIA, FEDERATED STATES OF'
      WHEN 'KOREA, SOUTH' THEN 'SOUTH KOREA'
      WHEN 'KOREA, REPUBLIC OF' THEN 'SOUTH KOREA'
      WHEN 'KOREA, NORTH' THEN 'NORTH KOREA'
      WHEN 'RUSSIAN FEDERATION' THEN 'RUSSIA'
      WHEN 'TURKIYE' THEN 'TURKEY'
      WHEN 'VIET NAM' THEN 'VIETNAM'
      WHEN 'SYRIAN ARAB REPUBLIC' THEN 'SYRIA'
      WHEN 'GREAT BRITAIN' THEN 'UNITED KINGDOM'
      WHEN 'ENGLAND' THEN 'UNITED KINGDOM'
      ELSE upper(trim(word))
    END AS country
  FROM words
  WHERE word IS NOT NULL
),
countries AS (
  SELECT word, CASE WHEN contains(
      '|AFGHANISTAN|ALBANIA|ALGERIA|ANDORRA|ANGOLA|ANTIGUA-BARBUDA|ARGENTINA|ARMENIA|AUSTRALIA|'
      || 'AUSTRIA|AZERBAIJAN|BAHAMAS|BAHRAIN|BANGLADESH|BARBADOS|BELARUS|BELGIUM|BELIZE|BENIN|'
      || 'BHUTAN|BOLIVIA|BOSNIA-HERZEGOVINA|BOTSWANA|BRAZIL|BRUNEI|BULGARIA|BURKINA FASO|BURMA|'
      || 'BURUNDI|CAMBODIA|CAMEROON|CANADA|CAPE VERDE|CENTRAL AFRICAN REPUBLIC|CHAD|CHILE|'
      || 'CHINA, PEOPLES REPUBLIC OF|COLOMBIA|COMOROS|COSTA RICA|CROATIA|CUBA|CYPRUS|CZECH REPUBLIC|'
      || 'DEM REP OF THE CONGO|DENMARK|DJIBOUTI|DOMINICA|DOMINICAN REPUBLIC|ECUADOR|EGYPT|'
      || 'EL SALVADOR|EQUATORIAL GUINEA|ERITREA|ESTONIA|ETHIOPIA|FIJI|FINLAND|FRANCE|GABON|GAMBIA|'
      || 'GEORGIA|GERMANY|GHANA|GREECE|GRENADA|GUATEMALA|GUINEA|GUINEA-BISSAU|GUYANA|HAITI|HONDURAS|'
      || 'HUNGARY|ICELAND|INDIA|INDONESIA|IRAN|IRAQ|IRELAND|ISRAEL|ITALY|IVORY COAST|JAMAICA|JAPAN|'
      || 'JORDAN|KAZAKHSTAN|KENYA|KOSOVO|KUWAIT|KYRGYZSTAN|LAOS|LATVIA|LEBANON|LESOTHO|LIBERIA|'
      || 'LIBYA|LIECHTENSTEIN|LITHUANIA|LUXEMBOURG|MACEDONIA|MADAGASCAR|MALAWI|MALAYSIA|MALDIVES|'
      || 'MALI|MALTA|MARSHALL ISLANDS|MAURITANIA|MAURITIUS|MEXICO|MICRONESIA, FEDERATED STATES OF|'
      || 'MOLDOVA|MONACO|MONGOLIA|MONTENEGRO|MOROCCO|MOZAMBIQUE|NAMIBIA|NEPAL|NETHERLANDS|'
      || 'NEW ZEALAND|NICARAGUA|NIGER|NIGERIA|NORTH KOREA|NORWAY|OMAN|PAKISTAN|PALAU|PANAMA|'
      || 'PAPUA NEW GUINEA|PARAGUAY|PERU|PHILIPPINES|POLAND|PORTUGAL|QATAR|ROMANIA|RUSSIA|RWANDA|'
      || 'SAMOA|SAN MARINO|SAO TOME AND PRINCIPE|SAUDI ARABIA|SENEGAL|SERBIA|SEYCHELLES|'
      || 'SIERRA LEONE|SINGAPORE|SLOVAKIA|SLOVENIA|SOLOMON ISLANDS|SOMALIA|SOUTH AFRICA|SOUTH KOREA|'
      || 'SOUTH SUDAN|SPAIN|SRI LANKA|ST. KITTS-NEVIS|ST. LUCIA|ST. VINCENT-GRENADINES|SUDAN|'
      || 'SURINAME|SWAZILAND|SWEDEN|SWITZERLAND|SYRIA|TAIWAN|TAJIKISTAN|TANZANIA|THAILAND|TOGO|'
      || 'TONGA|TRINIDAD AND TOBAGO|TUNISIA|TURKEY|TURKMENISTAN|UGANDA|UKRAINE|UNITED ARAB EMIRATES|'
      || 'UNITED KINGDOM|URUGUAY|UZBEKISTAN|VANUATU|VENEZUELA|VIETNAM|YEMEN|ZAMBIA|ZIMBABWE|',
      '|' || country || '|') THEN country END AS country
  FROM named
),
kins AS (
  SELECT word, country,
    CASE
      WHEN country IN ('CHINA, PEOPLES REPUBLIC OF', 'TAIWAN') THEN 'china or taiwan'
      WHEN country IN ('SUDAN', 'SOUTH SUDAN') THEN 'sudans'
      WHEN country IN ('ETHIOPIA', 'ERITREA') THEN 'ethiopia or eritrea'
      WHEN country IN ('CZECH REPUBLIC', 'SLOVAKIA') THEN 'czechoslovakia'
      WHEN country IN ('SERBIA', 'MONTENEGRO', 'KOSOVO', 'CROATIA', 'SLOVENIA', 'MACEDONIA',
        'BOSNIA-HERZEGOVINA') THEN 'yugoslavia'
      WHEN country IN ('PAKISTAN', 'BANGLADESH') THEN 'pakistan or bangladesh'
      WHEN country IN ('RUSSIA', 'UKRAINE', 'BELARUS', 'MOLDOVA', 'ARMENIA', 'AZERBAIJAN', 'GEORGIA',
        'KAZAKHSTAN',
        'KYRGYZSTAN', 'TAJIKISTAN', 'TURKMENISTAN', 'UZBEKISTAN', 'ESTONIA', 'LATVIA', 'LITHUANIA')
          THEN 'soviet union'
      WHEN country IN ('SOUTH KOREA', 'NORTH KOREA') THEN 'koreas'
      ELSE country
    END AS kin
  FROM countries
),
texts AS (
  SELECT case_status AS text FROM once UNION SELECT case_category FROM once UNION SELECT third_text FROM once
),
spelled AS (
  SELECT text, upper(text) AS said FROM texts WHERE text IS NOT NULL
),
meanings AS (
  SELECT text,
    CASE
      WHEN contains(said, 'TITLE 42') OR contains(said, 'TITLE 50') OR contains(said, 'EXPULSION')
        OR contains(said, 'EXPELLED') THEN 'expelled'
      WHEN contains(said, 'VOLUNTARY') OR contains(said, 'VR UNDER') OR contains(said, 'VR WITNESSED')
        OR contains(said, 'WITHDRAW') THEN 'left otherwise'
      WHEN contains(said, 'DEPORTED/REMOVED') OR contains(said, 'EXCLUDED/REMOVED') THEN 'removed'
      ELSE 'other'
    END AS meaning
  FROM spelled
),
two_births AS (
  SELECT release, count(born_in_too) AS n_born_in_too FROM once GROUP BY release
),
compared AS (
  SELECT d.*, w.country AS country_to,
    CASE
      WHEN s.meaning = 'expelled' OR c.meaning = 'expelled' OR t.meaning = 'expelled' THEN NULL
      WHEN s.meaning = 'left otherwise' OR c.meaning = 'left otherwise'
        OR t.meaning = 'left otherwise' THEN FALSE
      WHEN s.meaning = 'removed' AND c.meaning IS NOT NULL AND t.meaning IS NOT NULL THEN TRUE
    END AS says_bound,
    CASE
      WHEN w.country = z.country OR w.country = b.country OR w.country = e.country THEN FALSE
      WHEN w.kin <> z.kin AND w.kin <> b.kin AND (w.kin <> e.kin OR n.n_born_in_too = 0) THEN TRUE
    END AS says_shown,
    w.country IS NULL AS is_destination_unknown, z.country IS NULL OR w.kin = z.kin AS is_citizenship_open,
    b.country IS NULL OR w.kin = b.kin OR (e.country IS NULL AND n.n_born_in_too > 0)
      OR coalesce(w.kin = e.kin, FALSE) AS is_birth_open
  FROM once d
  JOIN two_births n ON n.release = d.release
  LEFT JOIN kins w ON w.word = d.went_to
  LEFT JOIN kins z ON z.word = d.citizen_of
  LEFT JOIN kins b ON b.word = d.born_in
  LEFT JOIN kins e ON e.word = d.born_in_too
  LEFT JOIN meanings s ON s.text = d.case_status
  LEFT JOIN meanings c ON c.text = d.case_category
  LEFT JOIN meanings t ON t.text = d.third_text
),
beside AS (
  SELECT *,
    coalesce(min(CASE WHEN says_bound THEN row_id END) OVER of_day,
      min(CASE WHEN says_bound THEN row_id END) OVER of_stay) AS bound_row,
    coalesce(min(CASE WHEN NOT says_bound THEN row_id END) OVER of_day,
      min(CASE WHEN NOT says_bound THEN row_id END) OVER of_stay) AS unbound_row,
    coalesce(min(CASE WHEN says_shown THEN row_id END) OVER of_day,
      min(CASE WHEN says_shown THEN row_id END) OVER of_stay) AS shown_row,
    coalesce(min(CASE WHEN NOT says_shown THEN row_id END) OVER of_day,
      min(CASE WHEN NOT says_shown THEN row_id END) OVER of_stay) AS unshown_row
  FROM compared
  WINDOW of_day AS (PARTITION BY person_no, day_of(departed), CASE WHEN person_no IS NULL THEN row_id END),
    of_stay AS (PARTITION BY person_no, stay_book_in, CASE WHEN person_no IS NULL
      OR stay_book_in IS NULL THEN row_id END)
),
settled AS (
  SELECT *, CASE WHEN bound_row IS NULL OR unbound_row IS NULL THEN says_bound END AS is_bound,
    CASE WHEN shown_row IS NULL OR unshown_row IS NULL THEN says_shown END AS is_shown,
    CASE WHEN shown_row IS NULL OR unshown_row IS NULL THEN NULL WHEN says_shown THEN unshown_row
      ELSE shown_row END AS other_shown,
    CASE WHEN bound_row IS NULL OR unbound_row IS NULL THEN NULL WHEN says_bound THEN unbound_row
      ELSE bound_row END AS other_bound
  FROM beside
),
worded AS (
  SELECT *, CASE WHEN NOT is_bound THEN 'not bound' WHEN is_bound IS NULL OR is_shown IS NULL THEN '?'
    WHEN is_shown THEN 'shown' ELSE 'not shown' END AS answer
  FROM settled
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY person_no, day_of(departed), coalesce(country_to, went_to), answer
    ORDER BY row_id ASC NULLS LAST) AS place,
    max(CASE WHEN answer IN ('shown', 'not shown') THEN 1 ELSE 0 END) OVER (PARTITION BY person_no,
      day_of(departed), coalesce(country_to, went_to)) AS is_answered
  FROM worded
  WHERE person_no IS NOT NULL
  UNION ALL
  SELECT *, 1, 0 FROM worded WHERE person_no IS NULL
)
SELECT v.variant, r.person_no, CAST(NULL AS STRING) AS subject, r.row_id AS event_row,
  coalesce(r.other_shown, r.other_bound) AS other_row,
  r.departed AS event_lo, recorded_hi(r.departed) AS event_hi, r.is_bound, r.is_shown,
    CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN r.is_bound IS NULL THEN CASE WHEN r.other_bound IS NULL THEN 'departure_kind'
    ELSE 'disputed' END END AS bound_facts,
  CASE
    WHEN r.is_shown IS NOT NULL THEN NULL
    WHEN r.other_shown IS NOT NULL THEN 'disputed'
    WHEN r.is_destination_unknown THEN 'departure_country'
    WHEN r.is_citizenship_open AND r.is_birth_open THEN 'citizenship_country; birth_country'
    WHEN r.is_citizenship_open THEN 'citizenship_country'
    ELSE 'birth_country'
  END AS shown_facts,
  r.departed AS turns_at
FROM ranked r
JOIN rule_versions v ON v.begin_lo <= recorded_hi(r.departed) AND v.end_hi >= r.departed
WHERE r.place = 1 AND (r.answer <> '?' OR r.is_answered = 0)
