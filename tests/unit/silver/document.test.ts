import { readFile } from 'node:fs/promises';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { contractTables } from '../../../src/silver/document.ts';

const file = new URL('../../../docs/silver.md', import.meta.url);

test.each(Object.entries(contractTables()))(
  'docs/silver.md has the %s of the contract',
  async (name, table) => {
    const text = await readFile(file, 'utf8');
    const part = new RegExp(`<!-- ${name} -->\n\n([^]*?)\n\n<!-- /${name} -->`).exec(text)?.[1];
    expect(part).toBe((await format(table, { parser: 'markdown' })).trim());
  },
);
