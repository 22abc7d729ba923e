// Segments found in the data: how many, who they are, how sure, and rules a CRM can run. The snippets of docs/segmentation.md.
import { writeFileSync } from 'node:fs';
import { charts, exampleOrders, rfm, summarize } from 'clientele';
import { kmeansParallel, writeClusterReport } from 'clientele/node';
import { chooseK, crossTab, gaussianMixture, kmeans, kmedians, loadTreeRules, outliers, scoreKmeansOne, scoreTreeRules, silhouette, targetSegment, treeRules } from 'clientele/segmentation';

const customers = summarize(exampleOrders({ customers: 2000, seed: 1 }), { asOf: '2026-01-01' });
const chosen = chooseK(customers, { to: 6, gapSets: 5, resamples: 5 });
console.log(chosen.recommendation);
const found = kmeans(customers, { k: 4 });
console.log(found.profiles.select(['label', 'customers', 'share', 'valueShare', 'recencyMean', 'frequencyMean', 'monetaryMean']));

// One newcomer, while the customer waits.
console.log(scoreKmeansOne(found.model, { recency: 12, frequency: 4, monetary: 230.5 }));

// Rules for people and programs.
const explained = treeRules(customers, found);
for (const rule of explained.rules) console.log(`${rule.label.en}: ${rule.text.en} (${rule.customers} customers, ${Math.round(100 * rule.precision)} % right)`);
console.log(targetSegment(customers, explained.rules[0]!.when).share);
writeFileSync('rules.json', JSON.stringify(explained.model));
const byRule = scoreTreeRules(loadTreeRules(JSON.parse(JSON.stringify(explained.model))), customers);

// Soft membership: who stands between two groups.
const mixed = gaussianMixture(customers, { k: [2, 3, 4], features: ['recency', 'monetary'] });
console.log(mixed.candidates.select(['k', 'logLikelihood', 'bic']));
const unsure = mixed.table.where((i) => Number(mixed.table.cell('probability', i)) < 0.6);
console.log(`${unsure.numRows} of ${customers.numRows} customers stand between two groups`);

// Medians, which a few extreme customers cannot pull.
console.log(kmedians(customers, { k: 4 }).medians[0]);

// Against segments by rule, and those who are far from everyone.
const cross = crossTab(found.table.column('label'), rfm(customers).table.column('label'), { names: ['cluster', 'segment'] });
console.log(`Cramér's V ${cross.cramersV.toFixed(2)}; same segment by tree rules: ${byRule.numRows} customers scored; ${outliers(customers).count} outliers`);

// Pictures and a page.
const widths = silhouette(customers, found);
console.log(String(charts.clusterProfiles(found)).split('\n')[0]);
console.log([charts.clusterComparison(chosen), charts.clusterScatter(found), charts.clusterScatter(found, { x: 'recency', y: 'monetary' }), charts.crossTabHeatmap(cross), charts.silhouettePlot(widths)].length);
await writeClusterReport(found, 'segments.html', { chosen, rules: explained, silhouette: widths });

// The same bits on all cores.
console.log((await kmeansParallel(customers, { k: 4, threads: 2 })).inertia === found.inertia);
