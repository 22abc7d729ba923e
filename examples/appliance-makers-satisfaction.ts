// An appliance maker's satisfaction index: two waves of a survey, itself and two rivals, the difference to the industry tested.
// (Invented data.)
import { acsi, cronbachAlpha, npsSampleSize, satisfactionIndex } from 'clientele/satisfaction';

const ITEMS = ['overall', 'againstExpectation', 'againstIdeal'];
const LEVELS: Record<string, number> = { 'Haida 2024': 7.2, 'Haida 2025': 7.7, 'Northwind 2024': 7.3, 'Northwind 2025': 7.2, 'Blanco 2024': 6.9, 'Blanco 2025': 7 };

// Numbers from a seed, so that everyone sees the same answers.
let state = 7;
const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
const answer = (level: number): number => Math.min(10, Math.max(1, Math.round(level + 1.5 * (random() + random() + random() - 1.5))));

const rows = Object.entries(LEVELS).flatMap(([cell, level]) => Array.from({ length: 250 }, () => {
  const [brand, wave] = cell.split(' ');
  const own = level + 3 * (random() + random() - 1);
  return { brand: brand!, wave: wave!, overall: answer(own), againstExpectation: answer(own - 0.3), againstIdeal: answer(own - 0.6), expected: answer(8) };
}));
const column = <K extends keyof (typeof rows)[number]>(name: K): (typeof rows)[number][K][] => rows.map((row) => row[name]);
const answers = { brand: column('brand'), wave: column('wave'), overall: column('overall'), againstExpectation: column('againstExpectation'), againstIdeal: column('againstIdeal'), expected: column('expected') };

const shown = ['group', 'wave', 'n', 'value', 'low', 'high', 'publish'];
const tested = ['from', 'to', 'difference', 'low', 'high', 'pAdjusted', 'different'];

// Are the three items one thing?
console.log(cronbachAlpha(answers, { items: ITEMS, samples: 200 }).table.select(['n', 'value', 'low', 'high']));

// The index with its limits; each wave against the one before, and each brand against the rest of the industry.
const index = acsi(answers, { items: ITEMS, by: 'brand', wave: 'wave' });
console.log(index.table.select(shown));
console.log(index.differences.select(['group', ...tested]));
console.log(acsi(answers, { items: ITEMS, by: 'brand', wave: 'wave', compare: 'rest' }).differences.select(['wave', ...tested]));

// The same as perceived over expected: below 1 is disappointed.
console.log(satisfactionIndex(answers, { perceived: 'overall', expected: 'expected', by: 'brand', compare: 'pairs', own: 'Haida' }).table.select(['group', 'n', 'value', 'low', 'high', 'stateLabel', 'sure']));

console.log(npsSampleSize({ margin: 5, responseRate: 0.3 }));
