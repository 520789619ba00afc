-- Which stations vanished from the network between two snapshots, and which appeared in it?
--
-- Grain:  one row a station that is in one of the two snapshots and not in the other, by its code.
-- Inputs: station_status, station_information (Silver); :before_at, :after_at, fetched_at of the snapshots.
--
-- since  Of a station that vanished, the last snapshot that listed it; of one that appeared, the first.
-- name   As its newest version tells it; NULL where it never told one.
WITH lone AS (
  SELECT station_code, min(fetched_at) AS at_one_end
  FROM station_status
  WHERE fetched_at = :before_at OR fetched_at = :after_at
  GROUP BY station_code
  HAVING count(*) = 1
),
changed AS (
  SELECT
    l.station_code,
    CASE WHEN l.at_one_end = :before_at THEN 'vanished' ELSE 'appeared' END AS change,
    CASE WHEN l.at_one_end = :before_at THEN max(s.fetched_at) ELSE min(s.fetched_at) END AS since
  FROM lone AS l
  JOIN station_status AS s ON s.station_code = l.station_code
  WHERE s.fetched_at >= :before_at AND s.fetched_at <= :after_at
  GROUP BY l.station_code, l.at_one_end
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
