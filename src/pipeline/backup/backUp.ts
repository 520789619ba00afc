import type { Lake } from '../../lake/lake.ts';
import { dayOf, sha256Of } from '../../lake/names.ts';
import type { Outgoing } from '../../lake/outgoing.ts';
import { toVelolacError } from '../../errors.ts';
import { joined } from '../../sources/readers/content.ts';
import { Crc32 } from '../../sources/readers/crc32.ts';
import type { BackupReport, LostFile } from '../protocol.ts';
import type { Progress } from '../work.ts';
import { takePicture, type PictureFile } from './picture.ts';
import { sizeOf } from './size.ts';
import { formatSums, guides, SUMS, textFile } from './texts.ts';
import { ZipWriter } from './zipWriter.ts';

/** What is backed up, and where to. */
export interface BackupWork {
  readonly lake: Lake;
  readonly now: () => number;
  /** Runs work with no tick beside it. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Opens the file that takes the ZIP of so many bytes. */
  readonly open: (name: string, bytes: number) => Promise<Outgoing>;
}

/** How often it is told how far it is. */
const STEPS = 200;
/** Bytes that are written at a time. */
const PIECE = 4 * 2 ** 20;
/** Up to so many bytes a file is read once and held; a larger one is read again for each thing that is asked of it. */
const HELD = 8 * 2 ** 20;

/**
 * Writes a whole lake as one ZIP: a guide, the licence, the journal, what was set aside as damaged, check sums, then
 * every file under its path, stored. Ticks go on meanwhile; the caller holds off all else that writes. A file that is gone or does not have its
 * check sum is reported; a damaged one is packed as it lies. Rejects with `engine.aborted` when it was stopped, with
 * `backup.no_room`, `lake.not_writer` where another tab may change the lake, and other `lake.*`; then nothing is left behind.
 */
export async function backUp(
  { lake, now, inTurn, open }: BackupWork,
  progress: Progress,
): Promise<BackupReport> {
  const picture = await inTurn(async () => {
    await lake.fence();
    return takePicture(lake);
  });
  const { journal, aside, files } = picture;
  const at = now();
  const name = `velolac-${dayOf(at)}.zip`;
  const texts = guides();
  const summed = [...texts, ...journal, ...aside, ...files];
  const lines = new Map(summed.map(({ path, sha256: sum }) => [path, sum ?? '']));
  const { files: members, bytes } = sizeOf(picture);
  const outgoing = await open(name, bytes);
  const lost: LostFile[] = [];
  let [written, told] = [0, -bytes];
  const sink = inPieces(async (piece) => {
    progress.signal.throwIfAborted();
    await outgoing.write(piece);
    written += piece.length;
  });
  try {
    const zip = new ZipWriter(sink.write, at);
    for (const file of [...texts, ...journal, ...aside]) lines.set(file.path, await pack(zip, file));
    await pack(zip, textFile(SUMS, formatSums(lines)));
    for (const file of files) {
      if (written >= told + bytes / STEPS) {
        told = written;
        progress.tell(file.path, written / bytes);
      }
      const sum = await pack(zip, file).catch((thrown: unknown) => {
        if (toVelolacError(thrown).code !== 'lake.missing_file') throw thrown;
        return null;
      });
      if (sum === file.sha256) continue;
      const { path, snapshots } = file;
      lost.push({ path, snapshots, reason: sum === null ? 'missing' : 'damaged' });
    }
    await zip.end();
    await sink.flush();
    const missing = lost.filter(({ reason }) => reason === 'missing').length;
    const counts = { bytes: written, files: members - missing, aside: aside.length };
    return { name, ...counts, lost, file: await outgoing.close() };
  } catch (thrown) {
    // What went wrong is told, and not that its remains could not be removed: the next backup removes them.
    await Promise.allSettled([outgoing.abort()]);
    throw thrown;
  }
}

/** Packs a file and gives the SHA-256 of what lay there. */
async function pack(zip: ZipWriter, { path, open }: PictureFile): Promise<string> {
  const lies = await open();
  const blob = lies.size <= HELD ? new Blob([await lies.arrayBuffer()]) : lies;
  const crc = new Crc32();
  for await (const chunk of blob.stream()) crc.add(chunk);
  await zip.add({ path, bytes: blob.size, crc: crc.value }, blob.stream());
  return sha256Of(blob);
}

/** Gathers what is written into pieces. */
function inPieces(write: (piece: Uint8Array<ArrayBuffer>) => Promise<void>) {
  const waiting: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const flush = () => {
    const piece = joined(waiting.splice(0));
    size = 0;
    return write(piece);
  };
  return {
    flush,
    write: async (bytes: Uint8Array<ArrayBuffer>) => {
      waiting.push(bytes);
      size += bytes.length;
      if (size >= PIECE) await flush();
    },
  };
}
