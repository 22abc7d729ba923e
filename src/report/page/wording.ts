import type { Language } from '../format.js';
import type { PageWords } from '../page-script/page-data.js';
import { ENGLISH } from './wording-en.js';
import { CHINESE } from './wording-zh.js';

/** What the page says, in one language. */
export interface Wording {
  readonly title: string;
  readonly skip: string;
  readonly noScript: string;
  readonly customers: string;
  readonly orders: string;
  readonly revenue: string;
  readonly meanBasket: string;
  readonly segments: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly charts: string;
  readonly migration: string;
  readonly moved: Readonly<Record<'up' | 'down' | 'same' | 'unranked' | 'entered' | 'left', string>>;
  readonly customersHead: string;
  readonly customerColumns: Readonly<Record<string, string>>;
  readonly search: string;
  readonly previous: string;
  readonly next: string;
  readonly tableWords: PageWords;
  readonly input: string;
  readonly nothingToSay: string;
  readonly definitions: string;
  readonly definitionList: readonly (readonly [term: string, meaning: string])[];
  /** between numbers of a list */
  readonly listMark: string;
  oneCustomer(id: string): string;
  asOf(day: string, given: boolean, source: string): string;
  since(day: string): string;
  comparedWith(day: string): string;
  earlier(value: string): string;
  leftOut(shown: string, left: string): string;
  cutAt(bins: number, method: string, cuts: string): string;
  brings(top: { label: string; share: string; revenueShare: string }): string;
  slipping(those: { customers: string; labels: readonly string[]; revenue: string }): string;
  movedSentence(counts: { up: string; down: string; entered: string }): string;
}

/** The page's wording in both languages. */
export const WORDING: Readonly<Record<Language, Wording>> = { en: ENGLISH, zh: CHINESE };
