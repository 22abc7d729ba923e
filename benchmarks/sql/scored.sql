-- Scores and segments: each measure cut at its quintiles (quantile_cont interpolates, type 7), the score one more than
-- the number of cuts below the value, recency counted from the other end; then the segment of the three scores.
-- Variable: segments, the path of a CSV file of 125 codes and their segments.
CREATE OR REPLACE TEMP VIEW scored AS
WITH measures AS (
  SELECT customer, (SELECT max(last_day) FROM customers) - last_day AS recency, frequency, monetary
  FROM customers
), cuts AS (
  SELECT quantile_cont(recency, [0.2, 0.4, 0.6, 0.8]) AS r,
         quantile_cont(frequency, [0.2, 0.4, 0.6, 0.8]) AS f,
         quantile_cont(monetary, [0.2, 0.4, 0.6, 0.8]) AS m
  FROM measures
), scores AS (
  SELECT customer, recency, frequency, monetary,
         5 - (recency > cuts.r[1])::SMALLINT - (recency > cuts.r[2])::SMALLINT - (recency > cuts.r[3])::SMALLINT - (recency > cuts.r[4])::SMALLINT AS r,
         1 + (frequency > cuts.f[1])::SMALLINT + (frequency > cuts.f[2])::SMALLINT + (frequency > cuts.f[3])::SMALLINT + (frequency > cuts.f[4])::SMALLINT AS f,
         1 + (monetary > cuts.m[1])::SMALLINT + (monetary > cuts.m[2])::SMALLINT + (monetary > cuts.m[3])::SMALLINT + (monetary > cuts.m[4])::SMALLINT AS m
  FROM measures, cuts
)
SELECT customer, recency, frequency, monetary, r, f, m, code AS score, segment
FROM scores
JOIN read_csv(getvariable('segments'), auto_detect = false, header = true, columns = {'code': 'SMALLINT', 'segment': 'VARCHAR'}) AS map
  ON map.code = 100 * r + 10 * f + m;
