import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { unless } from '../../../src/engine/unless.ts';

const never = new Promise<never>(() => undefined);

test('settles as the work does', async () => {
  const { signal } = new AbortController();
  await expect(unless(signal, Promise.resolve(1))).resolves.toBe(1);
  await expect(unless(signal, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('rejects with the reason of the signal, aborted before or meanwhile', async () => {
  const dying = new AbortController();
  const asked = unless(dying.signal, never);
  dying.abort(new Error('dead'));
  await expect(asked).rejects.toThrow('dead');
  await expect(unless(dying.signal, never)).rejects.toThrow('dead');
  await expect(unless(dying.signal, Promise.reject(new Error('late')))).rejects.toThrow('dead');
});

test('keeps no result while the signal lives', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { signal } = new AbortController();
  const ask = async () => new WeakRef(await unless(signal, Promise.resolve({ rows: [1] })));
  const result = await ask();
  // What a WeakRef was made of lives until the end of the task.
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  expect(result.deref()).toBeUndefined();
  expect(signal.aborted).toBe(false);
});
