-- What did each run of a station come to in each hour?
--
-- Grain:  one row a run of station_interval and UTC hour that it lies in, and one a change of bikes, of no length.
-- Inputs: station_interval; frames (frames.sql), those of its runs; :max_gap_s. Of one section of each UTC day.
--
-- state ... capacity As in station_interval.
-- ms                 Milliseconds, put together from the parts of the interval: see frames.sql. A run that lasts to its
--                    section's last frame ends with it: what comes then, seam_parts.sql tells.
-- departures,        Bikes fewer, or more, than in the run before, where that one ended as this one begins; counted when
-- arrivals           seen. Moves in and out between two frames cancel, so these are lower bounds (Médard de Chardon
--                    and Caruso, Transp. Res. B 2015); bikes that a truck takes or brings count like any other.
-- taken, brought     Of them, those of a rebalancing: bikes that left, or came, while the stock fell, or rose, by at least
--                    8 within 5 minutes (changes seen at most 270 s apart, as a change may be a snapshot older than
--                    it is seen), stretches in one direction merged. Of 5-minute changes 99.9 % are at most 5
--                    (studies of Vélib'). No stretch goes on over the seam of two sections. A change that is seen more than
--                    :max_gap_s after the one before of the whole network is none of them: the feed stood still, and what
--                    moved meanwhile comes at once. The section's first frame counts as a change.
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
    END AS change,
    bikes IS DISTINCT FROM lag(bikes) OVER of_station AS is_new
  FROM station_interval
  WINDOW of_station AS (PARTITION BY station_code, CAST(from_at AS DATE) ORDER BY from_at)
),
news AS (
  SELECT from_at, lag(from_at) OVER (PARTITION BY CAST(from_at AS DATE) ORDER BY from_at) AS before_at
  FROM changes
  WHERE is_new
  GROUP BY from_at
),
jumps AS (
  SELECT
    c.station_code,
    c.from_at,
    c.hour_at,
    c.change,
    CASE WHEN c.from_at <= n.before_at + INTERVAL '1' SECOND * :max_gap_s THEN c.change ELSE 0 END AS jump
  FROM changes AS c
  JOIN news AS n ON n.from_at = c.from_at
  WHERE c.change <> 0
),
gains AS (
  SELECT
    *,
    CAST(sum(jump) OVER (
      PARTITION BY station_code, CAST(from_at AS DATE) ORDER BY from_at
      RANGE BETWEEN INTERVAL '270' SECOND PRECEDING AND CURRENT ROW
    ) AS DOUBLE) AS gain
  FROM jumps
),
stretches AS (
  SELECT
    station_code,
    hour_at,
    change,
    jump,
    max(gain) OVER ahead AS most,
    min(gain) OVER ahead AS fewest
  FROM gains
  WINDOW ahead AS (
    PARTITION BY station_code, CAST(from_at AS DATE) ORDER BY from_at
    RANGE BETWEEN CURRENT ROW AND INTERVAL '270' SECOND FOLLOWING
  )
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
)
SELECT
  station_code,
  hour_at,
  state,
  mechanical,
  ebikes,
  bikes,
  docks,
  capacity,
  CAST(EXTRACT(DAY FROM thousandfold) AS DOUBLE) * 86400
  + CAST(EXTRACT(HOUR FROM thousandfold) AS DOUBLE) * 3600
  + CAST(EXTRACT(MINUTE FROM thousandfold) AS DOUBLE) * 60
  + CAST(EXTRACT(SECOND FROM thousandfold) AS DOUBLE) AS ms,
  0 AS departures,
  0 AS arrivals,
  0 AS brought,
  0 AS taken
FROM pieces
UNION ALL
SELECT
  station_code,
  hour_at,
  NULL AS state,
  NULL AS mechanical,
  NULL AS ebikes,
  NULL AS bikes,
  NULL AS docks,
  NULL AS capacity,
  0 AS ms,
  CASE WHEN change < 0 THEN -change ELSE 0 END AS departures,
  CASE WHEN change > 0 THEN change ELSE 0 END AS arrivals,
  CASE WHEN jump > 0 AND most >= 8 THEN jump ELSE 0 END AS brought,
  CASE WHEN jump < 0 AND fewest <= -8 THEN -jump ELSE 0 END AS taken
FROM stretches
