import { describe, expect, test } from 'vitest';
import { openTables } from '../../../../src/sources/readers/open.ts';
import { readOne, refusal } from './read.ts';

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A blob that is made while it is read, a line at a time, and never held whole. */
class Endless extends Blob {
  override readonly size: number;
  /** The end of what was read. */
  read = 0;

  constructor(
    private readonly header: string,
    private readonly line: string,
    count: number,
  ) {
    super();
    this.size = header.length + line.length * count;
  }

  override slice(from = 0, to = this.size): Blob {
    const { header, line } = this;
    this.read = Math.min(to, this.size);
    let text = from < header.length ? header.slice(from, to) : '';
    const skip = Math.max(from - header.length, 0) % line.length;
    const wanted = Math.min(to, this.size) - from;
    text += line.slice(skip) + line.repeat(Math.ceil(Math.max(wanted, 0) / line.length) + 1);
    return new Blob([text.slice(0, Math.max(wanted, 0))]);
  }
}

describe('a CSV', () => {
  test.each([',', ';', '\t', '|'])('is separated by %j, found by content', async (delimiter) => {
    const lines = [
      ['code', 'name', 'bikes'],
      ['16107', 'Étoile, "d\'or"; l’autre', '3'],
      ['31001', 'a|b\tc', ''],
    ];
    const text = lines
      .map((line) => line.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter))
      .join('\n');
    const { envelope, header, rows, malformed } = await readOne(text, 'picture.png');
    expect([envelope, header]).toEqual(['csv', lines[0]]);
    expect(rows).toEqual([lines[1], ['31001', 'a|b\tc', null]]);
    expect(malformed).toEqual([]);
  });

  test.each([
    ['a byte order mark and CRLF', '\ufeffa;b\r\n1;2\r\n3;4\r\n'],
    ['no line feed at its end', 'a;b\n1;2\n3;4'],
    ['CR alone', 'a;b\r1;2\r3;4\r'],
    ['blank lines before, between and after', '\n\na;b\n1;2\n\n  \n3;4\n\n\n'],
    ['both ends of lines', 'a;b\r\n1;2\n3;4\r\n'],
  ])('may have %s', async (_, text) => {
    const { header, rows, malformed } = await readOne(text);
    expect([header, rows, malformed]).toEqual([
      ['a', 'b'],
      [
        ['1', '2'],
        ['3', '4'],
      ],
      [],
    ]);
  });

  test('has line feeds and doubled quotes inside quotes', async () => {
    const { rows } = await readOne('a,b\n"one\r\ntwo","say ""hi"""\n"x\n\ny",2\n');
    expect(rows).toEqual([
      ['one\ntwo', 'say "hi"'],
      ['x\n\ny', '2'],
    ]);
  });

  test('keeps empty and equal names, as pandas and the portal of 2019 write them', async () => {
    const { header, rows } = await readOne(',code,PARK+,PARK+\n0,16107,1,2\n');
    expect(header).toEqual(['', 'code', 'PARK+', 'PARK+']);
    expect(rows).toEqual([['0', '16107', '1', '2']]);
  });

  test('has a nameless first column when R wrote row names, and a last one when rows end with a delimiter', async () => {
    expect((await readOne('code bikes,name\n1,16107,x\n2,31001,y\n')).header).toEqual([
      '',
      'code bikes',
      'name',
    ]);
    expect((await readOne('code;name\n16107;x;\n31001;y;\n')).header).toEqual(['code', 'name', '']);
  });

  test('gives lines of another width as they came', async () => {
    const { rows, malformed } = await readOne('a;b\n1;2\n3\n4;"5";6\n7;8\n9;10\n11;12\n');
    expect(rows).toHaveLength(4);
    expect(malformed).toEqual(['3', '4;"5";6']);
  });

  test.each([
    ['that never closes', '"3;4', 500_000, ['"3;4']],
    ['that never closes in the last column', '3;"4', 500_000, []],
    ['that another closes', '3;"4\n5;6\n7";8', 10, []],
    ['in the last line', '"3;4', 0, ['"3;4']],
  ])('keeps its lines beside a stray quote %s', async (_, broken, count, lost) => {
    const { rows, malformed } = await readOne(`a;b\n1;2\n${broken}\n${'9;10\n'.repeat(count)}`);
    expect(rows[0]).toEqual(['1', '2']);
    expect(rows.filter(([a]) => a === '9')).toHaveLength(count);
    expect(malformed).toEqual(lost);
  });

  test('takes column names and values for what they are', async () => {
    const evil = `a"; DROP TABLE x; --`;
    const { header, rows } = await readOne(`"${evil.replaceAll('"', '""')}",b\n');--,__proto__\n`);
    expect([header, rows]).toEqual([[evil, 'b'], [["');--", '__proto__']]]);
  });
});

