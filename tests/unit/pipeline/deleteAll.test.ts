import { expect, test } from 'vitest';
import { DAMAGED, Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { FaultyStorage, PowerCut } from '../lake/faultyStorage.ts';
import { complaints, copyOf, run, ScriptedLake } from './scriptedLake.ts';

/** As a browser removes folders: one file after the other, and it may be ended between two of them. */
class Piecemeal extends FaultyStorage {
  override async remove(path: string): Promise<void> {
    const inside: string[] = [];
    for await (const file of this.walk(path)) inside.push(file);
    for (const file of inside) await super.remove(file);
    await super.remove(path);
  }
}

/** A lake of two days, with a checkpoint between them and something set aside. */
async function recorded() {
  const files = new MemoryStorage();
  const script = new ScriptedLake(files);
  await run(script);
  await files.write(`${DAMAGED}/bronze/x.csv`, new Uint8Array(3));
  await script.gold();
  expect((await files.list('journal')).length).toBeGreaterThan(2);
  return { files, script };
}

async function paths(files: MemoryStorage): Promise<string[]> {
  const found: string[] = [];
  for (const top of ['bronze', 'silver', 'gold', DAMAGED, 'journal']) {
    for await (const path of files.walk(top)) found.push(path);
  }
  return found;
}

test('a deletion of everything, cut short anywhere, was none or is brought to its end', async () => {
  const { files, script } = await recorded();
  const outcomes = { none: 0, all: 0 };
  for (let step = 0, isCut = true; isCut; step += 1) {
    const copy = await copyOf(files);
    const lake = await Lake.open(new Piecemeal(copy, step), () => script.now);
    isCut = await lake
      .startTerm()
      .then(() => lake.clear())
      .then(
        () => false,
        (thrown: unknown) => {
          if (!(thrown instanceof PowerCut)) throw thrown;
          return true;
        },
      );
    const { term } = (await Lake.open(copy, () => script.now)).state;
    const next = new ScriptedLake(copy);
    next.now = script.now;
    await next.begin();
    expect(next.lake.state.term, `cut at ${step}`).toBe(term + 1);
    if (!isCut) expect(term).toBe(4);
    if (Object.keys(next.lake.state.files).length === 0) {
      outcomes.all += 1;
      expect(await paths(copy), `cut at ${step}`).toEqual(['journal/2026-11-24.jsonl']);
      expect(next.lake.state.sources, `cut at ${step}`).toEqual({});
    } else {
      outcomes.none += 1;
      expect(await complaints(next.lake, script.acknowledged), `cut at ${step}`).toEqual([]);
      await next.lake.clear();
      expect(await paths(copy), `cut at ${step}`).toEqual(['journal/2026-11-24.jsonl']);
    }
  }
  expect(outcomes.none).toBeGreaterThan(10);
  expect(outcomes.all).toBeGreaterThan(10);
});

test('a full disk does not keep anyone from deleting everything', async () => {
  const { files, script } = await recorded();
  await files.remove('gold');
  const storage = new FaultyStorage(files, 0, 'quota');
  const lake = await Lake.open(storage, () => script.now);
  await expect(lake.clear()).rejects.toMatchObject({ code: 'lake.quota' });
  expect(await paths(files)).toEqual([]);
});

test('what is recorded after a deletion that failed stays, and what was left of it goes', async () => {
  const { files, script } = await recorded();
  const lake = await Lake.open(files, () => script.now);
  await lake.startTerm();
  await lake.append([{ kind: 'clear' }]);
  expect(lake.state.files).toEqual({});
  const next = new ScriptedLake(files);
  next.lake = lake;
  await next.tick(script.now + 60_000);
  await next.begin();
  expect(await complaints(next.lake, next.acknowledged)).toEqual([]);
});

test('a line of a former writer behind it changes nothing of that', async () => {
  const { files, script } = await recorded();
  const former = await Lake.open(files, () => script.now);
  await former.startTerm();
  const lake = await Lake.open(files, () => script.now);
  await lake.startTerm();
  await lake.append([{ kind: 'clear' }]);
  await former.append([{ kind: 'touch', folders: ['bronze/velib/2026-11-24/00'] }]);
  script.now += 60_000;
  await script.begin();
  expect(await paths(files)).toEqual(['journal/2026-11-24.jsonl']);
});

test('where the line that tells of it is damaged, what is still there is kept, and told', async () => {
  const { files, script } = await recorded();
  const lake = await Lake.open(files, () => script.now);
  await lake.startTerm();
  await lake.append([{ kind: 'clear' }]);
  const path = 'journal/2026-11-24.jsonl';
  const journal = await files.read(path);
  journal[journal.length - 20]! ^= 1;
  await files.write(path, journal);
  await script.begin();
  expect(script.lake.state.recovered).toMatchObject({ lines: 1 });
  expect(await complaints(script.lake, script.acknowledged)).toEqual([]);
});

test('a deletion by a writer whose term is over deletes nothing', async () => {
  const { files, script } = await recorded();
  const former = await Lake.open(files, () => script.now);
  await former.startTerm();
  const next = new ScriptedLake(files);
  next.now = script.now;
  await next.begin();
  await former.append([{ kind: 'clear' }]);
  await next.begin();
  expect(await complaints(next.lake, script.acknowledged)).toEqual([]);
});
