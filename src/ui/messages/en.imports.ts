/** Sentences of the import in English. Parameters arrive formatted. */
export const imports = {
  title: 'Import',
  line: 'Old files of any schema: JSON, GeoJSON, GBFS, CSV, Parquet, gzipped or in a ZIP. The originals are kept as they are.',
  drop: 'Drop files here, or choose them',
  fromAddress: 'or from a web address',
  address: 'Address of a file',
  fetch: 'Fetch',
  fetching: 'Fetching…',
  addressLine:
    'It works for hosts that let other sites read them. If one does not, save the file and drop it here.',
  notAddress: 'This is not a web address.',
  reader: 'Another tab records, and only one may write: import there, or close it.',
  sample: 'You are looking at the bundled day. Importing goes to your own lake, and the page switches to it.',
  reading: (n: number, count: string) => (n === 1 ? 'Reading 1 file…' : `Reading ${count} files…`),
  chosen: (n: number, count: string, bytes: string) =>
    n === 1 ? `1 file, ${bytes}` : `${count} files, ${bytes}`,
  unreadable: (n: number, count: string) =>
    n === 1 ? '1 of them cannot be read.' : `${count} of them cannot be read.`,
  remove: (name: string) => `Do not import ${name}`,
  clear: 'Clear the list',
  tables: (n: number, count: string) => (n === 1 ? '1 table inside' : `${count} tables inside`),
  tablesOf: (count: string, kind: string) => `${count} × ${kind}`,
  moreKinds: (n: number, count: string) => (n === 1 ? 'and 1 other kind' : `and ${count} other kinds`),
  information: 'what stations are, without counts',
  stations: (by: string) => `stations ${by}`,
  unmapped: (columns: string) =>
    `Nothing in it is known as ${columns}. It is kept in Bronze, and waits for your word in Health.`,
  series: (time: string, basis: string) => `Many snapshots, from ${time}, ${basis}`,
  single: (time: string, basis: string) => `Taken ${time}, ${basis}`,
  untimed: 'No time is known',
  taken: (name: string) => `Paris time of ${name}`,
  takenLabel: 'Taken at (Paris time)',
  reset: 'As the file tells',
  invalid: 'This is not a time.',
  skipped: 'The clocks skipped this hour that night.',
  future: 'This time is still to come.',
  twice: 'The clocks went through this hour twice that night: the first is meant.',
  import: (n: number, count: string) => (n === 1 ? 'Import 1 file' : `Import ${count} files`),
  importing: 'Importing…',
  done: (n: number, count: string, rows: string) =>
    n === 1 ? `1 file imported: ${rows} accepted.` : `${count} files imported: ${rows} accepted.`,
  stopped: 'Stopped. What was imported until then is in the lake.',
  results: 'What came of it',
  history: 'All imports so far',
  historyLine: 'The newest first.',
  none: 'No file has been imported yet.',
  outcomes: {
    added: 'in the lake',
    known: 'already in the lake',
    waiting: 'waits for your word',
    partly: 'in part in the lake',
    refused: 'not imported',
    nothing: 'nothing new in it',
  },
  table: 'Table',
  rows: 'Rows',
  at: (moment: string) => `imported ${moment}`,
  accepted: 'accepted',
  quarantined: 'quarantined',
  rejected: 'rejected',
  discarded: 'values discarded',
  why: 'Why rows were rejected',
  discards: 'Values that could not be trusted, by column',
  known: (n: number, count: string) =>
    n === 1 ? '1 snapshot was in the lake already' : `${count} snapshots were in the lake already`,
  garbled: (n: number, count: string) =>
    n === 1
      ? '1 name had lost letters before it came, and is kept as it is.'
      : `${count} names had lost letters before they came, and are kept as they are.`,
  toHealth: 'Give your word in Health',
  knownLine: 'The same file was imported before: nothing was added.',
  corrects: (time: string, basis: string) =>
    `It was in the lake before, taken ${time}, ${basis}. That time is corrected.`,
  bar: (accepted: string, quarantined: string, rejected: string) =>
    `${accepted} accepted, ${quarantined} quarantined, ${rejected} rejected`,
};
