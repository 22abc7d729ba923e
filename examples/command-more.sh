# More of the command: who comes back, as a table and a page.
clientele demo --customers 2000 --quiet
clientele retention orders.csv --customer customer_id --date order_date --amount revenue --order order_id --period quarter \
  --out retention.csv --report retention.html --quiet

# Answers in, the net promoter score of two quarters with its limits out, and what their difference is worth.
printf 'recommend,quarter\n9,Q1\n7,Q1\n3,Q1\n8,Q1\n10,Q2\n9,Q2\n10,Q2\n6,Q2\n99,Q2\n' > answers.csv
clientele survey answers.csv --nps recommend --wave quarter --missing-codes 99 --minimum 4 --report survey.html
