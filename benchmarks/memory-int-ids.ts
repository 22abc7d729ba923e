// Question: how long from columns in memory to scores and segments where customers are whole numbers, against a DuckDB table?
//
// Both in this process, in turn, warm. Ours from typed arrays through `fromColumns` to the result of `rfm`; DuckDB from
// its table, which it was given time to load, to a table of the same columns.
import { memoryQuestion } from './memory.js';
import { ask } from './measure.js';

await ask(import.meta.url, memoryQuestion('int', { atLeast: 3 }));
