/** Every way in which Vélolac can fail, by room. The page has one plain sentence for each, in both languages. */
export const errorCodes = [
  'portal.unreachable',
  'portal.cors',
  'portal.timeout',
  'portal.aborted',
  'portal.quota',
  'portal.busy',
  'portal.refused',
  'portal.server',
  'portal.html',
  'portal.not_json',
  'portal.cut_json',
  'portal.not_records',
  'portal.empty',
  'portal.too_large',
  'portal.address',
  'import.empty',
  'import.no_rows',
  'import.not_a_table',
  'import.elsewhere',
  'import.not_json',
  'import.cut',
  'import.too_wide',
  'import.long_line',
  'import.too_deep',
  'import.too_large',
  'import.bomb',
  'import.damaged',
  'import.unreadable',
  'import.aborted',
  'backup.foreign',
  'backup.cut',
  'backup.no_room',
  'mirror.taken',
  'mirror.permission',
  'mirror.gone',
  'mirror.no_room',
  'silver.schema',
  'silver.contradicted',
  'silver.mapping',
  'silver.partial',
  'lake.unavailable',
  'lake.quota',
  'lake.short_write',
  'lake.missing_file',
  'lake.no_snapshot',
  'lake.not_writer',
  'lake.verify',
  'lake.damaged',
  'lake.newer',
  'lake.no_bronze',
  'engine.start',
  'engine.died',
  'engine.timeout',
  'engine.memory',
  'engine.trap',
  'engine.aborted',
  'engine.query',
  'recorder.died',
  'sample.unreadable',
  'sample.no_feed',
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Why a snapshot waits in quarantine: for a word of the user. */
export const quarantineCodes: readonly ErrorCode[] = ['silver.schema', 'silver.contradicted'];

/** Figures that a sentence needs: a host, a status, a time (ISO 8601, UTC), a number of bytes. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** What crosses a worker's border and what the journal keeps. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/**
 * The one error of this project. `code` says which failure, `details` its figures, `cause` what was thrown
 * beneath; `message` is for a developer's console. The sentence for the user is in `ui/messages`.
 */
export class VelolacError extends Error {
  override readonly name = 'VelolacError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromRecord({ code, message, details }: ErrorRecord): VelolacError {
    return new VelolacError(code, message, details);
  }
}

/** Any thrown value as a `VelolacError`; what is not one already becomes `unexpected`, with the thrown value as its cause. */
export function toVelolacError(thrown: unknown): VelolacError {
  if (thrown instanceof VelolacError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new VelolacError('unexpected', message, { message }, { cause: thrown });
}
