import { toExport, toPortalJson } from './body.ts';
import type { Quota } from './quota.ts';

/** A fault of the portal, given to `replica.next`. */
export type Fault =
  /** No fault: an ordinary answer, perhaps late or without its CORS header. */
  | { readonly fault: 'none' }
  /** A server error with a line of text. */
  | { readonly fault: 'status'; readonly status: number }
  /** 429 with errorcode 10002 and a time to wait for. */
  | { readonly fault: 'quota' }
  /** 429 with nothing else. */
  | { readonly fault: 'busy' }
  /** 400 as the API words it. */
  | { readonly fault: 'refused' }
  /** A page of HTML with status 200. */
  | { readonly fault: 'html' }
  /** The export, ended after `at` bytes (half of it unless told), with status 200 and a length that fits. */
  | { readonly fault: 'cut'; readonly at?: number }
  /** Bytes that are no text. */
  | { readonly fault: 'garbage' }
  /** `[]` */
  | { readonly fault: 'empty' }
  /** JSON, but not records: `{"message": …}`. */
  | { readonly fault: 'not-records' }
  /** Texts where numbers are expected, numbers out of any range, a position as text, one row without a code. */
  | { readonly fault: 'wrong-types' }
  /** Columns under other names, in their old places: from the name that the portal uses to the new one. */
  | { readonly fault: 'rename'; readonly names: Readonly<Record<string, string>> }
  /** The records, changed by the test: renamed, dropped or added columns. */
  | { readonly fault: 'edit'; readonly edit: (record: Record<string, unknown>, index: number) => unknown }
  /** This body, byte for byte. */
  | {
      readonly fault: 'body';
      readonly body: string | Uint8Array;
      readonly status?: number;
      readonly type?: string;
    }
  /** Real records, repeated until the body has this many bytes (60 MB unless told). */
  | { readonly fault: 'large'; readonly bytes?: number }
  /** This many rows (100 000 unless told), each station under a code of its own. */
  | { readonly fault: 'rows'; readonly rows?: number }
  /** Takes the request and never answers. */
  | { readonly fault: 'silent' }
  /** Breaks the connection: before the answer, or after `after` bytes of it. */
  | { readonly fault: 'reset'; readonly after?: number };

/** What any fault may have beside it: a delay in milliseconds, no `Access-Control-Allow-Origin`. */
export type Script = Fault & { readonly delay?: number; readonly cors?: boolean };

/** One answer before it is sent. `breakAfter`: reset the connection after so many bytes. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly breakAfter?: number;
}

const json = 'application/json; charset=utf-8';

export function textAnswer(status: number, body: string | Uint8Array, type = json): Answer {
  return { status, type, body: Buffer.from(body) };
}

/** An error in the words of the API. */
export function apiError(status: number, code: string, message: string): Answer {
  return textAnswer(status, toPortalJson({ error_code: code, message }));
}

/** The answer that a fault makes of the records; null for silence. */
export function faultyAnswer(script: Fault, records: readonly object[], quota: Quota): Answer | null {
  const whole = () => textAnswer(200, toExport(records));
  switch (script.fault) {
    case 'none':
      return whole();
    case 'status':
      return textAnswer(script.status, 'The server encountered an error.\n', 'text/plain');
    case 'quota':
      return textAnswer(429, toPortalJson(quota.body()));
    case 'busy':
      return textAnswer(429, '', 'text/plain');
    case 'refused':
      return apiError(400, 'ODSQLSyntaxError', 'ODSQL query is malformed: invalid syntax.');
    case 'html':
      return textAnswer(200, '<!doctype html><title>Maintenance</title><p>Back soon.</p>\n', 'text/html');
    case 'cut': {
      const { body } = whole();
      return textAnswer(200, body.subarray(0, script.at ?? body.length >> 1));
    }
    case 'garbage':
      return textAnswer(
        200,
        Uint8Array.from({ length: 4096 }, (_, i) => (i * 167 + 13) % 256),
      );
    case 'empty':
      return textAnswer(200, '[]');
    case 'not-records':
      return textAnswer(200, toPortalJson({ message: 'ok' }));
    case 'wrong-types':
      return textAnswer(200, toExport(records.map(withWrongTypes)));
    case 'rename':
      return textAnswer(200, toExport(records.map((record) => withNames(record, script.names))));
    case 'edit':
      return textAnswer(200, toExport(records.map((record, index) => script.edit({ ...record }, index))));
    case 'body':
      return textAnswer(script.status ?? 200, script.body, script.type);
    case 'large':
      return textAnswer(200, repeated(records, script.bytes ?? 60_000_000));
    case 'rows':
      return textAnswer(200, toExport(Array.from({ length: script.rows ?? 100_000 }, multiplied(records))));
    case 'reset':
      return { ...whole(), breakAfter: script.after ?? 0 };
    case 'silent':
      return null;
  }
}

function withNames(record: object, names: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [names[name] ?? name, value]));
}

function withWrongTypes(record: object, index: number): object {
  if (index === 0) return { ...record, stationcode: null };
  const wrong = [
    { numbikesavailable: 'n/a' },
    { numdocksavailable: -1 },
    { capacity: 1e9 },
    { is_renting: 'maybe' },
    { coordonnees_geo: 'somewhere' },
    { duedate: 'yesterday' },
    { mechanical: 2.5 },
    { ebike: [] },
  ];
  return { ...record, ...wrong[index % wrong.length] };
}

function multiplied(records: readonly object[]) {
  return (_: unknown, index: number) => {
    const record = records[index % records.length];
    const round = Math.floor(index / records.length);
    const code = record && 'stationcode' in record ? String(record.stationcode) : '';
    return { ...record, stationcode: round === 0 ? code : `${code}-${round}` };
  };
}

function repeated(records: readonly object[], bytes: number): Buffer {
  const once = Buffer.from(toExport(records)).subarray(1, -1);
  const times = Math.ceil(bytes / (once.length + 1));
  const parts = Array.from({ length: times }, (_, i) => [Buffer.from(i === 0 ? '[' : ','), once]).flat();
  return Buffer.concat([...parts, Buffer.from(']')]);
}
