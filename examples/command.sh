# The command: an order log in, scores, a page and a call list out.
clientele demo --customers 2000 --quiet
clientele score orders.csv --customer customer_id --date order_date --amount revenue --order order_id --as-of 2026-01-01 \
  --out scores.csv --report report.html
clientele score orders.csv --customer customer_id --date order_date --amount revenue --order order_id --as-of 2026-01-01 \
  --segment at_risk --carry name,email --out call-list.csv --quiet
head -n 3 call-list.csv
