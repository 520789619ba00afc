import { expect, test } from 'vitest';
import { Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { FaultyStorage, PowerCut } from '../lake/faultyStorage.ts';
import { complaints, run, ScriptedLake } from './scriptedLake.ts';

/** Every byte is a place to stop at; every so many are tried, and all of them where `ALL_CUTS` is set. */
const STEP = process.env['ALL_CUTS'] ? 1 : 211;

async function cutAt(byte: number): Promise<{ script: ScriptedLake; files: MemoryStorage; isCut: boolean }> {
  const files = new MemoryStorage();
  const script = new ScriptedLake(new FaultyStorage(files, byte));
  const isCut = await run(script).then(
    () => false,
    (thrown: unknown) => {
      if (!(thrown instanceof PowerCut)) throw thrown;
      return true;
    },
  );
  return { script, files, isCut };
}

test('a power cut at any byte loses nothing that was acknowledged, and leaves nothing behind', async () => {
  const whole = new FaultyStorage(new MemoryStorage());
  await run(new ScriptedLake(whole));
  let cuts = 0;
  for (let byte = 0; byte < whole.written; byte += STEP) {
    const { script, files, isCut } = await cutAt(byte);
    expect(isCut).toBe(true);
    const next = new ScriptedLake(files);
    next.now = script.now;
    await next.begin();
    expect(await complaints(next.lake, script.acknowledged), `cut at byte ${byte}`).toEqual([]);
    expect(next.lake.state.recovered, `cut at byte ${byte}`).toBeNull();
    const reader = await Lake.open(files, () => next.now);
    expect(reader.state).toEqual(next.lake.state);
    cuts += 1;
  }
  expect(cuts).toBeGreaterThan(50);
});

test('a second cut while the first one is cleared up loses nothing either', async () => {
  const whole = new FaultyStorage(new MemoryStorage());
  await run(new ScriptedLake(whole));
  for (let byte = 501; byte < whole.written; byte += STEP * 11) {
    for (let later = 0; later < 2_000; later += 197) {
      const { script, files } = await cutAt(byte);
      const again = new ScriptedLake(new FaultyStorage(files, later));
      again.now = script.now;
      await again.begin().catch((thrown: unknown) => {
        if (!(thrown instanceof PowerCut)) throw thrown;
      });
      const next = new ScriptedLake(files);
      next.now = script.now;
      await next.begin();
      expect(await complaints(next.lake, script.acknowledged), `cut at ${byte} and ${later}`).toEqual([]);
    }
  }
});

test('a full disk at any byte leaves the lake as it was, and it goes on once there is room', async () => {
  const whole = new FaultyStorage(new MemoryStorage());
  await run(new ScriptedLake(whole));
  for (let byte = 300; byte < whole.written; byte += STEP * 2) {
    const files = new MemoryStorage();
    const script = new ScriptedLake(new FaultyStorage(files, byte, 'quota'));
    await expect(run(script)).rejects.toMatchObject({ code: 'lake.quota' });
    const { files: kept, term } = (await Lake.open(files, () => script.now)).state;
    expect({ kept, term }).toEqual({ kept: script.lake.state.files, term: script.lake.state.term });
    const next = new ScriptedLake(files);
    next.now = script.now;
    await next.begin();
    expect(await complaints(next.lake, script.acknowledged), `full at byte ${byte}`).toEqual([]);
  }
});
