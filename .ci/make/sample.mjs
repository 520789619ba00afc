/**
 * Makes public/sample/velib-2024-11-09.bin, a real day of polls of the portal for a first visit without a network:
 * gzipped JSON, named .bin because some servers add Content-Encoding to .gz. Same inputs, same bytes (fflate, not
 * the zlib of whichever Node runs this). src/sources/sample.ts reads it and documents the encoding.
 *
 *   node .ci/make/sample.mjs
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { gzipSync } from 'fflate';
import Papa from 'papaparse';

const recorded = '2024-11-09';
/** Paris was one hour ahead of UTC on that day. */
const offset = '+01:00';
const shared = new URL('../../../shared/data/velib/v21-export-2024/', import.meta.url);
const out = new URL(`../../public/sample/velib-${recorded}.bin`, import.meta.url);

const fixed = ['stationcode', 'name', 'coordonnees_geo', 'nom_arrondissement_communes', 'code_insee_commune'];

/** In the order in which they can be rebuilt: what a column is predicted from comes before it. */
const measured = [
  { name: 'is_installed', text: true },
  { name: 'capacity' },
  { name: 'mechanical' },
  { name: 'ebike' },
  { name: 'numbikesavailable', plus: ['mechanical', 'ebike'] },
  { name: 'numdocksavailable', plus: ['capacity'], minus: ['numbikesavailable'] },
  { name: 'is_renting', text: true },
  { name: 'is_returning', text: true },
  { name: 'duedate', text: true },
];

const parse = (csv) => Papa.parse(csv, { header: true, skipEmptyLines: true }).data;

function seriesOfTheDay() {
  const csv = gunzipSync(readFileSync(new URL('series_2024-10-31_to_2024-11-09.csv.gz', shared))).toString();
  const [header, ...lines] = csv.split(/\r?\n/);
  return parse([header, ...lines.filter((line) => line.startsWith(recorded))].join('\n'));
}

/** The row of static columns that covers the whole day, by station code. */
function stationsOfTheDay(first, last) {
  const rows = parse(readFileSync(new URL('stations.csv', shared), 'utf8'));
  return new Map(
    rows
      .filter((row) => row.first_poll <= first && row.last_poll >= last)
      .map((row) => [row.stationcode, row]),
  );
}

function column({ name, text, plus = [], minus = [] }, polls) {
  const texts =
    text && [...new Set(polls.flat().map((row) => row[name]))].filter((value) => value !== '').sort();
  const index = new Map(texts?.map((value, i) => [value, i]));
  const value = (row, of) => (row[of] === '' ? null : whole(row[of]));
  const cell = (row) => {
    if (row[name] === '') return null;
    if (text) return index.get(row[name]);
    const sum = (names) => names.reduce((total, of) => total + (value(row, of) ?? 0), 0);
    return whole(row[name]) - sum(plus) + sum(minus);
  };
  const before = [];
  const rows = polls.map((poll) => {
    const changes = poll.map((row, station) => {
      const now = cell(row);
      if (now === null) return null;
      const change = now - (before[station] ?? 0);
      before[station] = now;
      return change;
    });
    while (changes.at(-1) === 0) changes.pop();
    return changes;
  });
  return { name, ...(text && { texts }), ...(plus.length && { plus }), ...(minus.length && { minus }), rows };
}

function whole(text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || String(number) !== text)
    throw new Error(`not a whole number: "${text}"`);
  return number;
}

const rows = seriesOfTheDay();
const times = [...new Set(rows.map((row) => row.poll))].sort();
const polls = times.map((time) => rows.filter((row) => row.poll === time));
const codes = polls[0].map((row) => row.stationcode);
if (polls.some((poll) => poll.map((row) => row.stationcode).join() !== codes.join())) {
  throw new Error('the polls of the day do not have the same stations in the same order');
}
const stations = stationsOfTheDay(times[0], times.at(-1));
const missing = codes.filter((code) => !stations.has(code));
if (missing.length) throw new Error(`no static columns for the whole day: ${missing.join(', ')}`);

const sample = {
  format: 1,
  recorded,
  timezone: 'Europe/Paris',
  licence: '© Ville de Paris / Smovengo / Agemob — ODbL',
  attribution: 'AbdelheqMokhtari/Velib-Dataset, commit 87dfbc159c26',
  source: 'opendata.paris.fr, velib-disponibilite-en-temps-reel, exports/json v2.1',
  polls: times.map((time) => new Date(time + offset).toISOString()),
  stations: Object.fromEntries(
    fixed.map((name) => [name, codes.map((code) => stations.get(code)[name] || null)]),
  ),
  columns: measured.map((wanted) => column(wanted, polls)),
};

const bytes = gzipSync(new TextEncoder().encode(JSON.stringify(sample)), { level: 9, mtime: 0 });
mkdirSync(new URL('.', out), { recursive: true });
writeFileSync(out, bytes);
console.log(
  `velib-${recorded}.bin: ${times.length} polls of ${codes.length} stations, ${bytes.length} bytes`,
);
