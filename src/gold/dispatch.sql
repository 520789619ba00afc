-- Where should an operator bring or take bikes now?
--
-- Grain:  one row a station among the :top of each action, the most urgent first.
-- Inputs: latest_stock (latest_stock.sql), near_stock (near_stock.sql), places, chosen_areas; usual_hours
--         (usual_hours.sql), chosen_hours for what is usual in the hour under way and the next two; :top.
--
-- action        'bring' where at most 2 bikes are left, now or after the usual change; 'take' where at most 2 free docks
--               are. Both need a station in service.
-- change        Bikes that the station usually gains or loses from now to the end of the coming hours: the mean of its
--               arrivals less departures at these hours on days of the same type, else on all days, over the time in
--               which moves are seen (moving_ms of observed_hours.sql). An hour counts where that is half of it or
--               more, and three such hours make a usual one, as three days make a habit in a station's panel; NULL
--               where one of the three coming hours has fewer. A lower bound of movement, not of its balance.
-- amount        Bikes to bring or take so that after that change half of the usable docks hold a bike.
-- near_...      As in near_stock.
-- rank          By amount / (1 + what riders find near), highest first: the most bikes where nothing else is at hand.
WITH seen AS (
  SELECT
    u.station,
    u.city_hour,
    u.weight,
    u.is_alike,
    u.net,
    u.observed_ms * (c.moving_ms / c.observed_ms) AS ms
  FROM usual_hours AS u
  JOIN chosen_hours AS c ON c.hour_number = u.hour_number AND c.moving_ms >= 1800000
),
present AS (
  SELECT p.*, l.state, l.bikes, l.docks
  FROM latest_stock AS l
  JOIN places AS p ON p.station_code = l.station_code
  WHERE l.state > 0
),
rates AS (
  SELECT
    station,
    weight,
    CASE
      WHEN count(CASE WHEN is_alike THEN 1 END) >= 3
        THEN 3600000 * CAST(sum(CASE WHEN is_alike THEN net END) AS DOUBLE)
          / nullif(CAST(sum(CASE WHEN is_alike THEN ms END) AS DOUBLE), 0)
    END AS alike,
    CASE
      WHEN count(*) >= 3
        THEN 3600000 * CAST(sum(net) AS DOUBLE) / nullif(CAST(sum(ms) AS DOUBLE), 0)
    END AS any_day
  FROM seen
  GROUP BY station, city_hour, weight
),
changes AS (
  SELECT
    station,
    CASE
      WHEN count(coalesce(alike, any_day)) = 3
        THEN CAST(sum(weight * coalesce(alike, any_day)) AS DOUBLE)
    END AS change
  FROM rates
  GROUP BY station
),
expected AS (
  SELECT
    p.*,
    c.change,
    least(greatest(p.bikes + coalesce(c.change, 0), 0), p.bikes + p.docks) AS bikes_later
  FROM present AS p
  LEFT JOIN changes AS c ON c.station = p.station
),
needs AS (
  SELECT
    *,
    CASE
      WHEN least(bikes, bikes_later) <= 2 THEN 'bring'
      WHEN least(docks, bikes + docks - bikes_later) <= 2 THEN 'take'
    END AS action,
    floor((bikes + docks) / 2 - bikes_later + 0.5) AS wanted
  FROM expected
),
urgent AS (
  SELECT n.*, a.area_name, CASE WHEN n.action = 'bring' THEN n.wanted ELSE -n.wanted END AS amount
  FROM needs AS n
  JOIN chosen_areas AS a ON a.area = n.area
  WHERE n.action IS NOT NULL
),
judged AS (
  SELECT
    u.*,
    coalesce(n.near_bikes, 0) AS near_bikes,
    coalesce(n.near_docks, 0) AS near_docks,
    coalesce(n.near_stations, 0) AS near_stations,
    u.amount / (1 + CASE WHEN u.action = 'bring' THEN coalesce(n.near_bikes, 0) ELSE coalesce(n.near_docks, 0) END)
      AS urgency
  FROM urgent AS u
  LEFT JOIN near_stock AS n ON n.station = u.station
  WHERE u.amount >= 1
),
ranked AS (
  SELECT
    *,
    CAST(row_number() OVER (PARTITION BY action ORDER BY urgency DESC, station_code) AS INTEGER) AS rank
  FROM judged
)
SELECT
  action,
  rank,
  station_code,
  name,
  area_name,
  state,
  bikes,
  docks,
  change,
  amount,
  near_bikes,
  near_docks,
  near_stations
FROM ranked
WHERE rank <= :top
ORDER BY action, rank
