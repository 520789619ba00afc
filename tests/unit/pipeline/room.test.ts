import { expect, test } from 'vitest';
import { VelolacError } from '../../../src/errors.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { Room } from '../../../src/pipeline/room.ts';

/** Storage that outlives the visit, with room for a file or not; counts what is tried. */
class Disk {
  readonly persistent = true;
  readonly files = new Set<string>();
  probes = 0;
  error: VelolacError | null = null;

  async write(path: string): Promise<void> {
    this.probes += 1;
    this.files.add(path);
    if (this.error) throw this.error;
  }

  async remove(path: string): Promise<void> {
    this.files.delete(path);
  }
}

const full = (code: 'lake.quota' | 'lake.short_write') => new VelolacError(code, 'full');
const ample = async () => 4e9;

test('with room by the estimate nothing is tried', async () => {
  const disk = new Disk();
  await new Room(disk, ample).look();
  await new Room(disk, async () => Infinity).look();
  expect(disk.probes).toBe(0);
});

test.each(['lake.quota', 'lake.short_write'] as const)(
  'after %s a probe decides, whatever the estimate says, until it finds room; nothing of it stays',
  async (code) => {
    const disk = new Disk();
    const room = new Room(disk, ample);
    room.note(new VelolacError('portal.timeout', 'slow'));
    await room.look();
    expect(disk.probes).toBe(0);

    room.note(full(code));
    disk.error = full('lake.short_write');
    await expect(room.look()).rejects.toMatchObject({ code: 'lake.quota' });
    await expect(room.look()).rejects.toMatchObject({ code: 'lake.quota' });
    disk.error = null;
    await room.look();
    expect(disk.probes).toBe(3);
    await room.look();
    expect(disk.probes).toBe(3);
    expect([...disk.files]).toEqual([]);
  },
);

test('a low estimate is looked into, and a probe that fails for another reason says so', async () => {
  const disk = new Disk();
  const room = new Room(disk, async () => 1000);
  await room.look();
  expect(disk.probes).toBe(1);
  disk.error = new VelolacError('unexpected', 'broken');
  await expect(room.look()).rejects.toMatchObject({ code: 'unexpected' });
});

test('a lake in memory has no quota to look at', async () => {
  const room = new Room(new MemoryStorage(), () => Promise.reject(new Error('asked')));
  await room.look();
});
