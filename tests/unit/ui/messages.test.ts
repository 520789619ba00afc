import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../../src/errors.ts';
import { Format } from '../../../src/ui/format.ts';
import { sentence } from '../../../src/ui/failure.ts';
import { en } from '../../../src/ui/messages/en.ts';
import { fr } from '../../../src/ui/messages/fr.ts';
import { viewMessages } from '../../../src/ui/messages/views.ts';
import { contract } from '../../../src/silver/contract.ts';
import { eras } from '../../../src/silver/eras.ts';

/** Sources of the page, without its sentences. */
const sources = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(svelte|ts)$/.test(path) && !path.startsWith('messages'))
  .map((path) => readFileSync(`src/ui/${path}`, 'utf8'));

/**
 * Whether a source names a sentence: `group.key`; the whole group, `group[…]` or handed on; or `key` of a group that
 * it has taken out, `m[…]` where a literal names it.
 */
function isUsed(group: string, key: string, text: string): boolean {
  const whole = String.raw`(\bi18n|\bm|\bwords|\bdata|\])(\.\w+)?\.${group}`;
  if (new RegExp(String.raw`\b${group}\.${key}\b|${whole}[[,)]`).test(text)) return true;
  if (!new RegExp(String.raw`${whole}\b(?![.[(])`).test(text)) return false;
  if (new RegExp(String.raw`\.${key}\b|\b${key}\b[^\n]*= i18n`).test(text)) return true;
  return /\bm\[/.test(text) && sources.some((other) => other.includes(`'${key}'`));
}

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
/** All sentences, those too that are loaded with their view. */
const whole = { en: { m: en, ...viewMessages.en }, fr: { m: fr, ...viewMessages.fr } };
const languages = [
  ['en', whole.en],
  ['fr', whole.fr],
] as const;

describe('messages', () => {
  test('both languages say the same things', () => {
    const shape = (m: unknown): string[] => leaves(m).map(([path, value]) => `${path}: ${typeof value}`);
    expect(shape(whole.fr)).toEqual(shape(whole.en));
  });

  test('no sentence is left over', () => {
    const unused = leaves({ ...whole.en, m: { ...en, errors: {} } })
      .map(([path]) => path.split('.').slice(-2))
      .filter(([group = '', key = '']) => !sources.some((text) => isUsed(group, key, text)));
    expect(unused).toEqual([]);
  });

  test.each(['en', 'fr'] as const)('%s has words for every column and every era', (lang) => {
    const { columns, eras: names } = viewMessages[lang].data;
    expect(Object.keys(columns)).toEqual(expect.arrayContaining(contract.map(({ name }) => name)));
    expect(Object.keys(names).toSorted()).toEqual(eras.map(({ id }) => id).toSorted());
  });

  test.each(languages)('%s has no empty sentence', (_, m) => {
    for (const [path, value] of leaves(m)) expect(spoken(value).trim(), path).not.toBe('');
  });

  test('French puts a no-break space before a colon, a narrow one before its other double signs', () => {
    for (const [path, value] of leaves(whole.fr)) {
      expect(spoken(value).replaceAll(/\d\d:\d\d/g, ''), path).not.toMatch(
        /[^\u202f][;?!»]|[^\u00a0]:(?!\/\/)|«(?!\u202f)/,
      );
    }
  });

  test.each(languages)('%s has a sentence for every error, with and without figures', (lang, m) => {
    const f = new Format(lang);
    for (const code of errorCodes) {
      for (const details of [{}, { ...figures, until: '2026-11-24T00:00:00Z', megabytes: 8, seconds: 30 }]) {
        for (const resumes of [true, false]) {
          const text = sentence({ code, message: '', details }, m.m, f, resumes);
          expect(text, code).toMatch(/^[“«\p{L}].*\.$/u);
          expect(text, code).not.toMatch(/undefined|null|NaN|\[object/);
        }
      }
    }
  });

  test('a spent quota says when it is given back, in Paris time', () => {
    const error = { code: 'portal.quota', message: '', details: { until: '2026-11-24T00:00:00Z' } } as const;
    expect(sentence(error, en, new Format('en'), true)).toContain('24 Nov, 01:00');
    expect(sentence(error, fr, new Format('fr'), true)).toContain('24 nov., 01:00');
  });

  test('a next attempt is promised only where there is one', () => {
    for (const code of ['portal.unreachable', 'portal.server', 'portal.busy', 'portal.quota'] as const) {
      const error = { code, message: '', details: {} };
      const promise = /next (minute|attempt)|asked again|Recording (waits|resumes)/;
      expect(sentence(error, en, new Format('en'), true), code).toMatch(promise);
      expect(sentence(error, en, new Format('en'), false), code).not.toMatch(promise);
    }
    expect(en.notices.offline(false)).not.toContain('resumes');
  });
});

describe('figures', () => {
  const f = new Format('en');

  test('shares and means always have one decimal, and a trace is not nothing', () => {
    expect([f.share(0.02), f.share(0.8321), f.mean(30)]).toEqual(['2.0%', '83.2%', '30.0']);
    expect([f.share(0.0002), f.share(0)]).toEqual(['<\u00a00.1%', '0.0%']);
    expect([f.count(1234.6), f.count(12.4), f.count(0.2)]).toEqual(['1,235', '12', '<\u00a01']);
  });

  test('bytes have a short unit in both languages', () => {
    expect([f.bytes(0), f.bytes(44), new Format('fr').bytes(44)]).toEqual([
      '0\u00a0B',
      '44\u00a0B',
      '44\u00a0o',
    ]);
  });

  test('a mean of less than one is told in words', () => {
    const said = [0, 0.3, 0.7, 1.6].map((n) => viewMessages.en.history.out.some.stations(n, f.count(n)));
    expect(said).toEqual(['0 stations', 'fewer than one station', '1 station', '2 stations']);
    const dit = [0, 0.3, 0.7, 1.6].map((n) => viewMessages.fr.history.out.some.docks(n, f.count(n)));
    expect(dit).toEqual(['0 borne', 'moins d’une borne', '1 borne', '2 bornes']);
  });

  test('one row is no rows', () => {
    expect(en.strip.rows.silver(1, '1')).toBe('1 row');
    expect(fr.strip.rows.silver(0, '0')).toBe('0 ligne');
  });

  test('in French, what was done to rows and files agrees with how many they are', () => {
    const { health, imports, record, verify } = viewMessages.fr;
    expect(health.imports.line('2 fichiers', 1, '1 ligne')).toBe('2 fichiers, 1 ligne acceptée');
    expect(health.imports.line('1 fichier', 2, '2 lignes')).toBe('1 fichier, 2 lignes acceptées');
    expect(imports.done(1, '1', 0, '0 ligne')).toBe('1 fichier importé\u00a0: 0 ligne acceptée.');
    expect(record.cell(1, '1', 60, '60')).toBe('1 relevé sur 60');
    expect(viewMessages.en.record.cell(1, '1', 1, '1')).toBe('1 of 1 snapshot');
    expect(verify.damaged(3, '3 fichiers')).toBe('3 fichiers endommagés');
  });

  test('so many hours a day are told in words where a figure would not read', () => {
    const told = (lang: 'en' | 'fr') => {
      const { hours } = viewMessages[lang].space;
      return [0, 0.2, 0.49, 0.5, 1, 1.49, 1.5, 23.6].map((n) => hours(n, new Format(lang).count(n)));
    };
    expect(told('en')).toEqual([
      ...['none', 'less than an hour a day', 'less than an hour a day'],
      ...['an hour a day', 'an hour a day', 'an hour a day', '2 hours a day', '24 hours a day'],
    ]);
    expect(told('fr')).toEqual([
      ...['aucune', 'moins d’une heure par jour', 'moins d’une heure par jour'],
      ...['une heure par jour', 'une heure par jour', 'une heure par jour'],
      ...['2 heures par jour', '24 heures par jour'],
    ]);
  });
});
