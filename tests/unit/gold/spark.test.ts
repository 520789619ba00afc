import { readdirSync, readFileSync } from 'node:fs';
import { EntityContextType, SparkSQL } from 'dt-sql-parser';
import { describe, expect, it } from 'vitest';
import { frameCellsQuestion } from '../../../src/gold/frames.ts';
import {
  figuresStep,
  historyEnds,
  historySteps,
  partsStep,
  stationAreasStep,
} from '../../../src/gold/history.ts';
import {
  analysisFacts,
  analysisQuestions,
  analysisViews,
  areaTables,
  latestTables,
  stationTables,
} from '../../../src/gold/analyses.ts';
import { knownStationsStep } from '../../../src/gold/tables.ts';
import {
  alikeStep,
  framesStep,
  questions,
  readingsStep,
  stationSummaryStep,
} from '../../../src/gold/questions.ts';
import { stationQuestions, stationSteps } from '../../../src/gold/station.ts';

const folder = new URL('../../../src/gold/', import.meta.url);
const spark = new SparkSQL();

function errors(sql: string): string[] {
  return spark.validate(sql).map((error) => error.message);
}

/** The tables a statement reads that it does not define itself. */
function inputs(sql: string): string[] {
  const tables = (spark.getAllEntities(sql) ?? []).filter(
    (entity) => entity.entityContextType === EntityContextType.TABLE,
  );
  const own = new Set([...sql.matchAll(/(\w+) AS \(\s*SELECT/g)].map((match) => match[1]));
  return [...new Set(tables.map((table) => table.text))].filter((name) => !own.has(name));
}

describe('a Spark SQL grammar', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.sql')))('reads %s', (name) => {
    expect(errors(readFileSync(new URL(name, folder), 'utf8'))).toEqual([]);
  });

  it.each([
    ['QUALIFY', 'SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1'],
    ['a double colon', 'SELECT a::DOUBLE FROM t'],
    ['FROM alone', 'FROM t'],
    ['a list comprehension', 'SELECT [x + 1 for x in a] FROM t'],
  ])('refuses %s', (_, sql) => {
    expect(errors(sql)).not.toEqual([]);
  });
});

it.each([
  ...Object.entries({ ...questions, ...stationSteps, ...stationQuestions, ...historySteps, ...historyEnds }),
  [partsStep.table, partsStep],
  [figuresStep.table, figuresStep],
  [stationAreasStep.table, stationAreasStep],
  [readingsStep.table, readingsStep],
  ['frame_cells', frameCellsQuestion],
  ['known_stations', knownStationsStep],
  [framesStep.table, framesStep],
  [alikeStep.table, alikeStep],
  [stationSummaryStep.table, stationSummaryStep],
  ...Object.entries({
    ...areaTables,
    ...stationTables,
    ...latestTables,
    ...analysisViews,
    ...analysisQuestions,
    ...analysisFacts,
  }),
] as const)('%s reads the tables it names', (_, { sql, reads }) => {
  expect(inputs(sql).toSorted()).toEqual([...reads].toSorted());
});

it('every aggregate of a Gold file is cast', () => {
  const steps = [framesStep, alikeStep, stationSummaryStep, readingsStep, partsStep, figuresStep];
  for (const { sql } of [
    ...steps,
    ...Object.values({ ...questions, ...stationSteps, ...stationQuestions, ...historySteps }),
    ...Object.values({
      ...areaTables,
      ...stationTables,
      ...latestTables,
      ...analysisQuestions,
      ...analysisFacts,
    }),
  ]) {
    const aggregates = sql.match(/\b(sum|avg)\(/g) ?? [];
    const cast = sql.match(/CAST\(\s*(coalesce\()?(sum|avg)\(/g) ?? [];
    expect(cast).toHaveLength(aggregates.length);
  }
});
