import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../../src/errors.ts';
import { Format } from '../../../src/ui/format.ts';
import { sentence } from '../../../src/ui/failure.ts';
import { en } from '../../../src/ui/messages/en.ts';
import { fr } from '../../../src/ui/messages/fr.ts';

type Leaf = readonly [path: string, value: unknown];

function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

/** A sentence as it reads, each parameter a word of its own. */
function spoken(value: unknown): string {
  if (typeof value !== 'function') return String(value);
  return String((value as (...words: string[]) => unknown)('un', 'deux', 'trois', 'quatre'));
}

const figures = {
  host: 'data.example.org',
  status: 503,
  bytes: 12_345,
  path: 'a.csv',
  columns: 'bikes',
  likely: 'velos',
};
const languages = [
  ['en', en],
  ['fr', fr],
] as const;

describe('messages', () => {
  test('both languages say the same things', () => {
    const shape = (m: unknown): string[] => leaves(m).map(([path, value]) => `${path}: ${typeof value}`);
    expect(shape(fr)).toEqual(shape(en));
  });

  test.each(languages)('%s has no empty sentence', (_, m) => {
    for (const [path, value] of leaves(m)) expect(spoken(value).trim(), path).not.toBe('');
  });

  test('French puts a narrow no-break space before its double signs', () => {
    for (const [path, value] of leaves(fr)) {
      expect(spoken(value).replaceAll(/\d\d:\d\d/g, ''), path).not.toMatch(
        /[^\u202f](?:[:;?!»])(?!\/\/)|«(?!\u202f)/,
      );
    }
  });

  test.each(languages)('%s has a sentence for every error, with and without figures', (lang, m) => {
    const f = new Format(lang);
    for (const code of errorCodes) {
      for (const details of [{}, { ...figures, until: '2026-11-24T00:00:00Z', megabytes: 8, seconds: 30 }]) {
        const text = sentence({ code, message: '', details }, m, f);
        expect(text, code).toMatch(/^[“«\p{L}].*\.$/u);
        expect(text, code).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  });

  test('a spent quota says when it is given back, in Paris time', () => {
    const error = { code: 'portal.quota', message: '', details: { until: '2026-11-24T00:00:00Z' } } as const;
    expect(sentence(error, en, new Format('en'))).toContain('24 Nov, 01:00');
    expect(sentence(error, fr, new Format('fr'))).toContain('24 nov., 01:00');
  });
});
