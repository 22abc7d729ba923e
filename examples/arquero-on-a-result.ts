// An analyst: arquero verbs on every result.
import * as aq from 'arquero';
import { exampleOrders, rfm, summarize } from 'clientele';
import { toArquero } from 'clientele/arquero';

const scored = rfm(summarize(exampleOrders({ customers: 2000, seed: 1 })));

toArquero(scored.table)
  .filter((d: { segment: string }) => d.segment === 'at_risk')
  .orderby(aq.desc('monetary'))
  .select('customer', 'recency', 'frequency', 'monetary', 'score')
  .slice(0, 5)
  .print();
