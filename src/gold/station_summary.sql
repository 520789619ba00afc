-- What was each station like, over the frames of the selection?
--
-- Grain:  one row a station seen in a frame that stood for some time.
-- Inputs: frames (frames.sql); alike (alike.sql), with states as in readings.sql; station_day, the
--         rollups of days that lie whole in the selection; station_information (Silver); :to_at as for the
--         frames. Every question reads this table.
--
-- presence          Share of the frames' time in which the station is listed, 0-1. The network's figures are
--                   sums of presence x figure, so that a station counts for as long as it was there.
-- mechanical ...    Time-weighted means while known: NULL is unknown and never 0. capacity is the status' own,
--                   else the one in station_information.
-- in_service_share  Share of the listed time that is neither stale nor refused.
-- stale_share       Share of the listed time that is stale.
-- closed_share,     Shares of the time whose state is known; closed is stale or refused; the six add up to 1.
-- empty_share ...
-- service_...       Means while in service with both stocks known: the fill rates' base. service_capacity and
-- docks_out_of_order  docks_out_of_order (capacity - bikes - free docks, where positive) also with capacity.
-- name ... area_name  From the version of the station valid at :to_at, else from its first one (known_stations.sql:
--                    where that tells neither name nor place, from the first that does).
--
-- A rollup's rows are those of alike, each figure exact. How long the last frame of its day stood is for the
-- selection to say, so the rows of that one stand by themselves (open_at) as if it stood for a millisecond.
WITH weights AS (
  SELECT fetched_at, round(weight_s * 1000) AS ms FROM frames WHERE weight_s > 0
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
told AS (
  SELECT
    CAST(NULL AS TIMESTAMP) AS open_at,
    station_code, state, stock, ms, mechanical, ebikes, bikes, docks, capacity, out_of_order
  FROM alike
  UNION ALL
  SELECT
    open_at,
    station_code, state, stock, ms, mechanical, ebikes, bikes, docks, capacity, out_of_order
  FROM station_day
),
weighed AS (
  SELECT
    t.*,
    CASE WHEN t.open_at IS NULL THEN CAST(1 AS DOUBLE) ELSE w.ms END AS times,
    a.capacity AS known_capacity
  FROM told AS t
  LEFT JOIN weights AS w ON w.fetched_at = t.open_at
  LEFT JOIN attributes AS a ON a.station_code = t.station_code
  WHERE t.open_at IS NULL OR w.ms IS NOT NULL
),
judged AS (
  SELECT
    station_code,
    CASE
      WHEN capacity IS NULL AND known_capacity = 0 AND coalesce(state, 1) > 0 THEN 0
      ELSE state
    END AS state,
    times * ms AS ms,
    times * mechanical AS mechanical,
    times * ebikes AS ebikes,
    times * bikes AS bikes,
    times * docks AS docks,
    times * coalesce(capacity, ms * known_capacity) AS capacity,
    times * CASE
      WHEN capacity IS NULL THEN ms * greatest(known_capacity - stock, 0)
      ELSE out_of_order
    END AS out_of_order
  FROM weighed
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
  FROM judged
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
