/** Sentences about verifying the lake in English. Parameters arrive formatted. */
export const verify = {
  title: 'Verify the lake',
  line: 'Reads every file and the journal against their check sums. Damaged Silver and Gold is made again from Bronze; damaged Bronze is set aside and listed, never dropped in silence.',
  start: 'Verify now',
  idle: 'Not in this visit',
  well: 'All as it was written',
  damaged: (_: number, files: string) => `Damaged: ${files}`,
  reader: 'Another tab records, and only one may write: verify there, or close it.',
  stopped: 'Stopped. What was not read yet is not verified.',
  sound: (files: string, bytes: string, at: string) =>
    `Verified ${at}: ${files}, ${bytes}, all as they were written.`,
  found: (files: string, bytes: string, at: string, damaged: string) =>
    `Verified ${at}: ${files}, ${bytes}. ${damaged}.`,
  strays: (n: number, count: string) =>
    n === 1
      ? '1 file belongs to nothing; the next tab that records looks at it.'
      : `${count} files belong to nothing; the next tab that records looks at them.`,
  known: (n: number, count: string) =>
    n === 1 ? '1 file was found damaged before.' : `${count} files were found damaged before.`,
  lost: (n: number, count: string) => (n === 1 ? '1 snapshot is lost.' : `${count} snapshots are lost.`),
  list: 'Damaged files',
  file: 'File',
  problem: 'What was found',
  done: 'What was done',
  problems: {
    missing: 'missing',
    size: 'another length',
    content: 'another content',
    journal: 'lines that cannot be read',
  },
  outcomes: {
    rebuilt: 'made again',
    partly: 'made again, but for what is lost',
    dropped: 'dropped, and made again by itself',
    set_aside: 'set aside in damaged/',
    noted: 'noted: what it told is known',
    lost: 'lost',
  },
};
