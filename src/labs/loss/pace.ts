/** How fast a run goes: slow enough at first to follow each step, then faster, since later ones are smaller. Pure. */

/** Steps a second at the start, and how much that grows with each step. */
const firstRate = 9;
const growth = 0.9;

/** @returns whole steps that are due so long after the last one */
export function stepsAfter(steps: number, passedMs: number): number {
  // a tab that was hidden does not catch up
  return Math.floor(((firstRate + growth * steps) * Math.min(passedMs, 250)) / 1000);
}
