import { deflateSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { toExport } from '../replica/body.ts';
import { loadRecording } from '../replica/recording.ts';

/** A file as a visitor brings it. */
export interface OldFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const file = (name: string, text: string | Buffer, mimeType = 'text/csv'): OldFile => {
  return { name, mimeType, buffer: Buffer.from(text) };
};

/** Three polls of 63 stations, 9 November 2024, 12:00:01 to 12:10:01 in Paris. */
export const polls = () => loadRecording('', 'fixture');

/** The portal's export of 2024, named by its author's clock in Paris. */
export async function export2024(poll = 0): Promise<OldFile> {
  const { at, records } = (await polls())[poll]!;
  const stamp = new Date(at + 3_600_000).toISOString().replace(/\D/g, '');
  return file(`velib_${stamp.slice(0, 8)}_${stamp.slice(8, 14)}.json`, toExport(records), 'application/json');
}

/** The portal's CSV of 2023, French labels, with a byte order mark: a row without a code, and a capacity that is none. */
export async function labels2023(): Promise<OldFile> {
  const { records } = (await polls())[0]!;
  const header = [
    ...['Identifiant station', 'Nom station', 'Station en fonctionnement', 'Capacité de la station'],
    ...['Nombre bornettes libres', 'Nombre total vélos disponibles', 'Vélos mécaniques disponibles'],
    ...['Vélos électriques disponibles', 'Borne de paiement disponible', 'Retour vélib possible'],
    ...['Actualisation de la donnée', 'Coordonnées géographiques', 'Nom communes équipées'],
  ];
  const lines = records.map((one, index) => [
    ...[index === 0 ? '' : one.stationcode, one.name, one.is_installed, index === 1 ? 'n/a' : one.capacity],
    ...[one.numdocksavailable, one.numbikesavailable, one.mechanical, one.ebike],
    ...[one.is_renting, one.is_returning, one.duedate?.replace('2024', '2023')],
    ...[one.coordonnees_geo && `${one.coordonnees_geo.lat}, ${one.coordonnees_geo.lon}`],
    one.nom_arrondissement_communes,
  ]);
  const text = [header, ...lines].map((cells) => `${cells.join(';')}\r\n`).join('');
  return file('velib-disponibilite-en-temps-reel.csv', `\ufeff${text}`);
}

/** The operator's CSV of 2014: other names, other flags, no types of bike. */
export async function jcdecaux2014(): Promise<OldFile> {
  const { records } = (await polls())[0]!;
  const header =
    'number;name;address;position;banking;bonus;status;contract_name;bike_stands;available_bike_stands;available_bikes;last_update';
  const lines = records.map((one) => {
    const { lat = 0, lon = 0 } = one.coordonnees_geo ?? {};
    return [
      ...[one.stationcode, `${one.stationcode} - ${one.name}`, '', `${lat}, ${lon}`, 'True', 'False'],
      ...[one.is_installed === 'OUI' ? 'OPEN' : 'CLOSED', 'Paris', one.capacity],
      ...[one.numdocksavailable, one.numbikesavailable, '2014-12-24T14:18:05+00:00'],
    ].join(';');
  });
  return file('stations-velib.csv', [header, ...lines, ''].join('\n'));
}

/** A series: a column tells the poll. With `repeat`, as many times as long, each poll five minutes after the other. */
export async function series2024(repeat = 1): Promise<OldFile> {
  const text = await readFile(new URL('../fixtures/portal/series.csv', import.meta.url), 'utf8');
  const [header, ...lines] = text.trimEnd().split('\n');
  const three = 900_000;
  const shifted = Array.from({ length: repeat }, (_, round) =>
    lines.map((line) => {
      const at = Date.parse(`${line.slice(0, 19)}Z`) + round * three;
      return new Date(at).toISOString().slice(0, 19) + line.slice(19);
    }),
  );
  return file('series.csv', [header, ...shifted.flat(), ''].join('\n'));
}

/** Files that hold no table of stations, and the words that tell why. */
export async function unreadable(): Promise<readonly { readonly file: OldFile; readonly why: RegExp }[]> {
  const { buffer } = await export2024();
  return [
    { file: file('picture.csv', png()), why: /holds no table of stations/ },
    { file: file('empty.json', ''), why: /The file is empty\./ },
    { file: file('cut.json', buffer.subarray(0, buffer.length >> 1)), why: /ends in the middle/ },
  ];
}

/** The beginning of a PNG, and bytes of a picture. */
function png(): Buffer {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 37) % 256)));
  return Buffer.concat([signature, Buffer.from('\0\0\0\rIHDR'), pixels]);
}
