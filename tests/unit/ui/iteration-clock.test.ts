/** The clock from a change to its result: what it counts, and what it does not. */
import { describe, expect, it } from 'vitest';
import { IterationClock } from '../../../src/ui/iteration-clock.ts';

function clockAt() {
  let nowMs = 0;
  const clock = new IterationClock(() => nowMs);
  const wait = (ms: number): void => void (nowMs += ms);
  const once = (ms: number): void => {
    clock.changed();
    wait(ms);
    clock.arrived(clock.waitingFor ?? Number.NaN);
  };
  return { clock, wait, once };
}

describe('the clock from change to result', () => {
  it('has nothing to say at first, then the last time and the median', () => {
    const { clock, once } = clockAt();
    expect([clock.lastMs, clock.medianMs, clock.waitingFor]).toEqual([null, null, null]);
    once(100);
    expect([clock.lastMs, clock.medianMs]).toEqual([100, 100]);
    once(300);
    expect([clock.lastMs, clock.medianMs]).toEqual([300, 200]);
    once(120);
    expect([clock.lastMs, clock.medianMs, clock.count]).toEqual([120, 120, 3]);
  });

  it('begins anew with every change, and an earlier one’s result does not count', () => {
    const { clock, wait } = clockAt();
    clock.changed();
    const first = clock.waitingFor ?? Number.NaN;
    wait(80);
    clock.changed();
    wait(5);
    clock.arrived(first);
    expect(clock.count).toBe(0);
    wait(45);
    clock.arrived(clock.waitingFor ?? Number.NaN);
    expect(clock.lastMs).toBe(50);
  });

  it('counts a result once, and none where none was asked for or will come', () => {
    const { clock, wait } = clockAt();
    clock.arrived(0);
    expect(clock.count).toBe(0);
    clock.changed();
    const change = clock.waitingFor ?? Number.NaN;
    wait(10);
    clock.arrived(change);
    wait(10);
    clock.arrived(change);
    expect(clock.count).toBe(1);
    clock.changed();
    clock.dropped();
    wait(1000);
    clock.arrived(2);
    expect([clock.count, clock.lastMs, clock.waitingFor]).toEqual([1, 10, null]);
  });
});
