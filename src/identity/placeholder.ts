/** What people write where they have nothing to write. */
const PLACEHOLDERS = new Set(['na', 'nan', 'nil', 'null', 'none', 'unknown', 'undefined', 'missing', 'notavailable', 'tbd', '无', '没有', '暂无', '未知', '不详', '不明', '未填', '空', '待补']);

/**
 * True for text that stands for no value: zeros alone, no letter or digit at all, or a word such as n/a, null, none, unknown, 无, 未知.
 *
 * @example
 * isPlaceholder('#N/A');   // true
 */
export function isPlaceholder(text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return /^0*$/.test(plain) || PLACEHOLDERS.has(plain);
}
