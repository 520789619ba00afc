/** The instant that a parameter of the address names, `2026-11-23T16:24:00Z`; null where it names none. */
export function momentOf(text: string | undefined): number | null {
  const at = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** An instant as the address names it; null for none. */
export function nameOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
}
