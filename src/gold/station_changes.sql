-- Which stations vanished from the network between two snapshots, and which appeared in it?
--
-- Grain:  one row a station that is in one of the two snapshots and not in the other, by its code.
-- Inputs: station_status, station_information (Silver); :before_at, :after_at, fetched_at of the snapshots.
--
-- since  Of a station that vanished, the last snapshot that listed it; of one that appeared, the first.
-- name   As its newest version tells it; NULL where it never told one.
WITH seen AS (
  SELECT station_code, min(fetched_at) AS first_at, max(fetched_at) AS last_at
  FROM station_status
  WHERE fetched_at >= :before_at AND fetched_at <= :after_at
  GROUP BY station_code
),
changed AS (
  SELECT station_code, 'vanished' AS change, last_at AS since
  FROM seen
  WHERE first_at = :before_at AND last_at < :after_at
  UNION ALL
  SELECT station_code, 'appeared' AS change, first_at AS since
  FROM seen
  WHERE first_at > :before_at AND last_at = :after_at
),
names AS (
  SELECT station_code, max_by(name, valid_from) AS name
  FROM station_information
  GROUP BY station_code
)
SELECT c.station_code, n.name, c.change, c.since
FROM changed AS c
LEFT JOIN names AS n ON n.station_code = c.station_code
ORDER BY c.station_code
