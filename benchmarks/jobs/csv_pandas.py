"""Orders (CSV) to scores and segments (CSV), pandas: python3 csv_pandas.py ORDERS OUT SEGMENTS"""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd

start = time.perf_counter()
orders_path, out, segments_path = sys.argv[1:4]
orders = pd.read_csv(orders_path, dtype={'customer': 'string', 'amount': 'float64'}, parse_dates=['date'])
customers = orders.groupby('customer', sort=False).agg(
    first=('date', 'min'), last=('date', 'max'), days=('date', 'nunique'), frequency=('date', 'size'), monetary=('amount', 'sum'))
customers['monetary'] = customers['monetary'].round(2)        # whole cents: the sums are exact
customers['recency'] = (customers['last'].max() - customers['last']).dt.days


def score(name):
    """One more than the number of quintile cuts below the value."""
    cuts = customers[name].quantile([.2, .4, .6, .8]).to_numpy()
    return 1 + np.searchsorted(cuts, customers[name].to_numpy(), side='left')


customers['r'], customers['f'], customers['m'] = 6 - score('recency'), score('frequency'), score('monetary')
customers['score'] = 100 * customers['r'] + 10 * customers['f'] + customers['m']
segments = pd.read_csv(segments_path, index_col='code')['segment']
customers['segment'] = customers['score'].map(segments)
customers[['recency', 'frequency', 'monetary', 'r', 'f', 'm', 'score', 'segment']].to_csv(out)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
try:
    with open('/proc/self/status') as status:                 # maxrss begins with what the parent had
        peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith('VmHWM'))
except OSError:
    pass
print(json.dumps({'insideMs': (time.perf_counter() - start) * 1000, 'peakMB': peak}))
