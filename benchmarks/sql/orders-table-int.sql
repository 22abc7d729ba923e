-- The orders as a table of DuckDB's own, loaded before time is taken. Variable: orders, the path of a CSV file.
CREATE OR REPLACE TABLE orders AS
SELECT customer, date, amount
FROM read_csv(getvariable('orders'), auto_detect = false, header = true, delim = ',',
              columns = {'customer': 'INTEGER', 'date': 'DATE', 'amount': 'DOUBLE'});
