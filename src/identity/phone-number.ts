import { loadPeer, optionInvalid } from '../core/index.js';

/** The part of libphonenumber-js that is needed here; its default, `min`, `max` and `mobile` entries all have it. */
export interface PhoneLibrary {
  /** `region` is a list of its own there, which every string is checked against by {@link PhoneLibrary.isSupportedCountry} */
  parsePhoneNumberFromString(text: string, region?: never): { readonly number: string; readonly nationalNumber: string; readonly ext?: string; isPossible(): boolean } | undefined;
  isSupportedCountry(region: string): boolean;
}

/**
 * How phone numbers are brought to one form: that of E.164, with the extension behind it.
 *
 * Which zeros and prefixes to drop differs between countries, and Google's metadata know it. The library that reads them
 * is an optional peer: it is large, and who compares no phone numbers needs none of it. It is loaded at once, so the caller
 * stays synchronous.
 *
 * @param region where numbers without a country code belong, as ISO code: `'CN'`
 * @param given the library itself, where there is nothing to load it from
 * @returns a function from text to number, `null` where the text has not the length of one
 * @throws ClienteleError `PEER_MISSING` with the install line; `OPTION_INVALID` for a region that does not exist
 */
export function phoneReader(where: string, region: string | undefined, given?: PhoneLibrary): (text: string) => string | null {
  const library = given ?? (loadPeer(where, 'libphonenumber-js', 'npm i libphonenumber-js@1', '{ phones: libphonenumber }') as PhoneLibrary);
  if (typeof library.parsePhoneNumberFromString !== 'function' || typeof library.isSupportedCountry !== 'function') {
    throw optionInvalid(where, 'phones', given, "Pass the module libphonenumber-js: import * as phones from 'libphonenumber-js'.");
  }
  if (region !== undefined && !library.isSupportedCountry(region)) throw optionInvalid(where, 'region', region, "Give a country by its ISO code in capitals: 'CN', 'DE'.");
  return (text) => {
    const found = library.parsePhoneNumberFromString(text, region as never);
    if (found === undefined || !found.isPossible() || /^(\d)\1*$/.test(found.nationalNumber)) return null;
    return found.ext === undefined ? found.number : `${found.number};ext=${found.ext}`;
  };
}
