import { identifier, literal, literals } from '../engine/sql.ts';
import { contract, measuredColumns, type Kind } from './contract.ts';
import type { Mapping, Place } from './mapping.ts';

/** The name that a Bronze column has in the engine: its place, never the source's own name. */
export const bronzeColumn = (index: number) => `c${index}`;

const TRUE = literals(['oui', '1', 'true', 't', 'yes']);
const FALSE = literals(['non', '0', 'false', 'f', 'no']);

/** A source's text as a value of the contract, or NULL when it is none. Times without an offset are read as UTC. */
function castText(text: string, kind: Kind): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  switch (kind) {
    case 'text':
      return `NULLIF(trim(${text}), '')`;
    case 'count':
      return `CASE WHEN regexp_matches(${text}, '^[0-9]+(\\.0+)?$') AND ${number} <= 32767 THEN CAST(${number} AS SMALLINT) END`;
    case 'flag':
      return `CASE WHEN lower(${text}) IN (${TRUE}) THEN TRUE WHEN lower(${text}) IN (${FALSE}) THEN FALSE END`;
    case 'time':
      return `CASE WHEN regexp_matches(${text}, '^[0-9]{9,10}$') THEN epoch_ms(CAST(${text} AS BIGINT) * 1000)
        ELSE TRY_CAST(${text} AS TIMESTAMP) END`;
    case 'latitude':
      return `CASE WHEN abs(${number}) <= 90 AND ${number} <> 0 THEN ${number} END`;
    case 'longitude':
      return `CASE WHEN abs(${number}) <= 180 AND ${number} <> 0 THEN ${number} END`;
  }
}

function sourceText(place: Place | null): string {
  if (!place) return 'CAST(NULL AS VARCHAR)';
  const column = identifier(bronzeColumn(place.index));
  if (place.key === null) return column;
  return `NULLIF(regexp_extract(${column}, ${literal(`"${place.key}"\\s*:\\s*([^,}\\s]+)`)}, 1), '')`;
}

/** The select list that casts a Bronze table's text to the contract's columns. */
export function castList(mapping: Mapping): string {
  return contract
    .map(({ name, kind }) => `${castText(sourceText(mapping[name] ?? null), kind)} AS ${identifier(name)}`)
    .join(',\n  ');
}

/** The select list that tells, for each measured column, whether a text was there that became NULL. */
export function lostList(mapping: Mapping): string {
  return measuredColumns
    .map(({ name, kind }) => {
      const text = sourceText(mapping[name] ?? null);
      const lost = `trim(${text}) <> '' AND (${castText(text, kind)}) IS NULL`;
      return `CASE WHEN ${lost} THEN 1 ELSE 0 END AS ${identifier(`lost_${name}`)}`;
    })
    .join(',\n  ');
}

/** The statement that counts lost values, one row a snapshot, one column a measured column. */
export function discardedSql(): string {
  const sums = measuredColumns.map(({ name }) => {
    return `CAST(sum(${identifier(`lost_${name}`)}) AS INTEGER) AS ${identifier(name)}`;
  });
  return `SELECT ${sums.join(',\n  ')}\nFROM observed GROUP BY fetched_at ORDER BY fetched_at`;
}

/** A Bronze row as `name=value; …`, nulls left out. */
export function rowText(header: readonly string[]): string {
  const fields = header.map((name, index) => `${literal(`${name}=`)} || ${identifier(bronzeColumn(index))}`);
  return `concat_ws('; ', ${fields.join(', ')})`;
}
