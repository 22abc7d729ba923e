import { checkKeys, checkWhole, seededRandom, type Random } from '../core/index.js';
import { table, type Table } from '../columns/index.js';
import { withCheck } from './document-number.js';
import { ADDRESS_WORDS, HAN_NAMES, LATIN_NAMES } from './example-people.js';
import type { IdentitySource } from './sources.js';

/** How many people, and from which seed. */
export interface ExampleRecordsOptions {
  /** 1 to 2,000,000; 1000 by default. There are about two records of each */
  readonly people?: number;
  /** whole number, 0 to 2^32 - 1; 1 by default */
  readonly seed?: number;
}

/** Made records of people, and who each record is of. */
export interface ExampleRecords {
  /** `crm`, `shop` and `bank`, each with its own names of columns where they differ */
  readonly sources: readonly IdentitySource[];
  /** `source`, `id`, `person`: for {@link matchQuality} */
  readonly truth: Table;
}

/**
 * Records of made-up people in three systems, with what makes joining hard, and the truth.
 *
 * Four in ten people have Chinese names. People live in households of one to three, which share address and family name, one
 * in five a phone as well. Nine in ten stand in the CRM (one in twenty twice), six in the shop, four in the bank. The bank
 * knows document numbers, the CRM a quarter of them, the shop none. Of phones and mails 25 % are missing, 15 % of mails are
 * other ones; formats of phones, case and order of names and short forms of addresses vary; 6 % of names and 5 % of addresses
 * hold a slip of the pen, and 8 % of records another address.
 *
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * const { sources, truth } = exampleRecords({ people: 2000, seed: 1 });
 */
export function exampleRecords(options: ExampleRecordsOptions = {}): ExampleRecords {
  checkKeys('exampleRecords', options, ['people', 'seed']);
  const people = checkWhole('exampleRecords', 'people', options.people ?? 1000, 1, 2_000_000);
  const random = seededRandom(checkWhole('exampleRecords', 'seed', options.seed ?? 1, 0, 0xffffffff));
  const systems = ['crm', 'shop', 'bank'].map((name) => new System(name));
  const [crm, shop, bank] = systems as [System, System, System];
  for (let number = 0, left = 0, home: Home | undefined; number < people; number++, left--) {
    if (left === 0 || home === undefined) [home, left] = [makeHome(random), 1 + random.below(3)];
    const person = makePerson(random, number, home);
    const before = systems.reduce((total, { size }) => total + size, 0);
    if (random.uniform() < 0.9) crm.add(random, person, 0.25);
    if (random.uniform() < 0.05) crm.add(random, person, 0.25);
    if (random.uniform() < 0.6) shop.add(random, person, 0);
    // Who stands nowhere stands in the bank.
    if (random.uniform() < 0.4 || systems.reduce((total, { size }) => total + size, 0) === before) bank.add(random, person, 1);
  }
  const truth = systems.flatMap((system) => system.truth());
  return {
    sources: [
      { name: 'crm', table: crm.table() },
      { name: 'shop', table: shop.table({ phone: 'mobile' }), columns: { phone: 'mobile' } },
      { name: 'bank', table: bank.table({ document: 'id_card', id: 'account' }), id: 'account', columns: { document: 'id_card' } },
    ],
    truth: table({ source: truth.map(([source]) => source), id: truth.map(([, id]) => id), person: truth.map(([, , person]) => person) }),
  };
}

interface Home {
  readonly han: boolean;
  readonly family: string;
  readonly phone: string | undefined;
  address(random: Random): string;
}

interface Person {
  readonly number: number;
  readonly home: Home;
  readonly given: string;
  readonly document: string;
  readonly phone: string;
  readonly mail: string;
}

function makeHome(random: Random): Home {
  const han = random.uniform() < 0.4;
  const family = pick(random, han ? HAN_NAMES.family : LATIN_NAMES.family);
  const [city, street, house, flat] = [pick(random, han ? ADDRESS_WORDS.hanCities : ADDRESS_WORDS.cities), pick(random, han ? ADDRESS_WORDS.hanStreets : ADDRESS_WORDS.streets), 1 + random.below(400), random.uniform() < 0.5 ? 0 : 1 + random.below(60)];
  const address = (by: Random): string => {
    if (han) return `${city}${by.uniform() < 0.3 ? ' ' : ''}${street}${house}号${flat === 0 ? '' : `${flat}室`}`;
    const kind = by.uniform() < 0.5 ? 'Street' : 'St.';
    return `${house} ${street} ${kind}${flat === 0 ? '' : by.uniform() < 0.5 ? `, Apartment ${flat}` : `, apt ${flat}`}, ${city}`;
  };
  return { han, family, phone: random.uniform() < 0.2 ? makePhone(random, han) : undefined, address };
}

