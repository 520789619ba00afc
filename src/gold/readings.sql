-- What did each station tell in each frame, and what state was it in?
--
-- Grain:  one row a station and frame in which it is listed.
-- Inputs: frames (frames.sql); station_status (Silver), which has a station at most once in a snapshot; :stale_h.
--
-- state     The first that fits: -1 stale, a last report older than :stale_h hours (gbfs-toolkit's audits);
--           0 refused, a flag that says NO, or capacity 0; NULL unknown, bikes or free docks not told; 1 empty,
--           no bike; 5 full, no free dock; 2 few bikes, 1 or 2; 4 few free docks, 1 or 2; 3 balanced, at least 3
--           of each. So a station without bikes and without docks is empty and not full. (bikesharenyc, CityLab
--           2014; at least 2 of each is ValleyBike's service level of 2021, here told apart as "few".)
--           An unknown flag or report says nothing.
-- ms        How long the frame stood (frames.sql), in whole milliseconds, so that every sum is exact in any order.
WITH dated AS (
  SELECT
    fetched_at,
    round(weight_s * 1000) AS ms,
    fetched_at - INTERVAL '1' HOUR * :stale_h AS stale_before
  FROM frames
),
told AS (
  SELECT
    s.station_code,
    s.fetched_at,
    d.ms,
    s.num_mechanical_available AS mechanical,
    s.num_ebikes_available AS ebikes,
    s.num_bikes_available AS bikes,
    s.num_docks_available AS docks,
    s.capacity,
    NOT s.is_installed OR NOT s.is_renting OR NOT s.is_returning AS refused,
    s.last_reported < d.stale_before AS stale
  FROM station_status AS s
  JOIN dated AS d ON d.fetched_at = s.fetched_at
)
SELECT
  station_code,
  fetched_at,
  ms,
  CAST(CASE
    WHEN stale THEN -1
    WHEN refused OR capacity = 0 THEN 0
    WHEN bikes IS NULL OR docks IS NULL THEN NULL
    WHEN bikes = 0 THEN 1
    WHEN docks = 0 THEN 5
    WHEN bikes <= 2 THEN 2
    WHEN docks <= 2 THEN 4
    ELSE 3
  END AS TINYINT) AS state,
  mechanical,
  ebikes,
  bikes,
  docks,
  capacity
FROM told
