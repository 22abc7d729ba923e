// Question: how long from columns in memory to scores and segments where customers are UTF-8 text, against a DuckDB table?
//
// As memory-int-ids.ts; the ids lie as in Arrow: bytes, and where each begins.
import { memoryQuestion } from './memory.js';
import { ask } from './measure.js';

await ask(import.meta.url, memoryQuestion('text', { atLeast: 2 }));
