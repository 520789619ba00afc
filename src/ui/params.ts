/**
 * What the address may say after the place, `#/stations?q=bastille&lang=fr`. Never data, only what is looked at: the
 * moment and the one it is compared with, the span, days, hours and areas of the analyses, by which areas and how far
 * back they go, the list's search, filters and order, and language and theme, which win over the kept ones for the visit.
 */
export const parameters = [
  'at',
  'before',
  'from',
  'to',
  'days',
  'hours',
  'area',
  'by',
  'back',
  'q',
  'show',
  'sort',
  'lang',
  'theme',
] as const;
export type Parameter = (typeof parameters)[number];
export type Params = Readonly<Partial<Record<Parameter, string>>>;

/** The parameters of an address, the known and the unknown ones. */
export function parseParams(hash: string): Params {
  const at = hash.indexOf('?');
  const said = new URLSearchParams(at === -1 ? '' : hash.slice(at + 1));
  return Object.fromEntries([...said].filter(([, value]) => value !== ''));
}

/** Parameters with a change: null leaves one out, all others stay. */
export function mergeParams(
  params: Params,
  change: Readonly<Partial<Record<Parameter, string | null>>>,
): Params {
  const all: [string, string | null][] = Object.entries({ ...params, ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

/** Where an address leads, without what is looked at there: `station/16107`. */
export function pathOf(hash: string): string {
  return hash.replace(/^#\/?/, '').split('?', 1)[0] ?? '';
}

/** A path and parameters as an address that stays legible: a fragment may hold colons and commas as they are. */
export function hashOf(path: string, params: Params): string {
  const query = new URLSearchParams(Object.entries(params)).toString();
  const said = query.replaceAll('%3A', ':').replaceAll('%2C', ',');
  return said === '' ? `#/${path}` : `#/${path}?${said}`;
}

/** A whole address with another place, without the older form of a parameter. */
export function linkTo(page: string, hash: string): string {
  const link = new URL(page);
  link.searchParams.delete('lang');
  link.hash = hash;
  return link.href;
}
