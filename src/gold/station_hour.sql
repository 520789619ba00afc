-- How was each station served in each hour?
--
-- Grain:  one row a station and UTC hour, of the frames of one section of each UTC day. All figures are sums, so that rows
--         of the same hour add up: where a section's last frame stands beyond it, its part of the hour is a row of its own.
-- Inputs: station_interval; frames (frames.sql), those of its runs; :max_gap_s.
--
-- Figures are milliseconds, or milliseconds x figure, whole numbers that add up exactly in any order.
-- observed_ms        In which the station was listed. stale_ms ... full_ms, unknown_ms: by its state (readings.sql).
-- service_ms         In service with at least 2 bikes and at least 2 free docks (ValleyBike's service level of 2021).
-- mechanical ...     Of the time in which the figure was told, ..._ms: their quotient is the mean.
-- out_of_order       Capacity - bikes - free docks where positive, in service with a capacity told; service_capacity is
--                    the capacity of that time, the share's base.
-- departures,        Bikes fewer, or more, than in the run before, where that one ended as this one begins; counted when
-- arrivals           seen. Moves in and out between two frames cancel, so these are lower bounds (Médard de Chardon
--                    and Caruso, Transp. Res. B 2015); bikes that a truck takes or brings count like any other.
-- taken, brought     Of them, those of a rebalancing: bikes that left, or came, while the stock fell, or rose, by at least
--                    8 within 5 minutes (changes seen at most 270 s apart, as a change may be a snapshot older than
--                    it is seen), stretches in one direction merged. Of 5-minute changes 99.9 % are at most 5
--                    (studies of Vélib'). No stretch goes on over the seam of two sections.
--
-- The milliseconds are put together from the parts of the interval: see frames.sql.
WITH hours AS (
  SELECT date_trunc('HOUR', fetched_at) AS hour_at FROM frames
  UNION
  SELECT date_trunc('HOUR', fetched_at + INTERVAL '1' SECOND * :max_gap_s) AS hour_at FROM frames
),
day_ends AS (
  SELECT CAST(fetched_at AS DATE) AS utc_day, max(fetched_at) AS last_at
  FROM frames
  GROUP BY CAST(fetched_at AS DATE)
),
changes AS (
  SELECT
    *,
    date_trunc('HOUR', from_at) AS hour_at,
    CASE
      WHEN lag(to_at) OVER of_station = from_at THEN CAST(bikes AS INTEGER) - lag(bikes) OVER of_station
    END AS change
  FROM station_interval
  WINDOW of_station AS (PARTITION BY station_code ORDER BY from_at, to_at NULLS LAST)
),
gains AS (
  SELECT
    station_code,
    from_at,
    hour_at,
    change,
    CAST(sum(change) OVER (
      PARTITION BY station_code, CAST(from_at AS DATE) ORDER BY from_at
      RANGE BETWEEN INTERVAL '270' SECOND PRECEDING AND CURRENT ROW
    ) AS DOUBLE) AS gain
  FROM changes
  WHERE change <> 0
),
stretches AS (
  SELECT
    station_code,
    hour_at,
    change,
    max(gain) OVER ahead AS most,
    min(gain) OVER ahead AS fewest
  FROM gains
  WINDOW ahead AS (
    PARTITION BY station_code, CAST(from_at AS DATE) ORDER BY from_at
    RANGE BETWEEN CURRENT ROW AND INTERVAL '270' SECOND FOLLOWING
  )
),
moves AS (
  SELECT
    station_code,
    hour_at,
    CAST(sum(CASE WHEN change < 0 THEN -change ELSE 0 END) AS DOUBLE) AS departures,
    CAST(sum(CASE WHEN change > 0 THEN change ELSE 0 END) AS DOUBLE) AS arrivals,
    CAST(sum(CASE WHEN change > 0 AND most >= 8 THEN change ELSE 0 END) AS DOUBLE) AS brought,
    CAST(sum(CASE WHEN change < 0 AND fewest <= -8 THEN -change ELSE 0 END) AS DOUBLE) AS taken
  FROM stretches
  GROUP BY station_code, hour_at
),
stays AS (
  SELECT c.*, c.hour_at + INTERVAL '1' HOUR AS next_hour_at, coalesce(c.to_at, e.last_at) AS until_at
  FROM changes AS c
  JOIN day_ends AS e ON e.utc_day = CAST(c.from_at AS DATE)
),
pieces AS (
  SELECT
    station_code, hour_at, state, mechanical, ebikes, bikes, docks, capacity,
    (least(until_at, next_hour_at) - from_at) * 1000 AS thousandfold
  FROM stays
  UNION ALL
  SELECT
    s.station_code, h.hour_at, s.state, s.mechanical, s.ebikes, s.bikes, s.docks, s.capacity,
    (least(s.until_at, h.hour_at + INTERVAL '1' HOUR) - h.hour_at) * 1000 AS thousandfold
  FROM stays AS s
  JOIN hours AS h ON h.hour_at > s.from_at AND h.hour_at < s.until_at
  WHERE s.until_at > s.next_hour_at
),
timed AS (
  SELECT
    *,
    CAST(EXTRACT(DAY FROM thousandfold) AS DOUBLE) * 86400
    + CAST(EXTRACT(HOUR FROM thousandfold) AS DOUBLE) * 3600
    + CAST(EXTRACT(MINUTE FROM thousandfold) AS DOUBLE) * 60
    + CAST(EXTRACT(SECOND FROM thousandfold) AS DOUBLE) AS ms,
    CAST(capacity AS INTEGER) - bikes - docks AS missing
  FROM pieces
),
times AS (
  SELECT
    station_code,
    hour_at,
    CAST(sum(ms) AS DOUBLE) AS observed_ms,
    CAST(sum(CASE WHEN state = -1 THEN ms ELSE 0 END) AS DOUBLE) AS stale_ms,
    CAST(sum(CASE WHEN state = 0 THEN ms ELSE 0 END) AS DOUBLE) AS closed_ms,
    CAST(sum(CASE WHEN state = 1 THEN ms ELSE 0 END) AS DOUBLE) AS empty_ms,
    CAST(sum(CASE WHEN state = 2 THEN ms ELSE 0 END) AS DOUBLE) AS few_bikes_ms,
    CAST(sum(CASE WHEN state = 3 THEN ms ELSE 0 END) AS DOUBLE) AS balanced_ms,
    CAST(sum(CASE WHEN state = 4 THEN ms ELSE 0 END) AS DOUBLE) AS few_docks_ms,
    CAST(sum(CASE WHEN state = 5 THEN ms ELSE 0 END) AS DOUBLE) AS full_ms,
    CAST(sum(CASE WHEN state IS NULL THEN ms ELSE 0 END) AS DOUBLE) AS unknown_ms,
    CAST(sum(CASE WHEN state > 0 AND bikes >= 2 AND docks >= 2 THEN ms ELSE 0 END) AS DOUBLE) AS service_ms,
    CAST(sum(ms * coalesce(mechanical, 0)) AS DOUBLE) AS mechanical,
    CAST(sum(CASE WHEN mechanical IS NULL THEN 0 ELSE ms END) AS DOUBLE) AS mechanical_ms,
    CAST(sum(ms * coalesce(ebikes, 0)) AS DOUBLE) AS ebikes,
    CAST(sum(CASE WHEN ebikes IS NULL THEN 0 ELSE ms END) AS DOUBLE) AS ebikes_ms,
    CAST(sum(ms * coalesce(bikes, 0)) AS DOUBLE) AS bikes,
    CAST(sum(CASE WHEN bikes IS NULL THEN 0 ELSE ms END) AS DOUBLE) AS bikes_ms,
    CAST(sum(ms * coalesce(docks, 0)) AS DOUBLE) AS docks,
    CAST(sum(CASE WHEN docks IS NULL THEN 0 ELSE ms END) AS DOUBLE) AS docks_ms,
    CAST(sum(ms * coalesce(capacity, 0)) AS DOUBLE) AS capacity,
    CAST(sum(CASE WHEN capacity IS NULL THEN 0 ELSE ms END) AS DOUBLE) AS capacity_ms,
    CAST(sum(CASE WHEN state > 0 AND missing > 0 THEN ms * missing ELSE 0 END) AS DOUBLE) AS out_of_order,
    CAST(sum(CASE WHEN state > 0 THEN ms * coalesce(capacity, 0) ELSE 0 END) AS DOUBLE) AS service_capacity
  FROM timed
  GROUP BY station_code, hour_at
)
SELECT
  t.*,
  coalesce(m.departures, 0) AS departures,
  coalesce(m.arrivals, 0) AS arrivals,
  coalesce(m.brought, 0) AS brought,
  coalesce(m.taken, 0) AS taken
FROM times AS t
LEFT JOIN moves AS m ON m.station_code = t.station_code AND m.hour_at = t.hour_at
