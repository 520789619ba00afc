-- Which areas have most e-bikes?
--
-- Grain:  one row an area, the :top areas with most e-bikes, most first; equals by area_id.
-- Inputs: station_summary; :level, :top.
--
-- :level  'quartier': the area of the station's position: quartier in Paris, commune outside.
--         'arrondissement': arrondissement in Paris (as INSEE's 75101-75120), commune outside.
--         'commune': as the source names it, so that Paris is one. Its area_id is the one that most of its stations
--         have by their position: one at the border may lie in the next commune.
-- Every station counts, in service or not, for the time it was listed, so that the areas add up to the network's
-- figures (system_health.sql). Two kinds of stations are in no row: those without an area at that level, and
-- those of an area none of whose stations tells its e-bikes: the unknown has no rank.
WITH placed AS (
  SELECT
    CASE
      WHEN :level = 'commune' THEN commune
      WHEN :level = 'arrondissement' AND arrondissement IS NOT NULL
        THEN concat('751', lpad(CAST(arrondissement AS STRING), 2, '0'))
      ELSE area_id
    END AS place,
    CASE
      WHEN :level = 'commune' THEN commune_insee
      WHEN :level = 'arrondissement' AND arrondissement IS NOT NULL
        THEN concat('751', lpad(CAST(arrondissement AS STRING), 2, '0'))
      ELSE area_id
    END AS area_id,
    CASE
      WHEN :level = 'commune' THEN commune
      WHEN :level = 'arrondissement' AND arrondissement = 1 THEN 'Paris 1er'
      WHEN :level = 'arrondissement' AND arrondissement IS NOT NULL
        THEN concat('Paris ', CAST(arrondissement AS STRING), 'e')
      ELSE area_name
    END AS area_name,
    CASE WHEN :level = 'commune' THEN NULL ELSE arrondissement END AS arrondissement,
    presence,
    presence * ebikes AS ebikes,
    presence * mechanical AS mechanical,
    presence * docks AS docks
  FROM station_summary
),
identities AS (
  SELECT
    place,
    area_id,
    row_number() OVER (PARTITION BY place ORDER BY count(*) DESC, area_id ASC NULLS LAST) AS choice
  FROM placed
  WHERE area_id IS NOT NULL
  GROUP BY place, area_id
),
areas AS (
  SELECT
    place,
    coalesce(max(area_name), place) AS area_name,
    CASE
      WHEN count(arrondissement) = count(*) AND min(arrondissement) = max(arrondissement)
        THEN CAST(max(arrondissement) AS INTEGER)
    END AS arrondissement,
    CAST(sum(presence) AS DOUBLE) AS stations,
    CAST(sum(ebikes) AS DOUBLE) AS ebikes,
    CAST(sum(mechanical) AS DOUBLE) AS mechanical,
    CAST(sum(docks) AS DOUBLE) AS docks
  FROM placed
  WHERE place IS NOT NULL
  GROUP BY place
),
ranked AS (
  SELECT
    CAST(
      row_number() OVER (ORDER BY a.ebikes DESC NULLS LAST, coalesce(i.area_id, a.place) ASC NULLS LAST) AS INTEGER
    ) AS rank,
    coalesce(i.area_id, a.place) AS area_id,
    a.*,
    CAST(a.ebikes / nullif(a.ebikes + a.mechanical, 0) AS DOUBLE) AS ebike_share
  FROM areas AS a
  LEFT JOIN identities AS i ON i.place = a.place AND i.choice = 1
  WHERE a.ebikes IS NOT NULL
)
SELECT rank, area_id, area_name, arrondissement, stations, ebikes, mechanical, docks, ebike_share
FROM ranked
WHERE rank <= :top
ORDER BY rank ASC NULLS LAST
