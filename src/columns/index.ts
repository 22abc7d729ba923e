export { columnLength, decodeUtf8, isPresent, textAt, type CategoryColumn, type Cell, type Column, type ColumnType, type DateColumn, type FlagColumn, type IntegerColumn, type NumberColumn, type TextColumn } from './column.js';
export { groupRows, hashBytes, type Groups } from './group.js';
export { asTable, categoriesOf, dayOption, isTable, numbersOf, table, toColumn, type ColumnInput, type TableInput } from './input.js';
export { categoryColumn, numberColumn, TextBuilder, textColumn, validExcept } from './make.js';
export { escapeHtml, makeShowable, showableResult, type HtmlOptions, type Showable, type TextOptions } from './show.js';
export { cellFormatter, cellWidth } from './show-table.js';
export { compareText, compareTextRows, sortedIndices } from './sort.js';
export { cellOf, columnMissing, Table } from './table.js';
export { takeColumn } from './take.js';
