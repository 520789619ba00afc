import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isGarbled, isSuspicious, repair } from '../../../src/silver/repair.ts';

/** 0x80–0x9f of windows-1252. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Reads the UTF-8 of a text as Latin-1 or windows-1252, as those who garbled it did. */
function garble(text: string, encoding: 'latin1' | 'windows-1252'): string {
  const bytes = new TextEncoder().encode(text);
  const latin1 = String.fromCharCode(...bytes);
  // Node's own decoder takes windows-1252 for Latin-1.
  return encoding === 'latin1'
    ? latin1
    : latin1.replace(/[\x80-\x9f]/g, (c) => upper[c.charCodeAt(0) - 0x80]!);
}

test('a name is repaired whether it was garbled by Latin-1 or by windows-1252', () => {
  expect(repair('HÃ´pital Mondor')).toBe('Hôpital Mondor');
  expect(repair('Place Ã\u0089mile Goudeau')).toBe('Place Émile Goudeau');
  expect(repair('Place Ã‰mile Goudeau')).toBe('Place Émile Goudeau');
  expect(repair('Lâ€™Ã‰toile')).toBe('L’Étoile');
});

test('a name that was garbled several times is repaired to the end', () => {
  expect(repair('HÃƒÂ´pital')).toBe('Hôpital');
  expect(repair('HÃƒÆ’Ã‚Â´pital')).toBe('Hôpital');
});

test('a sound name is left alone, and so is one that does not round-trip', () => {
  const sound = ['Hôpital Mondor', 'Œuvre – Été', 'São Paulo', 'Âge d’Or', 'naïve Ï¿', 'Διάβαση', ''];
  expect(sound.map(repair)).toEqual(sound);
  expect(repair('HÃ´pital Été')).toBe('HÃ´pital Été');
  expect(repair('HÃ´pital 駅')).toBe('HÃ´pital 駅');
});

test('a text without such pairs is not looked at further', () => {
  expect(isSuspicious('Benjamin Godard - Victor Hugo, Hôpital Mondor')).toBe(false);
});

const encoding = fc.constantFrom('latin1' as const, 'windows-1252' as const);
const french = fc.string({
  unit: fc.constantFrom(...Array.from('abc XYZ-éèêëàâäîïôöûüùçÉÈÀÇœŒ’–€')),
  maxLength: 40,
});

test('any French name that was garbled up to three times comes back', () => {
  fc.assert(
    fc.property(french, fc.array(encoding, { maxLength: 3 }), (name, by) => {
      const garbled = by.reduce(garble, name);
      // What reads as mojibake before it was garbled (none of these letters do, but in pairs) cannot be told apart.
      fc.pre(!isSuspicious(name));
      expect(repair(garbled)).toBe(name);
    }),
    { numRuns: 1000 },
  );
});

test('a name whose letters are lost is told, and no other', () => {
  for (const name of ['Ch\ufffdtelet', 'Gare de l?Est', 'HÃ´pital Été'])
    expect(isGarbled(name), name).toBe(true);
  for (const name of ['Châtelet', 'HÃ´pital Mondor', 'Où ? Ici', 'Quai de l’Horloge', ''])
    expect(isGarbled(name), name).toBe(false);
});
