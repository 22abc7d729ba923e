export { fromArquero, tableFromArquero, type ArqueroTable } from './from-arquero.js';
export { toArquero, type ArqueroModule, type ToArqueroOptions } from './to-arquero.js';
