import { cellOf, type Table } from '../../columns/index.js';

/** Labels of a segment table, one per row; a label that two segments share is followed by its key, so that they stay apart. */
export function segmentLabels(segments: Table): string[] {
  const text = (name: string): string[] => Array.from({ length: segments.numRows }, (_, i) => String(cellOf(segments.column(name), i) ?? ''));
  const keys = text('segment');
  const labels = text('label');
  return labels.map((label, i) => (labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${keys[i]})`));
}
