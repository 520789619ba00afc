import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { measureImport } from './imports.ts';
import { machine } from './machine.ts';
import { measurePast } from './past.ts';
import { measureQuestions } from './questions.ts';
import { report } from './report.ts';
import { measureTicks } from './ticks.ts';
import { measureVisits } from './visits.ts';
import type { World } from './world.ts';

export interface Effort {
  /** How often each thing is measured. */
  readonly runs: number;
  readonly ticks: number;
  readonly lakes: readonly number[];
}

const whole: Effort = { runs: 5, ticks: 60, lakes: [1, 10, 100] };

/** Measures everything, one thing after the other, and gives the table. */
export async function measure(world: World, effort: Effort = whole): Promise<string> {
  await mkdir(join(world.folder, 'made'), { recursive: true });
  const { silver, ...questions } = await measureQuestions(world, effort.runs);
  console.log('The series as one file, imported …');
  const brought = await measureImport(world);
  const csvBytes = Math.round(questions.series.days.csv / questions.series.snapshots);
  const ticks = await measureTicks(world, silver, csvBytes, effort);
  const past = await measurePast(world, silver, csvBytes, effort.runs);
  console.log('First load and offline reload …');
  const visits = await measureVisits(world, effort.runs);
  return report({ machine: machine(world.chromium), ...questions, ticks, visits, brought, past });
}
