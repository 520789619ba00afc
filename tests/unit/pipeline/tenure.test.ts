import { expect, test } from 'vitest';
import type { Beat } from '../../../src/pipeline/tabs.ts';
import { Tenure } from '../../../src/pipeline/tenure.ts';
import { emptyLake } from './backup/lakes.ts';

test('a snapshot that is asked for before it is known which tab writes is taken once this one does', async () => {
  const did: string[] = [];
  const house = { lake: await emptyLake(), world: 'live', refinery: { forget: () => undefined } } as const;
  const tenure = new Tenure(house, {
    now: () => 0,
    told: () => ({}) as Beat['told'],
    inTurn: (work) => work(),
    idle: () => Promise.resolve(),
    end: () => Promise.resolve(),
    followSwitch: () => undefined,
    record: async () => void did.push('record'),
    settleIn: async () => void did.push('settle in'),
    follow: () => Promise.resolve(),
    onChange: () => undefined,
    onBeat: () => undefined,
    onError: (thrown) => did.push(String(thrown)),
  });
  const asked = tenure.ask();
  await tenure.begin();
  await asked;
  expect(did).toEqual(['record', 'settle in']);
  tenure.close();
});
