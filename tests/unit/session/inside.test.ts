/** A look inside a race: bytes as the engines read them, one unit by hand beside the engine's own answer, and questions that wait. */
import { describe, expect, it } from 'vitest';
import { insideNeuron, insidePicture } from '../../../src/session/inside/look.ts';
import { answerOf, entryOf, pixelOf, weigh, xOf } from '../../../src/session/inside/neuron.ts';
import type { InsideNeuron, InsidePicture } from '../../../src/session/inside/protocol.ts';
import { Race } from '../../../src/session/race.ts';
import { defaultSettings, type Settings } from '../../../src/session/settings.ts';
import type { RaceUpdate } from '../../../src/session/protocol.ts';
import { Visits } from '../../../src/session/visits.ts';
import { raceContext } from '../../support/race-context.ts';

const context = raceContext();
const cats: Settings = { ...defaultSettings.cats, m: 40, gpu: false, cpu: 'reference', steps: 20 };
const fashion: Settings = { ...defaultSettings.fashion, m: 60, gpu: false, cpu: 'reference', steps: 6, classes: [3, 7] };

/** A race that has come to its end and rests. */
async function finished(settings: Settings): Promise<Race> {
  return new Promise((resolve) => {
    const race: Race = new Race(context, 1, settings, false, ({ phase }: RaceUpdate) => {
      if (phase === 'finished' || phase === 'failed' || phase === 'diverged') resolve(race);
    });
  });
}

function pictureIn(race: Race, index: number): InsidePicture {
  const picture = insidePicture(race, index);
  if (!picture) throw new Error(`there is no picture ${index}`);
  return picture;
}

async function neuronIn(race: Race, index: number, unit = 0): Promise<InsideNeuron> {
  const neuron = await insideNeuron(race, { index, unit });
  if (!neuron) throw new Error('there is no neuron');
  return neuron;
}

const weighedIn = ({ raw, scale, shift }: InsidePicture, { w, b }: InsideNeuron) => weigh(xOf(raw, scale, shift), w, b, 3);

describe('a look inside logistic regression', () => {
  it('finds the engine’s own ŷ by hand, for several pictures, and says what weighs most', async () => {
    const race = await finished(cats);
    for (const index of [0, 7, 20]) {
      const picture = pictureIn(race, index);
      expect(picture).toMatchObject({ index, image: { width: 64, height: 64, channels: 3 }, m: 40 });
      const { test, train, scaling } = race.loaded?.dataset ?? expect.fail('no data');
      expect([...picture.raw]).toEqual([...test.x.values.subarray(index * 12288, (index + 1) * 12288)]);
      expect(picture.y).toBe(test.y[index]);
      expect(picture.columns.slice(5 * 12288, 5 * 12288 + 50)).toEqual(train.x.values.slice(5 * 12288, 5 * 12288 + 50));
      expect([...picture.columnY]).toEqual([...train.y.subarray(0, 24)]);
      expect(picture.scale).toEqual(scaling.scale);
      const neuron = await neuronIn(race, index);
      expect(neuron).toMatchObject({ index, unit: 0, units: 1, of: 'output', activation: 'sigmoid', step: 20, lane: 'reference' });
      const { z, sum, largest, rest } = weighedIn(picture, neuron);
      expect(Math.abs(neuron.b)).toBeGreaterThan(0);
      expect(answerOf(neuron, z)).not.toBeCloseTo(0.5, 4);
      expect(answerOf(neuron, z)).toBeCloseTo(neuron.yHat[0] ?? Number.NaN, 6);
      const products = Array.from(picture.raw, (byte, k) => (byte / 255) * (neuron.w[k] ?? 0));
      expect(Math.max(...products.map(Math.abs))).toBeCloseTo(Math.abs(largest[0]?.product ?? 0), 7);
      expect(rest + largest.reduce((total, { product }) => total + product, 0)).toBeCloseTo(sum, 12);
    }
    expect(insidePicture(race, 50_000)).toBeNull();
    expect(insidePicture(race, -1)).toBeNull();
    expect(await insideNeuron(race, { index: 1.5, unit: 0 })).toBeNull();
    await race.stop();
    expect(await insideNeuron(race, { index: 0, unit: 0 })).toBeNull();
  });
});

describe('a look inside other models', () => {
  it('works out a class of a softmax, which needs them all', async () => {
    const race = await finished({ ...fashion, classes: null, hidden: [], output: 'softmax' });
    const picture = pictureIn(race, 3);
    expect(picture.image).toEqual({ width: 28, height: 28, channels: 1 });
    for (const unit of [0, 9]) {
      const neuron = await neuronIn(race, 3, unit);
      expect(neuron).toMatchObject({ of: 'class', units: 10, unit, activation: 'softmax' });
      const { z } = weighedIn(picture, neuron);
      expect(z).toBeCloseTo(neuron.zs[unit] ?? Number.NaN, 12);
      expect(answerOf(neuron, z)).toBeCloseTo(neuron.yHat[unit] ?? Number.NaN, 5);
    }
    expect((await neuronIn(race, 3, 99)).unit).toBe(9);
    await race.stop();
  });

  it('works out a hidden unit of standardised pixels, from which the engine goes on to its ŷ', async () => {
    const race = await finished({ ...fashion, normalization: 'standard', hidden: [{ units: 2, activation: 'tanh' }], output: 'sigmoid' });
    const picture = pictureIn(race, 1);
    const units = [await neuronIn(race, 1, 0), await neuronIn(race, 1, 1)];
    expect(units[1]).toMatchObject({ of: 'hidden-unit', units: 2, activation: 'tanh' });
    const a = units.map((neuron) => answerOf(neuron, weighedIn(picture, neuron).z));
    const parameters = (await race.visits.ask(({ trainer }) => trainer.parameters())) ?? expect.fail('no lane');
    const [w1 = 0, w2 = 0, b = 0] = parameters.subarray(parameters.length - 3);
    const z = w1 * (a[0] ?? 0) + w2 * (a[1] ?? 0) + b;
    expect(1 / (1 + Math.exp(-z))).toBeCloseTo(units[0]?.yHat[0] ?? Number.NaN, 5);
    await race.stop();
  });
});

describe('entries and pixels', () => {
  it('lie side by side, a pixel’s channels first', () => {
    const image = { width: 64, height: 64, channels: 3 } as const;
    expect(pixelOf(0, image)).toEqual({ row: 0, column: 0, channel: 0 });
    expect(pixelOf(3 * 64 + 4, image)).toEqual({ row: 1, column: 1, channel: 1 });
    for (const k of [0, 1, 191, 192, 5000, 12287]) expect(entryOf(pixelOf(k, image), image)).toBe(k);
  });
});

describe('questions to a race', () => {
  it('wait until they are served, and get nothing where no lane is left or the race is over', async () => {
    const visits = new Visits();
    const answers: unknown[] = [];
    const asked = [1, 2].map((number) => visits.ask(() => Promise.resolve(number)).then((answer) => answers.push(answer)));
    await Promise.resolve();
    expect(answers).toEqual([]);
    await visits.serve(undefined);
    await Promise.all(asked);
    expect(answers).toEqual([null, null]);
    visits.close();
    expect(await visits.ask(() => Promise.resolve(3))).toBeNull();
  });
});
