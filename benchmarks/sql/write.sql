-- The scored customers to a CSV file. Variable: out, its path.
COPY (FROM scored) TO (getvariable('out')) (FORMAT csv, HEADER);
