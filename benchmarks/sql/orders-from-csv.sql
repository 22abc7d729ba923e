-- The orders of a CSV file, types given by hand, nothing sniffed. Variable: orders, the path.
CREATE OR REPLACE TEMP VIEW orders AS
SELECT customer, date, amount
FROM read_csv(getvariable('orders'), auto_detect = false, header = true, delim = ',',
              columns = {'customer': 'VARCHAR', 'date': 'DATE', 'amount': 'DOUBLE'});
