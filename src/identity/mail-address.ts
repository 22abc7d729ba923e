/**
 * A mail address as it is compared: trimmed, in lower case.
 *
 * Dots and `+tags` are taken out of Gmail's addresses alone, where they are known to reach the same mailbox.
 *
 * @returns the address, or `null` where the text is none (not one `@` between two parts, or a space inside)
 * @example
 * mailAddress(' Ann.Lee+shop@Googlemail.com ');   // 'annlee@gmail.com'
 */
export function mailAddress(text: string): string | null {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  const match = /^([^\s@]+)@([^\s@]+\.[^\s@]+)$/u.exec(plain);
  if (match === null) return null;
  if (match[2] !== 'gmail.com' && match[2] !== 'googlemail.com') return plain;
  const box = match[1]!.replace(/\+.*$/, '').replaceAll('.', '');
  return box === '' ? null : `${box}@gmail.com`;
}
