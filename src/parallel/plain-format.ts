// Constants by themselves, as in record-layout.ts.

/** What a column of the file is to the scanner. */
export const SKIP = 0, CUSTOMER = 1, DATE = 2, AMOUNT = 3, ORDER = 4;

/** Days the scanner can count: 1970-01-01 to 2149-06-06. */
export const DAYS = 0x10000;

/** Years of these, the bits in which the days of a month are kept beside its first, and their mask. */
export const YEARS = 180, DAYS_BITS = 5, DAYS_MASK = 31;
/** What bytes are compared with: a space; the last digit of a year, '-' and a month; points; zeros; a point and two digits. */
export const SPACE = 32, DATE_MIDDLE = 0x30302d30, DOTS = 0x2e2e2e2e, ZEROS = 0x30303030, CENTS = 0x0030302e;
