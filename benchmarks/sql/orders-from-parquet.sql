-- The orders of a Parquet file. Variable: orders, the path.
CREATE OR REPLACE TEMP VIEW orders AS
SELECT customer, date, amount
FROM read_parquet(getvariable('orders'));
