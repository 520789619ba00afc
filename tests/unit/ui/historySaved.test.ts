import { describe, expect, it } from 'vitest';
import type { Analyses, AnalysisFilters } from '../../../src/pipeline/protocol.ts';
import { Format } from '../../../src/ui/format.ts';
import { filterWords } from '../../../src/ui/history/filterWords.ts';
import { saidOf, spanOf, toSave } from '../../../src/ui/history/toSave.ts';
import { history } from '../../../src/ui/messages/en.history.ts';

describe('what is saved', () => {
  const window = { from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 9) };
  const filters: AnalysisFilters = {
    ...{ level: 'district', from: Date.UTC(2026, 10, 3), to: null, dayTypes: ['working', 'saturday'] },
    ...{ hours: [8, 9], areas: ['92020'] },
  };
  const told = {
    ...{ window, newest: window.to, filters, step_h: 1, days: 3, observed: 0.5 },
    areas: [{ id: '92020', name: 'Châtillon', stations: 3 }],
    network_curve: [{ from_ms: window.from, observed_ms: 9, mechanical: 1, ebikes: 2, docks: null }],
    stock_outs: [{ area_id: '92020', city_hour: 8, empty_ms: 1, full_ms: 0, serving_ms: 4 }],
    ebike_share: [{ area_id: '75101', city_hour: 8, ebikes: 0, mechanical: 0 }],
    stuck_bikes: [{ station_code: '1', name: 'A', area_name: 'B', bikes: 1, days: 3, last_day: 20_034 }],
    dispatch: null,
  } as unknown as Analyses;

  it('tells times as ISO 8601, days as dates, shares 0–1, and areas by name', () => {
    expect(toSave('network_curve', told)).toEqual([
      {
        ...{ from_at: '2026-11-01T00:00:00.000Z', observed_ms: 9, mechanical: 1, ebikes: 2, docks: null },
        ...{ filter_areas: '92020', filter_days: 'working saturday', filter_hours: '8-10' },
      },
    ]);
    expect(toSave('stuck_bikes', told)).toMatchObject([{ last_day: '2024-11-07', filter_areas: '92020' }]);
    expect(toSave('ebike_share', told)).toMatchObject([{ area_name: '', ebike_share: null }]);
    expect(toSave('dispatch', told)).toEqual([]);
  });

  it('says no filter that a question is free of', () => {
    expect(toSave('stock_outs', told)).toEqual([
      {
        ...{ area_id: '92020', area_name: 'Châtillon', city_hour: 8, empty_ms: 1, full_ms: 0, serving_ms: 4 },
        ...{ empty_share: 0.25, full_share: 0 },
        ...{ filter_areas: '', filter_days: 'working saturday', filter_hours: '' },
      },
    ]);
    expect(spanOf('network_curve', told)).toEqual(window);
    expect(spanOf('stock_outs', told)).toEqual({ from: filters.from, to: window.to });
    expect(spanOf('dispatch', told)).toEqual({ from: window.to, to: window.to });
  });

  it('has a sentence of the areas and of the time that are chosen, of the hours where its rows are of hours', () => {
    const { from, to, areas, hours } = filters;
    expect(saidOf('stock_outs', told)).toMatchObject({ from, to, areas, hours });
    expect(saidOf('network_curve', told)).toMatchObject({ from, to, areas, hours });
    expect(saidOf('stuck_bikes', told)).toMatchObject({ areas, hours: null });
    expect(saidOf('dispatch', told)).toMatchObject({ areas, hours: null, dayTypes: null });
  });

  it('says filters in words', () => {
    expect(filterWords(filters, told, history.filters, new Format('en'))).toEqual([
      ...[
        'Châtillon',
        '3\u00a0Nov\u00a02026, 01:00 – 9\u00a0Nov\u00a02026, 01:00',
        'working days',
        'saturdays',
        '8:00–10:00',
      ],
    ]);
    const all = { from: null, to: null, dayTypes: null, hours: null, areas: null };
    expect(filterWords(all, told, history.filters, new Format('en'))).toEqual([]);
  });
});