describe('the encoding', () => {
  // Without the characters that Windows-1252 has and Latin-1 has not: Node 20 takes one for the other.
  const text = 'code;nom\n16107;Hôpital Mondor «Créteil»\n';

  test('is UTF-8 or Windows-1252', async () => {
    expect((await readOne(utf8(text))).rows).toEqual([['16107', 'Hôpital Mondor «Créteil»']]);
    expect((await readOne(latin1(text))).rows).toEqual([['16107', 'Hôpital Mondor «Créteil»']]);
  });

  test.each([
    ['little', 0],
    ['big', 1],
  ])('is UTF-16 with a byte order mark, %s endian', async (_, high) => {
    const units = Array.from(`\ufeff${text}`, (char) => char.charCodeAt(0));
    const bytes = Uint8Array.from(units.flatMap((u) => (high ? [u >> 8, u & 255] : [u & 255, u >> 8])));
    expect((await readOne(bytes)).rows).toEqual([['16107', 'Hôpital Mondor «Créteil»']]);
  });

  test('is found line by line, since files are put together from others', async () => {
    const bytes = new Uint8Array([...utf8('code;nom\n1;é\n'), ...latin1('2;é\n'), ...utf8('3;é\n')]);
    expect((await readOne(bytes)).rows.map(([, name]) => name)).toEqual(['é', 'é', 'é']);
  });

  test('of a character that two pieces of the file share is still its own', async () => {
    for (const shift of [0, 1, 2, 3]) {
      const many = `code;nom\n${'x'.repeat(shift)};y\n${'16107;€€€€€\n'.repeat(40_000)}`;
      const { rows } = await readOne(utf8(many));
      expect(new Set(rows.slice(1).map(([, name]) => name))).toEqual(new Set(['€€€€€']));
    }
  });
});

describe('what is no table', () => {
  const png = new Uint8Array([
    0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 1, 0,
  ]);
  const random = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 7919 + i * 31) >> 3);

  test.each([
    ['import.empty', ''],
    ['import.empty', ' \n\r\n\t\n'],
    ['import.no_rows', 'code;name;bikes\n'],
    ['import.no_rows', 'code;name;bikes'],
    ['import.not_a_table', 'code\n16107\n31001\n'],
    ['import.not_a_table', '<!doctype html>\n<title>a,b</title>\n<p>c,d</p>\n'],
    [
      'import.not_a_table',
      'Dear all,\n\nhere are the stations, the bikes, and more.\nThey are three.\nBye, me\n',
    ],
    ['import.not_a_table', `%PDF-1.7\n${'a,b\n'.repeat(100)}`],
    ['import.not_a_table', png],
    ['import.not_a_table', random],
    [
      'import.too_wide',
      `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(4999)}1\n`,
    ],
    [
      'import.too_wide',
      `${Array.from({ length: 1001 }, (_, i) => `a long name of a column ${i}`).join(';')}\n`,
    ],
    ['import.long_line', `a;b\n1;2\n3;${'x'.repeat(10e6)}\n5;6\n`],
    ['import.long_line', 'x'.repeat(3e6)],
  ])('%s', async (code, content) => {
    expect(await refusal(content)).toBe(code);
  });
});

describe('a large CSV', () => {
  const line = `16107,"Benjamin Godard, Victor Hugo",35,12,3,9,2024-11-04T10:55:32+01:00\n`;
  const count = Math.ceil(60e6 / line.length);
  const large = new Endless('code,name,capacity,bikes,mechanical,ebike,duedate\n', line, count);
  const open = async (signal?: AbortSignal) => {
    const parquet = () => Promise.reject(new Error('none'));
    const { value } = await openTables(large, 'large.csv', signal ? { parquet, signal } : { parquet }).next();
    if (!value || 'error' in value) throw new Error('no table');
    return value;
  };

  test('of 60 MB comes in slices of at most 50 000 rows, and little is read ahead', async () => {
    const table = await open();
    let rows = 0;
    for await (const slice of table.slices()) {
      expect(slice.rows.length).toBe(Math.min(50_000, count - rows));
      expect(slice.rows[0]).toHaveLength(7);
      rows += slice.rows.length;
      expect(large.read - rows * line.length).toBeLessThan(1e6);
    }
    expect(rows).toBe(count);
  });

  test('can be read again', async () => {
    const table = await open();
    for (let pass = 0; pass < 2; pass++) {
      for await (const { rows } of table.slices()) {
        expect(rows[0]?.slice(0, 2)).toEqual(['16107', 'Benjamin Godard, Victor Hugo']);
        break;
      }
    }
  });

  test('can be left', async () => {
    const leave = new AbortController();
    const table = await open(leave.signal);
    const read = async () => {
      for await (const slice of table.slices()) if (slice.rows.length > 0) leave.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'import.aborted' });
  });
});
