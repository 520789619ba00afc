-- What did each station tell at each quarter-hour, as cells of a grid?
--
-- Grain:  one row a station and quarter-hour of station_frame, in any order.
-- Inputs: station_frame.
--
-- frame, station     Places, from 0 on, among the quarter-hours and among the stations, each in their order.
-- state              As in readings.sql; -2 unknown.
-- mechanical ...     -1 where not told: no cell is NULL.
SELECT
  CAST(dense_rank() OVER (ORDER BY frame_at) - 1 AS INTEGER) AS frame,
  CAST(dense_rank() OVER (ORDER BY station_code) - 1 AS INTEGER) AS station,
  CAST(coalesce(state, -2) AS TINYINT) AS state,
  CAST(coalesce(mechanical, -1) AS SMALLINT) AS mechanical,
  CAST(coalesce(ebikes, -1) AS SMALLINT) AS ebikes,
  CAST(coalesce(docks, -1) AS SMALLINT) AS docks
FROM station_frame
