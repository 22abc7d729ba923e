/** Languages of labels and reasons; keys stay. */
export type Language = 'en' | 'zh';
/** A word in both languages. */
export type Words = Readonly<Record<Language, string>>;
export type Labels<K extends string> = Readonly<Record<K, Words>>;

/** A number as a reason shows it: three digits at most, or whole. */
export function short(n: number): string {
  return Math.abs(n) >= 100 ? Math.round(n).toString() : String(Number(n.toPrecision(3)));
}
