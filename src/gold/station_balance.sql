-- How well are bikes and free docks spread over the stations?
--
-- Grain:  one row, the network.
-- Inputs: station_summary; the states are defined and sourced in readings.sql.
--
-- in_service        Stations in service whose bikes and free docks are both known: the sum of the five states.
-- ..._share         Of in_service.
-- fill_of_usable    Bikes / (bikes + free docks) of those stations: robust to broken docks (Velib' studies).
-- fill_of_capacity  Bikes / capacity of those that tell their capacity: can pass 1, 1.82 has been seen.
WITH stations AS (
  SELECT
    presence * empty_share AS empty,
    presence * few_bikes_share AS few_bikes,
    presence * balanced_share AS balanced,
    presence * few_docks_share AS few_docks,
    presence * full_share AS no_docks,
    presence * (1 - closed_share) AS serving,
    service_bikes,
    service_docks,
    service_capacity
  FROM station_summary
),
network AS (
  SELECT
    CAST(coalesce(sum(empty), 0) AS DOUBLE) AS empty,
    CAST(coalesce(sum(few_bikes), 0) AS DOUBLE) AS few_bikes,
    CAST(coalesce(sum(balanced), 0) AS DOUBLE) AS balanced,
    CAST(coalesce(sum(few_docks), 0) AS DOUBLE) AS few_docks,
    CAST(coalesce(sum(no_docks), 0) AS DOUBLE) AS no_docks,
    CAST(sum(serving * service_bikes) AS DOUBLE) AS bikes,
    CAST(sum(serving * service_docks) AS DOUBLE) AS docks,
    CAST(sum(CASE WHEN service_capacity IS NOT NULL THEN serving * service_bikes END) AS DOUBLE) AS bikes_of_capacity,
    CAST(sum(serving * service_capacity) AS DOUBLE) AS capacity
  FROM stations
),
counted AS (
  SELECT *, empty + few_bikes + balanced + few_docks + no_docks AS in_service FROM network
)
SELECT
  in_service,
  empty,
  few_bikes,
  balanced,
  few_docks,
  no_docks AS full,
  empty / nullif(in_service, 0) AS empty_share,
  no_docks / nullif(in_service, 0) AS full_share,
  balanced / nullif(in_service, 0) AS balanced_share,
  bikes / nullif(bikes + docks, 0) AS fill_of_usable,
  bikes_of_capacity / nullif(capacity, 0) AS fill_of_capacity
FROM counted