function makePerson(random: Random, number: number, home: Home): Person {
  const given = home.han ? pick(random, HAN_NAMES.given) + (random.uniform() < 0.7 ? pick(random, HAN_NAMES.given) : '') : pick(random, LATIN_NAMES.given);
  const document = home.han ? residentOf(random, number) : `P${1_000_000 + number}`;
  return { number, home, given, document, phone: home.phone ?? makePhone(random, home.han), mail: `${home.han ? 'user' : given.toLowerCase()}${number}@example.${pick(random, ['com', 'org', 'net'])}` };
}

/** A resident number that nobody else has: district, date and sequence come from the person's own. */
function residentOf(random: Random, number: number): string {
  const year = 1940 + 16 * Math.floor(number / 600_000) + random.below(16);
  return withCheck(`${110101 + (number % 600)}${year}${two(1 + random.below(12))}${two(1 + random.below(28))}${String(Math.floor(number / 600) % 1000).padStart(3, '0')}`);
}

/** With the country code, digits behind it together. */
function makePhone(random: Random, han: boolean): string {
  const digits = String(random.below(1e8)).padStart(8, '0');
  return han ? `+86 1${3 + random.below(7)}${random.below(10)}${digits}` : `+44 7${random.below(10)}${digits}`;
}

/** The records of one system. */
class System {
  readonly #name: string;
  readonly #rows: { id: string; person: number; name: string; address: string; phone: string | null; mail: string | null; document: string | null; balance: number }[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  get size(): number {
    return this.#rows.length;
  }

  add(random: Random, person: Person, documents: number): void {
    const { home, number, document } = person;
    const address = random.uniform() < 0.08 ? makeHome(random).address(random) : home.address(random);
    this.#rows.push({
      id: `${this.#name[0]!.toUpperCase()}${String(this.#rows.length + 1).padStart(6, '0')}`, person: number,
      name: slip(random, writtenName(random, person), 0.06),
      address: slip(random, address, 0.05),
      phone: random.uniform() < 0.25 ? null : writtenPhone(random, person.phone),
      mail: random.uniform() < 0.25 ? null : writtenMail(random, person.mail),
      document: random.uniform() < documents ? document : null,
      balance: Math.round(100 * Math.exp(4 + 1.5 * random.normal())) / 100,
    });
  }

  table(names: Readonly<Record<string, string>> = {}): Table {
    const rows = this.#rows;
    const columns = { id: rows.map(({ id }) => id), name: rows.map(({ name }) => name), address: rows.map(({ address }) => address), phone: rows.map(({ phone }) => phone), mail: rows.map(({ mail }) => mail), document: rows.map((row) => row.document), balance: rows.map(({ balance }) => balance) };
    const kept = Object.entries(columns).filter(([name]) => name !== 'document' || this.#name !== 'shop');
    return table(Object.fromEntries(kept.map(([name, values]) => [names[name] ?? name, values])));
  }

  truth(): [source: string, id: string, person: string][] {
    return this.#rows.map(({ id, person }) => [this.#name, id, `P${person}`]);
  }
}

function writtenName(random: Random, { home, given }: Person): string {
  if (home.han) return random.uniform() < 0.1 ? `${home.family} ${given}` : `${home.family}${given}`;
  const draw = random.uniform();
  return draw < 0.2 ? `${home.family}, ${given}` : draw < 0.3 ? `${given} ${home.family}`.toUpperCase() : `${given} ${home.family}`;
}

function writtenPhone(random: Random, phone: string): string {
  const draw = random.uniform();
  if (draw < 0.4) return phone;
  // Inside the country without its code.
  if (phone.startsWith('+86 ') && draw < 0.8) return `${phone.slice(4, 7)}-${phone.slice(7, 11)}-${phone.slice(11)}`;
  return draw < 0.9 ? phone.replace('+', '00') : phone.replace(' ', '');
}

function writtenMail(random: Random, mail: string): string {
  const draw = random.uniform();
  return draw < 0.15 ? `other${random.below(1e9)}@example.com` : draw < 0.3 ? mail.toUpperCase() : mail;
}

/** One letter lost, doubled, changed, or swapped with the next, at a chance. */
function slip(random: Random, text: string, chance: number): string {
  if (random.uniform() >= chance || text.length < 3) return text;
  const at = 1 + random.below(text.length - 2);
  const [before, letter, next, after] = [text.slice(0, at), text[at]!, text[at + 1]!, text.slice(at + 2)];
  const kind = random.below(4);
  if (kind === 0) return before + next + after;
  if (kind === 1) return before + letter + letter + next + after;
  return kind === 2 ? before + pick(random, 'aeinorst') + next + after : before + next + letter + after;
}

function pick<T>(random: Random, from: ArrayLike<T>): T {
  return from[random.below(from.length)]!;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
