/** What the page hands its script, as JSON. */

/** A column of the customers' table: texts by code where few, else the cells themselves. */
export interface PageColumn {
  readonly name: string;
  readonly title: string;
  readonly format: 'text' | 'count' | 'money';
  /** of a column with few different texts: its cells are places in here, -1 is missing */
  readonly values?: readonly string[];
  readonly cells: readonly (number | string | null)[];
}

/** The words the script writes by itself. */
export interface PageWords {
  readonly all: string;
  readonly nothingFound: string;
  /** "{from}", "{to}" and "{of}" are replaced */
  readonly shown: string;
  readonly page: string;
}

/** The customers' table. */
export interface PageCustomers {
  readonly locale: string;
  readonly currency?: string;
  readonly columns: readonly PageColumn[];
  /** name of the column one can choose by */
  readonly chosenBy: string;
  readonly words: PageWords;
}
