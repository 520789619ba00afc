import { describe, expect, it } from 'vitest';
import { timeInName, timeOf, type TimeClues } from '../../../src/pipeline/basis.ts';

const at = (text: string) => Date.parse(text);

describe('the time in a name', () => {
  it('is read by the clock of its author first', () => {
    const paris = at('2024-11-05T07:55:01Z');
    const utc = at('2024-11-05T08:55:01Z');
    expect(timeInName('shell-Velib__velib_data_20241105_085501.json.gz', 'paris')).toEqual([paris, utc]);
    expect(timeInName('R-Velib20241105_085501.json', 'utc')).toEqual([utc, paris]);
  });

  it.each([
    ['velib_20261123T162400.123Z_a1b2c3.csv', '2026-11-23T16:24:00.123Z'],
    ['data_2022-06-01T145009Z_is_really_a_zip.csv', '2022-06-01T14:50:09Z'],
    ['status_1760778556.json', '2025-10-18T09:09:16Z'],
    ['status-1760778556123.json', '2025-10-18T09:09:16.123Z'],
  ])('%s tells its zone', (name, instant) => {
    expect(timeInName(name, 'paris')).toEqual([at(instant)]);
  });

  it.each(['velib.csv', 'a_2022-05-12.csv.gz', 'series_2024-10-31_to_2024-11-09.csv', '75056123456789.csv'])(
    '%s tells no instant',
    (name) => expect(timeInName(name, 'paris')).toEqual([]),
  );
});

describe('the ladder of trust', () => {
  const clues: TimeClues = {
    corrected: null,
    feed_time: null,
    names: ['velib_20250605_140002.csv'],
    clock: 'paris',
    last_reported: at('2025-06-05T11:50:00Z'),
    file_date: at('2026-01-01T00:00:00Z'),
  };

  it('takes the user at his word', () => {
    expect(timeOf({ ...clues, corrected: 5, feed_time: 6 })).toEqual({ fetched_at: 5, basis: 'user' });
  });

  it('prefers the feed to the name', () => {
    expect(timeOf({ ...clues, feed_time: 6 })).toEqual({ fetched_at: 6, basis: 'feed_root' });
  });

  it('reads the name by the author’s clock', () => {
    expect(timeOf(clues)).toEqual({ fetched_at: at('2025-06-05T12:00:02Z'), basis: 'file_name' });
  });

  it('reads it by the other clock when reports would lie in the future', () => {
    const later = { ...clues, last_reported: at('2025-06-05T12:04:55Z') };
    expect(timeOf(later)).toEqual({ fetched_at: at('2025-06-05T14:00:02Z'), basis: 'file_name' });
  });

  it('takes the newest report where the name is no time, or is refuted by it', () => {
    const reported = at('2025-06-05T19:00:00Z');
    expect(timeOf({ ...clues, names: ['velib.csv'] }).basis).toBe('last_reported');
    expect(timeOf({ ...clues, last_reported: reported })).toEqual({
      fetched_at: reported,
      basis: 'last_reported',
    });
  });

  it('ends at the date of the file', () => {
    const bare = { ...clues, names: ['velib.csv'], last_reported: null };
    expect(timeOf(bare)).toEqual({ fetched_at: clues.file_date, basis: 'file_date' });
  });
});
