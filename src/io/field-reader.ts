import { dateReader, numberReader } from './value-readers.js';
import { categoryReader, idReader } from './text-readers.js';
import type { FieldReader } from './field-batch.js';
import type { WantedColumn } from './mapping.js';
import type { Settings } from './reading-options.js';

/** The reader for a column asked for, over the fields in a slot. */
export function fieldReader(wanted: WantedColumn, slot: number, settings: Settings): FieldReader {
  switch (wanted.kind) {
    case 'number':
      return numberReader(slot, wanted.required, settings);
    case 'date':
      return dateReader(slot, settings);
    case 'id':
      return idReader(slot, wanted.required, settings);
    case 'category':
      return categoryReader(slot, settings, 'category');
    case 'carried':
      return categoryReader(slot, settings, 'either');
  }
}
