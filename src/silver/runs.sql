-- Unbroken runs of equal attributes, station by station: what station_information is decided from.
-- Grain: (station, run). Input: observed. Rows that tell no attribute at all neither begin nor end a run.
WITH marked AS (
  SELECT station_code, fetched_at, attributes_id, name, lat, lon, capacity, commune,
    CASE WHEN attributes_id = lag(attributes_id) OVER (PARTITION BY station_code ORDER BY fetched_at) THEN 0 ELSE 1 END
      AS begins
  FROM observed
  WHERE reason IS NULL AND attributes_id IS NOT NULL
),
numbered AS (
  SELECT marked.*,
    sum(begins) OVER (PARTITION BY station_code ORDER BY fetched_at ROWS UNBOUNDED PRECEDING) AS run
  FROM marked
)
SELECT
  station_code,
  epoch_ms(min(fetched_at)) AS since,
  CAST(count(*) AS INTEGER) AS times,
  min(attributes_id) AS attributes_id,
  min(name) AS name,
  min(lat) AS lat,
  min(lon) AS lon,
  min(capacity) AS capacity,
  min(commune) AS commune
FROM numbered
GROUP BY station_code, run
ORDER BY station_code, since
