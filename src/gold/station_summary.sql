-- What was each station like, over the frames of the selection?
--
-- Grain:  one row a station seen in a frame that stood for some time.
-- Inputs: frames (frames.sql); station_status and station_information (Silver); :to_at as for the frames,
--         :stale_h. The only scan over Silver: every question reads this table.
--
-- presence          Share of the frames' time in which the station is listed, 0-1. The network's figures are
--                   sums of presence x figure, so that a station counts for as long as it was there.
-- mechanical ...    Time-weighted means while known: NULL is unknown and never 0. capacity is the status' own,
--                   else the one in station_information.
-- in_service_share  Share of the listed time without any of: a flag that says NO, capacity 0, a last report
--                   older than :stale_h hours (gbfs-toolkit's audits). An unknown flag or report says nothing.
-- stale_share       Share of the listed time with a last report older than :stale_h hours.
-- closed_share,     Shares of the time whose state is known (out of service, or both stocks known); the six
-- empty_share ...   add up to 1. The first that fits: closed; empty, no bike; full, no free dock; few_bikes,
--                   1 or 2 bikes; few_docks, 1 or 2 free docks; balanced, at least 3 of each. So a station
--                   without bikes and without docks is empty and not full. (bikesharenyc, CityLab 2014; at
--                   least 2 of each is ValleyBike's service level of 2021, here told apart as "few".)
-- service_...       Means while in service with both stocks known: the fill rates' base. service_capacity and
-- docks_out_of_order  docks_out_of_order (capacity - bikes - free docks, where positive) also with capacity.
-- name ... area_name  From the version of the station valid at :to_at, else from its first one.
--
-- How it is fast: rows alike in state and in what is unknown are summed first (7 sums over Silver), the two
-- dozen figures come from those few rows. Weights are whole milliseconds, so every sum is exact in any order.
WITH weights AS (
  SELECT
    fetched_at,
    round(weight_s * 1000) AS ms,
    fetched_at - INTERVAL '1' HOUR * :stale_h AS stale_before
  FROM frames
  WHERE weight_s > 0
),
versions AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY station_code
      ORDER BY CASE WHEN valid_from <= :to_at THEN valid_from END DESC NULLS LAST, valid_from ASC NULLS LAST
    ) AS choice
  FROM station_information
),
attributes AS (
  SELECT * FROM versions WHERE choice = 1
),
readings AS (
  SELECT
    s.station_code,
    w.ms,
    s.num_mechanical_available AS mechanical,
    s.num_ebikes_available AS ebikes,
    s.num_bikes_available AS bikes,
    s.num_docks_available AS docks,
    coalesce(s.capacity, a.capacity) AS capacity,
    NOT s.is_installed OR NOT s.is_renting OR NOT s.is_returning AS refused,
    s.last_reported < w.stale_before AS stale
  FROM station_status AS s
  JOIN weights AS w ON w.fetched_at = s.fetched_at
  LEFT JOIN attributes AS a ON a.station_code = CASE WHEN s.capacity IS NULL THEN s.station_code END
),
states AS (
  SELECT
    *,
    CASE
      WHEN stale THEN -1
      WHEN refused OR capacity = 0 THEN 0
      WHEN bikes IS NULL OR docks IS NULL THEN NULL
      WHEN bikes = 0 THEN 1
      WHEN docks = 0 THEN 5
      WHEN bikes <= 2 THEN 2
      WHEN docks <= 2 THEN 4
      ELSE 3
    END AS state,
    CASE
      WHEN mechanical IS NOT NULL AND ebikes IS NOT NULL AND bikes IS NOT NULL
        AND docks IS NOT NULL AND capacity IS NOT NULL THEN 0
      ELSE
        CASE WHEN mechanical IS NULL THEN 1 ELSE 0 END
        + CASE WHEN ebikes IS NULL THEN 2 ELSE 0 END
        + CASE WHEN bikes IS NULL THEN 4 ELSE 0 END
        + CASE WHEN docks IS NULL THEN 8 ELSE 0 END
        + CASE WHEN capacity IS NULL THEN 16 ELSE 0 END
    END AS unknowns
  FROM readings
),
alike AS (
  SELECT
    station_code,
    state,
    unknowns,
    CAST(sum(ms) AS DOUBLE) AS ms,
    CAST(sum(ms * mechanical) AS DOUBLE) AS mechanical,
    CAST(sum(ms * ebikes) AS DOUBLE) AS ebikes,
    CAST(sum(ms * bikes) AS DOUBLE) AS bikes,
    CAST(sum(ms * docks) AS DOUBLE) AS docks,
    CAST(sum(ms * capacity) AS DOUBLE) AS capacity,
    CAST(sum(ms * greatest(CAST(capacity AS INTEGER) - bikes - docks, 0)) AS DOUBLE) AS out_of_order
  FROM states
  GROUP BY station_code, state, unknowns
),
sums AS (
  SELECT
    station_code,
    CAST(sum(ms) AS DOUBLE) AS listed,
    CAST(sum(CASE WHEN state = -1 THEN ms ELSE 0 END) AS DOUBLE) AS stale,
    CAST(sum(CASE WHEN state <= 0 THEN ms ELSE 0 END) AS DOUBLE) AS closed,
    CAST(sum(CASE WHEN state = 1 THEN ms ELSE 0 END) AS DOUBLE) AS empty,
    CAST(sum(CASE WHEN state = 2 THEN ms ELSE 0 END) AS DOUBLE) AS few_bikes,
    CAST(sum(CASE WHEN state = 3 THEN ms ELSE 0 END) AS DOUBLE) AS balanced,
    CAST(sum(CASE WHEN state = 4 THEN ms ELSE 0 END) AS DOUBLE) AS few_docks,
    CAST(sum(CASE WHEN state = 5 THEN ms ELSE 0 END) AS DOUBLE) AS no_docks,
    CAST(sum(mechanical) AS DOUBLE) AS mechanical,
    CAST(sum(CASE WHEN mechanical IS NOT NULL THEN ms END) AS DOUBLE) AS mechanical_known,
    CAST(sum(ebikes) AS DOUBLE) AS ebikes,
    CAST(sum(CASE WHEN ebikes IS NOT NULL THEN ms END) AS DOUBLE) AS ebikes_known,
    CAST(sum(bikes) AS DOUBLE) AS bikes,
    CAST(sum(CASE WHEN bikes IS NOT NULL THEN ms END) AS DOUBLE) AS bikes_known,
    CAST(sum(docks) AS DOUBLE) AS docks,
    CAST(sum(CASE WHEN docks IS NOT NULL THEN ms END) AS DOUBLE) AS docks_known,
    CAST(sum(capacity) AS DOUBLE) AS capacity,
    CAST(sum(CASE WHEN capacity IS NOT NULL THEN ms END) AS DOUBLE) AS capacity_known,
    CAST(sum(CASE WHEN state > 0 THEN bikes END) AS DOUBLE) AS service_bikes,
    CAST(sum(CASE WHEN state > 0 THEN docks END) AS DOUBLE) AS service_docks,
    CAST(sum(CASE WHEN state > 0 THEN capacity END) AS DOUBLE) AS service_capacity,
    CAST(sum(CASE WHEN state > 0 AND capacity IS NOT NULL THEN ms END) AS DOUBLE) AS service_capacity_known,
    CAST(sum(CASE WHEN state > 0 AND capacity IS NOT NULL THEN out_of_order END) AS DOUBLE) AS out_of_order
  FROM alike
  GROUP BY station_code
),
total AS (
  SELECT CAST(sum(ms) AS DOUBLE) AS ms FROM weights
),
timed AS (
  SELECT
    *,
    nullif(empty + few_bikes + balanced + few_docks + no_docks, 0) AS serving,
    nullif(closed + empty + few_bikes + balanced + few_docks + no_docks, 0) AS known
  FROM sums
)
SELECT
  s.station_code,
  s.listed / t.ms AS presence,
  1 - s.closed / s.listed AS in_service_share,
  s.stale / s.listed AS stale_share,
  s.mechanical / s.mechanical_known AS mechanical,
  s.ebikes / s.ebikes_known AS ebikes,
  s.bikes / s.bikes_known AS bikes,
  s.docks / s.docks_known AS docks,
  s.capacity / s.capacity_known AS capacity,
  s.closed / s.known AS closed_share,
  s.empty / s.known AS empty_share,
  s.few_bikes / s.known AS few_bikes_share,
  s.balanced / s.known AS balanced_share,
  s.few_docks / s.known AS few_docks_share,
  s.no_docks / s.known AS full_share,
  s.service_bikes / s.serving AS service_bikes,
  s.service_docks / s.serving AS service_docks,
  s.service_capacity / s.service_capacity_known AS service_capacity,
  s.out_of_order / s.service_capacity_known AS docks_out_of_order,
  a.name,
  CAST(a.lat AS DOUBLE) AS lat,
  CAST(a.lon AS DOUBLE) AS lon,
  a.commune,
  a.commune_insee,
  CAST(a.arrondissement AS INTEGER) AS arrondissement,
  a.area_id,
  a.area_name
FROM timed AS s
CROSS JOIN total AS t
LEFT JOIN attributes AS a ON a.station_code = s.station_code
