-- Unbroken runs of equal attributes, station by station: what station_information is decided from.
-- Grain: (station, run). Input: observed. Rows that tell no attribute at all neither begin nor end a run.
WITH told AS (
  SELECT station_code, fetched_at, name, lat, lon, capacity, commune,
    concat_ws('|', coalesce(name, ''), coalesce(CAST(lat AS VARCHAR), ''), coalesce(CAST(lon AS VARCHAR), ''),
      coalesce(CAST(capacity AS VARCHAR), ''), coalesce(commune, '')) AS attributes
  FROM observed
  WHERE station_code IS NOT NULL AND key_rank = 1
    AND (name IS NOT NULL OR lat IS NOT NULL OR capacity IS NOT NULL OR commune IS NOT NULL)
),
marked AS (
  SELECT told.*,
    CASE WHEN attributes = lag(attributes) OVER (PARTITION BY station_code ORDER BY fetched_at) THEN 0 ELSE 1 END
      AS begins
  FROM told
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
  min(name) AS name,
  min(lat) AS lat,
  min(lon) AS lon,
  min(capacity) AS capacity,
  min(commune) AS commune
FROM numbered
GROUP BY station_code, run
ORDER BY station_code, since
