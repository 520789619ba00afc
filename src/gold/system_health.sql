-- How is the network as a whole?
--
-- Grain:  one row, the network.
-- Inputs: station_summary; service and staleness are defined and sourced in readings.sql.
--
-- stations, in_service, out_of_service, stale  Counts; a stale station is out of service too.
-- mechanical ... capacity   Sums over all stations that tell the figure, in service or not; null if none does.
--                           bikes is the source's own total, not the sum of the two kinds.
-- ebike_share               E-bikes / (e-bikes + mechanical); the operator aims at 0.40.
-- docks_out_of_order        Capacity - bikes - free docks where positive, of stations in service; its share is
--                           of their capacity (3.3 % in October 2026, Velib' studies).
-- average_...               A station, over those that tell the figure.
WITH network AS (
  SELECT
    CAST(coalesce(sum(presence), 0) AS DOUBLE) AS stations,
    CAST(coalesce(sum(presence * in_service_share), 0) AS DOUBLE) AS in_service,
    CAST(coalesce(sum(presence * stale_share), 0) AS DOUBLE) AS stale,
    CAST(sum(presence * mechanical) AS DOUBLE) AS mechanical,
    CAST(sum(presence * ebikes) AS DOUBLE) AS ebikes,
    CAST(sum(presence * bikes) AS DOUBLE) AS bikes,
    CAST(sum(presence * docks) AS DOUBLE) AS docks,
    CAST(sum(presence * capacity) AS DOUBLE) AS capacity,
    CAST(sum(CASE WHEN bikes IS NOT NULL THEN presence END) AS DOUBLE) AS bikes_told,
    CAST(sum(CASE WHEN docks IS NOT NULL THEN presence END) AS DOUBLE) AS docks_told,
    CAST(sum(CASE WHEN capacity IS NOT NULL THEN presence END) AS DOUBLE) AS capacity_told,
    CAST(sum(presence * in_service_share * docks_out_of_order) AS DOUBLE) AS docks_out_of_order,
    CAST(sum(presence * in_service_share * service_capacity) AS DOUBLE) AS service_capacity
  FROM station_summary
)
SELECT
  stations,
  in_service,
  stations - in_service AS out_of_service,
  stale,
  mechanical,
  ebikes,
  bikes,
  docks,
  capacity,
  ebikes / nullif(ebikes + mechanical, 0) AS ebike_share,
  docks_out_of_order,
  docks_out_of_order / nullif(service_capacity, 0) AS docks_out_of_order_share,
  capacity / capacity_told AS average_capacity,
  bikes / bikes_told AS average_bikes,
  docks / docks_told AS average_docks
FROM network
