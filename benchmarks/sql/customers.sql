-- One row per customer, kept in a table: what `summarize` makes and scoring goes on from.
--
-- Amounts are whole cents, so a sum of doubles rounded to cents is exact in whatever order threads add (DECIMAL took
-- 8 % longer). Distinct days by list_unique(list(date)): count(DISTINCT date) took 3.7 s and 1.2 GB where this took
-- 2.9 s and 0.6 GB (10 M rows, 2 threads), grouping by customer and day first 3.3 s and 1.2 GB, bitstring_agg over 10 s.
CREATE OR REPLACE TEMP TABLE customers AS
SELECT customer,
       min(date) AS first_day,
       max(date) AS last_day,
       list_unique(list(date)) AS days,
       count(*) AS frequency,
       round(sum(amount), 2) AS monetary
FROM orders
GROUP BY customer;
