import { VelolacError } from '../../errors.ts';
import { blobContent, head, whole, type Content } from './content.ts';
import { openCsv } from './csv.ts';
import { gunzip } from './gzip.ts';
import { openJson } from './json.ts';
import { openParquet, type ParquetReader } from './parquet.ts';
import type { Found, OpenTable } from './reader.ts';
import { decodeWhole, utf16Of } from './text.ts';
import { entries, member } from './zip.ts';

export interface OpenOptions {
  readonly signal?: AbortSignal;
  readonly parquet: ParquetReader;
}

/** An archive in an archive, a `.csv.gz` in a ZIP: deeper is a bomb's way, not a recording's. */
const MAX_ARCHIVES = 2;

/** The most bytes of an archive that lies in another: it is unpacked into memory. */
const MAX_INNER = 1e9;

/** Bytes that tell what a file is. */
const START = 4096;

/** What an archive holds beside its members: left by the systems that packed it. */
const leftovers = /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i;

/** Members that only an office document has. */
const office = new Set(['[Content_Types].xml', 'content.xml']);

/**
 * The tables in a file: its own, or one a member of an archive, found by content and never by name. A member of
 * a ZIP that gives no table is found as `Unreadable`, and the others all the same; a file that gives none rejects
 * with `import.*`. Rejects with `import.aborted` and `engine.*`, too.
 */
export async function* openTables(
  file: Blob,
  name: string,
  options: OpenOptions,
): AsyncGenerator<Found, void> {
  yield* open(blobContent(name, file, options.signal), options, 0);
}

async function* open(content: Content, options: OpenOptions, archives: number): AsyncGenerator<Found, void> {
  const start = await head(content, START);
  const kind = kindOf(start);
  if (kind === 'zip' || kind === 'gzip') yield* unpack(content, kind, options, archives + 1);
  else if (kind === 'parquet') yield await openParquet(content, options.parquet);
  else yield await openText(content, start);
}

async function* openMember(
  content: Content,
  options: OpenOptions,
  archives: number,
): AsyncGenerator<Found, void> {
  try {
    yield* open(content, options, archives);
  } catch (error) {
    const isOfMember = error instanceof VelolacError && error.code.startsWith('import.');
    if (!isOfMember || error.code === 'import.aborted') throw error;
    yield { name: content.name, error };
  }
}

async function* unpack(
  content: Content,
  kind: 'zip' | 'gzip',
  options: OpenOptions,
  archives: number,
): AsyncGenerator<Found, void> {
  if (archives > MAX_ARCHIVES) {
    throw new VelolacError('import.too_deep', `more than ${MAX_ARCHIVES} archives in one another`);
  }
  const blob = content.blob ?? (await whole(content, MAX_INNER));
  if (kind === 'gzip') {
    yield* open(gunzip(blobContent(content.name, blob, options.signal), blob), options, archives);
    return;
  }
  const members = (await entries(blob)).filter(({ path }) => !leftovers.test(path));
  if (members.length === 0) throw new VelolacError('import.empty', 'the ZIP holds no file');
  if (members.some(({ path }) => office.has(path))) throw notATable('an office document');
  for (const entry of members) yield* openMember(member(blob, entry, options.signal), options, archives);
}

async function openText(content: Content, start: Uint8Array): Promise<OpenTable> {
  if (start.length === 0) throw new VelolacError('import.empty', 'the file has no bytes');
  if (isBinary(start)) throw notATable('not a text');
  return /^\s*[[{]/.test(decodeWhole(start)) ? openJson(content) : openCsv(content, start);
}

function notATable(what: string): VelolacError {
  return new VelolacError('import.not_a_table', `the content is ${what}`);
}

/** By the first bytes: RFC 1952, PKWARE's APPNOTE 4.3, and the Parquet format. */
function kindOf(start: Uint8Array): 'gzip' | 'zip' | 'parquet' | 'text' {
  const signature = String.fromCharCode(...start.subarray(0, 4));
  if (signature.startsWith('\x1f\x8b')) return 'gzip';
  if (signature === 'PK\x03\x04' || signature === 'PK\x05\x06') return 'zip';
  return signature === 'PAR1' ? 'parquet' : 'text';
}

/**
 * Whether bytes are a picture, a program or the like: more than one in a hundred is a control character (one in
 * ten of random bytes is; a text has none), or it is a PDF, which begins as a text.
 */
function isBinary(start: Uint8Array): boolean {
  if (utf16Of(start)) return false;
  if (String.fromCharCode(...start.subarray(0, 5)) === '%PDF-') return true;
  const control = start.filter((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127).length;
  return control * 100 > start.length;
}
