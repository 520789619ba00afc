-- How many bikes does one station usually have at each hour of such a day?
--
-- Grain:  one row a quarter-hour of the city's day, 0-95, of which an earlier day of the type or the day itself tells.
-- Inputs: station_quarters (station_quarters.sql); :city_day, :day_type, the day that is looked at and its type.
--
-- low, median, high  10th, 50th and 90th percentile, over the earlier days of the same type (working day; Saturday;
--                    Sunday or French public holiday), of the mean stock in the quarter-hour: the typical day in its
--                    usual form. A day counts where the stock is known for at least half of the quarter-hour.
-- days               How many days that is.
-- bikes              The mean of the day itself, over what was observed; NULL where nothing was.
--
-- An hour that the clocks repeat is one hour of its day: its two quarter-hours of the same name are taken together.
WITH days AS (
  SELECT
    city_day,
    day_type,
    quarter,
    CAST(sum(bikes) AS DOUBLE) / nullif(CAST(sum(bikes_ms) AS DOUBLE), 0) AS bikes,
    CAST(sum(bikes_ms) AS DOUBLE) AS known_ms
  FROM station_quarters
  GROUP BY city_day, day_type, quarter
),
usual AS (
  SELECT
    quarter,
    CAST(count(*) AS DOUBLE) AS days,
    CAST(percentile_cont(0.1) WITHIN GROUP (ORDER BY bikes) AS DOUBLE) AS low,
    CAST(percentile_cont(0.5) WITHIN GROUP (ORDER BY bikes) AS DOUBLE) AS median,
    CAST(percentile_cont(0.9) WITHIN GROUP (ORDER BY bikes) AS DOUBLE) AS high
  FROM days
  WHERE day_type = :day_type AND city_day < :city_day AND known_ms >= 450000
  GROUP BY quarter
),
today AS (
  SELECT quarter, bikes FROM days WHERE city_day = :city_day AND bikes IS NOT NULL
)
SELECT
  coalesce(u.quarter, t.quarter) AS quarter,
  coalesce(u.days, 0) AS days,
  u.low,
  u.median,
  u.high,
  t.bikes
FROM usual AS u
FULL OUTER JOIN today AS t ON t.quarter = u.quarter
ORDER BY quarter
