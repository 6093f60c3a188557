/** How threads wait for each other: turning around a shared word for a while, then asleep. */
import { syncArrived, syncFailed, syncPhase, syncProgress, wordPatience, wordThreads } from '../fields.ts';
import { Head, Sync } from './memory.ts';

/**
 * Turns around a shared word before a thread goes to sleep, between calls and inside a step: some 50 and 150 microseconds. To be
 * woken takes 50 and more: with no longer patience than that the others, who wait for whoever was woken, would fall asleep in
 * turn, and so on at every meeting. With much more of it two threads that have come to be on one processor would hold each other up.
 */
const spinsBetween = 20_000;
const spinsInside = 60_000;

/** What a wait answers when its time has passed. */
const timedOut = 2;

/**
 * Waits until the word is no longer `old`: turning for a while, then asleep. The first thread gives up when nobody has
 * done anything for its patience, so that a thread that died does not hold it for ever.
 * @returns false when a thread has failed
 */
export function waitWhile(word: i32, old: i32, patience: i32): bool {
  const spins = word === syncPhase ? spinsInside : spinsBetween;
  for (let turn = 0; turn < spins; turn++) if (Sync.load(word) !== old) return true;
  let progress = Sync.load(syncProgress);
  let waits = 0;
  while (Sync.load(word) === old) {
    if (Sync.load(syncFailed) !== 0) return false;
    // nothing is computed before the wait and used after it: Node 20 was seen to lose such a value when the wait timed out
    const outcome = atomic.wait<i32>(Sync.at(word), old, 50_000_000);
    if (outcome !== timedOut) continue;
    if (patience === 0) continue;
    const now = Sync.load(syncProgress);
    waits = now === progress ? waits + 1 : 0;
    progress = now;
    if (waits > patience) {
      Sync.store(syncFailed, 1);
      return false;
    }
  }
  return true;
}

/** @returns false when a thread has failed */
export function barrier(thread: i32): bool {
  const threads = Head.word(wordThreads);
  if (threads === 1) return true;
  if (Sync.load(syncFailed) !== 0) return false;
  const phase = Sync.load(syncPhase);
  if (Sync.add(syncArrived, 1) === threads - 1) {
    Sync.store(syncArrived, 0);
    Sync.add(syncPhase, 1);
    atomic.notify(Sync.at(syncPhase), -1);
    return true;
  }
  return waitWhile(syncPhase, phase, thread === 0 ? Head.word(wordPatience) : 0);
}
