-- What is each station like?
--
-- Grain:  one row a station, by its code.
-- Inputs: station_summary; frames, station_status; the states are defined and sourced in readings.sql.
--
-- state  At an instant the station's state; over a range the one it was in for the longest of the time whose state
--        is known, of equals the first of closed, empty, full, few_bikes, few_docks, balanced. 'closed' is out of
--        service; 'unknown' is in service as far as is told, but its bikes or its free docks never are.
-- stale  Whether a closed station was, for more than half of the time that it was out of service, so because its
--        last report was too old.
-- last_reported  When the station itself last reported, as the selection's last snapshot tells it. NULL where it does
--                not tell, and where a rollup stands for that snapshot's day.
WITH longest AS (
  SELECT
    *,
    greatest(
      closed_share, empty_share, full_share, few_bikes_share, few_docks_share, balanced_share
    ) AS longest_share
  FROM station_summary
),
last_frame AS (
  SELECT max(fetched_at) AS fetched_at FROM frames
),
reports AS (
  SELECT s.station_code, max(s.last_reported) AS last_reported
  FROM station_status AS s
  JOIN last_frame AS f ON f.fetched_at = s.fetched_at
  GROUP BY s.station_code
)
SELECT
  l.station_code,
  name,
  lat,
  lon,
  area_name,
  mechanical,
  ebikes,
  docks,
  capacity,
  CASE
    WHEN longest_share IS NULL THEN 'unknown'
    WHEN closed_share = longest_share THEN 'closed'
    WHEN empty_share = longest_share THEN 'empty'
    WHEN full_share = longest_share THEN 'full'
    WHEN few_bikes_share = longest_share THEN 'few_bikes'
    WHEN few_docks_share = longest_share THEN 'few_docks'
    ELSE 'balanced'
  END AS state,
  coalesce(closed_share = longest_share AND 2 * stale_share > 1 - in_service_share, FALSE) AS stale,
  r.last_reported
FROM longest AS l
LEFT JOIN reports AS r ON r.station_code = l.station_code
ORDER BY l.station_code ASC NULLS LAST
