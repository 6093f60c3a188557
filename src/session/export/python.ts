/** What the NumPy and the PyTorch script have in common: their heads, the shuffle of mini-batches, the score at the end. */
import { batchSizeOf } from '../../engine/layout.ts';
import { streams } from '../../math/rng.ts';
import { thresholdOf } from '../insight.ts';
import { describeModel, type TrainedModel } from './trained-model.ts';

/** Names come from people's files, too, and stand in a comment: only what cannot end one is left. */
export const plain = (name: string): string => name.replaceAll(/[^\w .,()+-]/g, ' ').slice(0, 80);

/** As Python writes it; a number only. */
export const number = (value: number): string => (Number.isFinite(value) ? String(value) : 'float("nan")');

/** The text between the quotation marks at the top. */
export function headOf(model: TrainedModel, usage: readonly string[]): string {
  const { x } = model.problem.train;
  return [
    `"""${describeModel(model)} on ${plain(model.dataset.name)} as Downhill trains it: X has the shape (${x.n}, ${x.m}).`,
    '',
    ...usage,
    'Reads data.npz and model.npz, which lie beside it, and begins where Downhill began.',
    '"""',
  ].join('\n');
}

export const isMiniBatch = ({ problem }: TrainedModel): boolean => batchSizeOf(problem) < problem.train.x.m;

/** `batch(step)`: which examples a step takes. Mini-batches are those of Downhill, whose shuffle is a keyed permutation. */
export function batchLines(model: TrainedModel): string {
  const { problem } = model;
  if (!isMiniBatch(model)) return '';
  return `
def word(counter):
    """32 random bits: pcg3d, Jarzynski and Olano 2020."""
    x, y, z = ((v * 1664525 + 1013904223) & 0xFFFFFFFF for v in (${problem.seed}, ${streams.batches}, counter))
    for last in (False, True):
        x = (x + y * z) & 0xFFFFFFFF
        y = (y + z * x) & 0xFFFFFFFF
        z = (z + x * y) & 0xFFFFFFFF
        if not last:
            x, y, z = x ^ x >> 16, y ^ y >> 16, z ^ z >> 16
    return x


def permute(position, epoch):
    """A shuffle of 0 ... m - 1 without a table: a Feistel network, walked until it lands inside."""
    half = 1
    while 4**half < m:
        half += 1
    mask = 2**half - 1
    while True:
        left, right = position >> half, position & mask
        for turn in range(4):
            counter = ((epoch * 4 + turn) * 0x9E3779B9 & 0xFFFFFFFF) ^ right
            left, right = right, left ^ word(counter) & mask
        position = left << half | right
        if position < m:
            return position


def batch(step):
    """Examples of that step; what is left of an epoch after its last full batch is left out."""
    epoch, turn = divmod(step, m // ${batchSizeOf(problem)})
    return [permute(turn * ${batchSizeOf(problem)} + slot, epoch) for slot in range(${batchSizeOf(problem)})]

`;
}

/** Expression of the test score from \`y_hat\` (m, outputs) and \`y\` (m), both NumPy arrays. */
export function scoreLines({ dataset, problem: { model } }: TrainedModel): string {
  if (dataset.task === 'regression') return 'score = 1 - ((y - y_hat[:, 0]) ** 2).sum() / ((y - y.mean()) ** 2).sum()  # R2';
  if (model.outputs === 1) return `score = ((y_hat[:, 0] > ${thresholdOf(model)}) == (y > 0.5)).mean()  # accuracy`;
  return 'score = (y_hat.argmax(axis=1) == y).mean()  # accuracy';
}
