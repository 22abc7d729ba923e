-- The orders to a Parquet file, for the question that begins with one. Variable: out, its path.
COPY (FROM orders) TO (getvariable('out')) (FORMAT parquet);
