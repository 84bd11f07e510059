-- The names that steps may use beyond plain SQL, as DuckDB macros. spark.sql spells the same names; tests/spec proves each equal.

-- us_of(t): microseconds since 1970-01-01 00:00 of a clock reading, on the clock it was read from.
CREATE OR REPLACE MACRO us_of(t) AS epoch_us(t);

-- time_of(us): the clock reading that us_of came from.
CREATE OR REPLACE MACRO time_of(us) AS make_timestamp(us);

-- day_of(us): whole days since 1970-01-01, rounded down (also before 1970).
CREATE OR REPLACE MACRO day_of(us) AS (us - ((us % 86400000000) + 86400000000) % 86400000000) // 86400000000;

-- date_of(day): the calendar date of a day number.
CREATE OR REPLACE MACRO date_of(d) AS DATE '1970-01-01' + d::INTEGER;

-- day_number(date): days since 1970-01-01 of a calendar date.
CREATE OR REPLACE MACRO day_number(d) AS (d - DATE '1970-01-01')::BIGINT;

-- time_text(us): `YYYY-MM-DD HH:MM:SS`, at midnight `YYYY-MM-DD` (as R 4.3 and later print one element).
CREATE OR REPLACE MACRO time_text(us) AS CASE WHEN us % 86400000000 = 0
  THEN make_timestamp(us)::DATE::VARCHAR ELSE make_timestamp(us)::VARCHAR END;

-- key_hash(a, b, c, d): equal keys hash equal, nulls included. Only ever used to narrow down; equality is tested afterwards.
CREATE OR REPLACE MACRO key_hash(a, b, c, d) AS hash(a, b, c, d);

-- sequence(a, b): all whole numbers from a to b, both included. explode(list): one row per member.
CREATE OR REPLACE MACRO sequence(a, b) AS generate_series(a, b);
CREATE OR REPLACE MACRO explode(l) AS unnest(l);

-- joined_in_order(list): members are a 9-digit place followed by a text; the texts in the order of their places, joined by "; ".
CREATE OR REPLACE MACRO in_place(n, t) AS lpad(n::VARCHAR, 9, '0') || t;
CREATE OR REPLACE MACRO joined_in_order(l) AS array_to_string(list_transform(list_sort(l), lambda x: substr(x::VARCHAR, 10)), '; ');
