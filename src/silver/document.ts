import { contract, type Alias, type Column } from './contract.ts';
import { eras } from './eras.ts';

/** The contract as Markdown tables: what docs/silver.md shows. */
export function contractTables(): {
  readonly columns: string;
  readonly aliases: string;
  readonly eras: string;
} {
  return {
    columns: table(
      ['column', 'kind', 'unit', 'meaning', 'required', 'mode'],
      contract.map(({ name, kind, unit, meaning, required, mode }) => [
        ...[`\`${name}\``, kind, unit ?? '', meaning],
        ...[required ? 'yes' : '', `\`${mode}\``],
      ]),
    ),
    aliases: table(
      ['column', ...eras.map(({ id }) => id)],
      contract.map((column) => [`\`${column.name}\``, ...eras.map(({ id }) => aliasesOf(column, id))]),
    ),
    eras: table(
      ['era', 'naive times', 'times in file names'],
      eras.map(({ id, clock, file_clock }) => [id, clock, file_clock]),
    ),
  };
}

function aliasesOf({ eras: byEra }: Column, era: keyof Column['eras']): string {
  return (byEra[era] ?? []).map((alias) => `\`${written(alias)}\``).join(', ');
}

/** An alias in short: `position[0]` is the first half of a pair, `types{ebike}` what stands behind a key. */
export function written(alias: Alias): string {
  if (typeof alias === 'string') return alias;
  if ('sum' in alias) return alias.sum.join(' + ');
  return 'key' in alias ? `${alias.of}{${alias.key}}` : `${alias.of}[${alias.part}]`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
