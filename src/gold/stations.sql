-- What is each station like?
--
-- Grain:  one row a station, by its code.
-- Inputs: station_summary; the states are defined and sourced in alike.sql.
--
-- state  At an instant the station's state; over a range the one it was in for the longest time, of equals the
--        first of closed, empty, full, few_bikes, few_docks, balanced. 'closed' is out of service; a station
--        that never tells its bikes or its free docks is 'closed' too: nothing there can be counted on.
WITH longest AS (
  SELECT
    *,
    greatest(
      closed_share, empty_share, full_share, few_bikes_share, few_docks_share, balanced_share
    ) AS longest_share
  FROM station_summary
)
SELECT
  station_code,
  name,
  lat,
  lon,
  area_name,
  mechanical,
  ebikes,
  docks,
  capacity,
  CASE
    WHEN longest_share IS NULL OR closed_share = longest_share THEN 'closed'
    WHEN empty_share = longest_share THEN 'empty'
    WHEN full_share = longest_share THEN 'full'
    WHEN few_bikes_share = longest_share THEN 'few_bikes'
    WHEN few_docks_share = longest_share THEN 'few_docks'
    ELSE 'balanced'
  END AS state
FROM longest
ORDER BY station_code ASC NULLS LAST
