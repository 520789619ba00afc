import { dayOf, sha256 } from '../lake/names.ts';
import type { SchemaState, SourceState } from '../lake/state.ts';
import type { Accepted } from '../silver/mapping.ts';
import { fingerprintOf } from './schema.ts';

/*
 * One header may have several schemas: the one that its names tell of, and, since a snapshot whose values contradicted
 * that, others (`Schema.contradicts`). Which one a snapshot has is decided once, when it comes, and kept with it.
 */

type Schemas = Readonly<Record<string, SchemaState>>;

/** The schema of a recorded snapshot: the one that it was given, or that of its header's names. */
export function schemaAt({ days }: SourceState, header: readonly string[], at: number): string {
  return days[dayOf(at)]?.find(([instant]) => instant === at)?.[5] ?? fingerprintOf(header);
}

/** The places that were accepted for a schema, and for those that it came after. */
export function acceptedFor(schemas: Schemas, fingerprint: string): Accepted {
  const { contradicts, accepted } = schemas[fingerprint] ?? {};
  const before = contradicts === undefined ? {} : acceptedFor(schemas, contradicts);
  return { ...before, ...(accepted?.columns as Accepted | undefined) };
}

/** The schemas that a header may have now: that of its names and those that are mapped, the last one seen first. */
export function schemasFor(schemas: Schemas, header: readonly string[]): string[] {
  const own = fingerprintOf(header);
  const mapped = Object.values(schemas).filter(
    (one) => one.contradicts !== undefined && one.accepted !== null && fingerprintOf(one.header) === own,
  );
  const seen = (fingerprint: string) => schemas[fingerprint]?.last ?? -Infinity;
  return [own, ...mapped.map(({ fingerprint }) => fingerprint)].sort((a, b) => seen(b) - seen(a));
}

/**
 * The schema of a snapshot whose values contradict one: the one that waits for a word of the user already, or a new one,
 * whose fingerprint is the first 16 hex digits of the SHA-256 of the other's and the instant (ms since the epoch).
 */
export function contradicting(
  schemas: Schemas,
  contradicts: string,
  columns: readonly string[],
  at: number,
): string {
  const waiting = Object.values(schemas).find(
    (one) =>
      one.contradicts === contradicts && one.accepted === null && String(one.missing) === String(columns),
  );
  return waiting?.fingerprint ?? sha256(new TextEncoder().encode(`${contradicts}\n${at}`)).slice(0, 16);
}
