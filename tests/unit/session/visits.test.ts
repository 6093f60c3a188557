/** Questions to a race: answered when there is a moment, and what becomes of those that fail or come too late. */
import { describe, expect, it } from 'vitest';
import { DeviceLostError } from '../../../src/engine/errors.ts';
import type { Lane } from '../../../src/session/lane.ts';
import { Visits } from '../../../src/session/visits.ts';

// whoever asks is handed it as it is
const lane: Lane = Object.create(null) as Lane;

describe('visits', () => {
  it('wait until they are served, and are answered in turn', async () => {
    const visits = new Visits();
    const order: number[] = [];
    const asked = [1, 2].map((one) => visits.ask(() => Promise.resolve(order.push(one))));
    expect(order).toEqual([]);
    await visits.serve(lane);
    expect([await Promise.all(asked), order]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('fail for who asked, and for nobody else', async () => {
    const visits = new Visits();
    const failed = visits.ask(() => Promise.reject(new RangeError('no such unit')));
    const next = visits.ask(() => Promise.resolve('an answer'));
    const served = visits.serve(lane);
    await expect(failed).rejects.toThrow('no such unit');
    await served;
    expect(await next).toBe('an answer');
  });

  it('that meet a lost device have no answer, and the race hears of it', async () => {
    const visits = new Visits();
    const asked = visits.ask(() => Promise.reject(new DeviceLostError('gone')));
    await expect(visits.serve(lane)).rejects.toThrow(DeviceLostError);
    expect(await asked).toBeNull();
  });

  it('have no answer without a lane, and none after the end', async () => {
    const visits = new Visits();
    const waiting = visits.ask(() => Promise.resolve('never'));
    visits.close();
    expect([await waiting, await visits.ask(() => Promise.resolve('never'))]).toEqual([null, null]);
  });

  it('are served whenever they come, until the rest is over', async () => {
    const visits = new Visits();
    let end = (): void => undefined;
    const resting = visits.serveUntil(new Promise((resolve) => (end = resolve)), () => lane);
    expect(await visits.ask(() => Promise.resolve(1))).toBe(1);
    expect(await visits.ask(() => Promise.resolve(2))).toBe(2);
    end();
    await resting;
  });
});
