import type { KeyKind } from './identity-options.js';

/** What two records were joined by. */
export type EvidenceKind = KeyKind | 'alike';
/** Why records were not joined. */
export type ConflictReason = 'documents_differ' | 'names_differ' | 'crowded';

type Words = Readonly<Record<'en' | 'zh', string>>;

export const EVIDENCE_LABELS: Readonly<Record<EvidenceKind, Words>> = {
  document: { en: 'Same document number', zh: '证件号相同' },
  phone: { en: 'Same phone', zh: '电话相同' },
  mail: { en: 'Same mail', zh: '邮箱相同' },
  exact: { en: 'Same id', zh: '编号相同' },
  alike: { en: 'Like name and address', zh: '姓名与地址相似' },
};

export const REASON_LABELS: Readonly<Record<ConflictReason, Words>> = {
  documents_differ: { en: 'Different document numbers', zh: '证件号不同' },
  names_differ: { en: 'Different names', zh: '姓名不同' },
  crowded: { en: 'Shared by too many', zh: '共用者过多' },
};
