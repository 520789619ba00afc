-- What share of the time that is looked at was observed, and on how many days?
--
-- Grain:  one row.
-- Inputs: chosen_hours (chosen_hours.sql). The lake may tell of more of an hour than lies in the window.
SELECT
  CAST(coalesce(sum(least(observed_ms, span_ms)), 0) AS DOUBLE) / nullif(CAST(sum(span_ms) AS DOUBLE), 0) AS observed,
  CAST(count(DISTINCT CASE WHEN observed_ms > 0 THEN day_number END) AS INTEGER) AS days
FROM chosen_hours
