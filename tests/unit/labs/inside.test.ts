/** The panel that takes a picture apart: its link, its digits and words, and where cells lie. */
import { describe, expect, it } from 'vitest';
import { held, hitAt, placesOn, revealing, wholeView, zoomed } from '../../../src/labs/train/inside/channel-geometry.ts';
import { parseInside, printInside, readInside } from '../../../src/labs/train/inside/inside-query.ts';
import { InsideStore } from '../../../src/labs/train/inside/inside-store.ts';
import { movedEntry } from '../../../src/labs/train/inside/rasters.ts';
import { lineRange } from '../../../src/labs/train/inside/sigmoid-pictures.ts';
import { countWords, noProbabilityWords, pixelWords, scalingWords, sigmoidText, writtenOut } from '../../../src/labs/train/inside/words.ts';
import type { InsideNeuron, InsidePicture } from '../../../src/session/inside/protocol.ts';

const image = { width: 64, height: 64, channels: 3 } as const;

describe('the link', () => {
  it('holds an example and a unit, and reads back', () => {
    expect(parseInside('inside=12')).toEqual({ index: 12, unit: 0 });
    expect(parseInside('inside=12-3')).toEqual({ index: 12, unit: 2 });
    for (const choice of [
      { index: 0, unit: 0 },
      { index: 41, unit: 9 },
    ])
      expect(parseInside(printInside(choice))).toEqual(choice);
    expect(printInside({ index: 5, unit: 0 })).toBe('inside=5');
  });

  it.each(['inside=', 'inside=abc', 'inside=-1', 'inside=1.5', 'inside=3-0', 'inside=3-', 'inside=1e3'])('names nonsense: %s', (query) => {
    const { choice, complaint } = readInside(query, 50, 1);
    expect(choice).toEqual({ index: 0, unit: 0 });
    expect(complaint).toContain(query.slice(7));
    expect(complaint).toContain('0 to 49');
  });

  it('holds an example or a unit that is not there to the last one, and says so', () => {
    const example = readInside('inside=50', 50, 1);
    expect([example.choice.index, example.complaint]).toEqual([
      49,
      'There is no test example 50: they go from 0 to 49. Example 49 is shown.',
    ]);
    const unit = readInside('inside=4-11', 50, 10);
    expect([unit.choice, unit.complaint]).toEqual([
      { index: 4, unit: 9 },
      'There is no unit 11: the first layer has 10. Unit 10 is shown.',
    ]);
    // units are not known yet: nothing to complain about
    expect(readInside('inside=4-11', 50, null)).toEqual({ choice: { index: 4, unit: 10 }, complaint: null });
  });
});

describe('digits', () => {
  it('writes e^−z out, however small or large', () => {
    expect(writtenOut(Math.exp(12))).toBe('162,755');
    expect(writtenOut(Math.exp(30))).toBe('10,686,474,581,524');
    expect(writtenOut(Math.exp(-12))).toBe('0.00000614');
    expect(writtenOut(Math.exp(-30))).toBe('0.0000000000000936');
    expect(writtenOut(1)).toBe('1.000');
    expect(writtenOut(0)).toBe('0');
  });

  it('shows σ apart from 0 and from 1, up to the ends of the slider', () => {
    expect(sigmoidText(0)).toBe('0.500');
    expect(sigmoidText(12)).toBe('0.99999386');
    expect(sigmoidText(-12)).toBe('0.00000614');
    expect(sigmoidText(30)).toMatch(/^0[.]9{13}06/);
    expect(Number(sigmoidText(-30))).toBeCloseTo(9.36e-14, 16);
  });

  it('counts n_x out', () => {
    expect(countWords(image)).toBe('64 · 64 · 3 = 12,288');
    expect(countWords({ width: 28, height: 28, channels: 1 })).toBe('28 · 28 · 1 = 784');
  });

  it('says why z is no probability by where it lies', () => {
    expect(noProbabilityWords(3.1)).toMatch(/3[.]10, above 1.*310 %.*log\(1 − ŷ\)/);
    expect(noProbabilityWords(-2)).toMatch(/−2[.]00, below 0.*log ŷ/);
    expect(noProbabilityWords(0.4)).toContain('nothing keeps it there');
  });

  it('keeps 0, 1 and z on the line', () => {
    for (const z of [-30, -0.2, 0.5, 1.5, 30]) {
      const [low, high] = lineRange(z);
      expect(low).toBeLessThan(Math.min(0, z));
      expect(high).toBeGreaterThan(Math.max(1, z));
    }
  });
});

function picture(patch: Partial<InsidePicture> = {}): InsidePicture {
  const raw = Uint8Array.from({ length: 12 }, (_, k) => k);
  const small = { width: 2, height: 2, channels: 3 } as const;
  const scale = new Float32Array(12).fill(1 / 255);
  const shift = new Float32Array(12);
  return { index: 0, image: small, raw, y: 1, scale, shift, columns: raw, columnY: Float32Array.of(1), m: 1, mTest: 5, ...patch };
}

describe('words of a pixel', () => {
  it('name its values and its entries of x', () => {
    expect(pixelWords(picture(), 10)).toBe(
      'Row 1, column 1: red 9, green 10, blue 11. They are entries 9 to 11 of x: 0.0353, 0.0392, 0.0431.',
    );
    const grey = picture({ image: { width: 4, height: 3, channels: 1 } });
    expect(pixelWords(grey, 6)).toBe('Row 1, column 2: grey 6. It is entry 6 of x: 0.0235.');
  });

  it('tell how bytes become x', () => {
    expect(scalingWords(picture())).toContain('divided by 255');
    expect(scalingWords(picture({ scale: new Float32Array(12).fill(1) }))).toContain('as they are');
    expect(scalingWords(picture({ shift: Float32Array.from({ length: 12 }, (_, k) => k) }))).toContain('mean');
  });
});

describe('where cells lie', () => {
  it('zooms around a point, never past the picture or below three cells', () => {
    const closer = zoomed(wholeView(image), 0.5, { column: 16, row: 48 }, image);
    expect(closer).toEqual({ column: 8, row: 24, cells: 32 });
    expect(zoomed(closer, 100, { column: 0, row: 0 }, image)).toEqual(wholeView(image));
    expect(zoomed(closer, 1e-9, { column: 20, row: 20 }, image).cells).toBe(3);
    expect(held({ column: 100, row: -5, cells: 8 }, image)).toEqual({ column: 56, row: 0, cells: 8 });
  });

  it('brings a cell into sight, and stays where it is in sight', () => {
    const view = { column: 10, row: 10, cells: 8 };
    expect(revealing(view, { column: 12, row: 17 }, image)).toEqual(view);
    expect(revealing(view, { column: 18, row: 9 }, image)).toEqual({ column: 11, row: 9, cells: 8 });
  });

  it('finds the cell and the channel under a point', () => {
    const places = placesOn(632, 3);
    const [, green] = places.squares;
    if (!green) throw new Error('there is no second square');
    const cell = green.side / 64;
    const hit = hitAt(green.x + 10.5 * cell, green.y + 20.5 * cell, places, wholeView(image));
    expect([hit?.channel, Math.floor(hit?.column ?? -1), Math.floor(hit?.row ?? -1)]).toEqual([1, 10, 20]);
    expect(hitAt(places.strip.x + 3, 100, places, wholeView(image))).toBeNull();
    expect(places.strip.x + places.strip.width).toBeLessThanOrEqual(632);
  });

  it('moves from pixel to pixel and stops at the edges', () => {
    expect(movedEntry(0, 1, 1, image)).toBe((64 + 1) * 3);
    expect(movedEntry(0, -1, -1, image)).toBe(0);
    expect(movedEntry(12287, 8, 8, image)).toBe(12287);
  });
});

describe('the store of the panel', () => {
  it('asks once for what is new, and takes no answer to an earlier choice', async () => {
    const pictures: number[] = [];
    const answers: ((neuron: InsideNeuron | null) => void)[] = [];
    const asked: unknown[] = [];
    const store = new InsideStore(
      {
        takeModel: () => Promise.resolve(null),
        insidePicture: (index) => {
          pictures.push(index);
          return Promise.resolve(picture({ index }));
        },
        insideNeuron: (request) => {
          asked.push(request);
          return new Promise((resolve) => answers.push(resolve));
        },
      },
      () => undefined,
    );
    const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    const data = {};
    const neuronOf = (index: number): InsideNeuron => ({ index, unit: 0, step: 1 }) as InsideNeuron;
    store.follow({ index: 3, unit: 0 }, data, 'first');
    store.follow({ index: 3, unit: 0 }, data, 'first');
    await settle();
    expect([pictures, asked.length, store.picture?.index]).toEqual([[3], 1, 3]);
    // the choice changes while the first question is still open
    store.follow({ index: 4, unit: 0 }, data, 'first');
    answers[0]?.(neuronOf(3));
    await settle();
    expect(store.neuron).toBeNull();
    expect(asked.at(-1)).toEqual({ index: 4, unit: 0 });
    answers[1]?.(neuronOf(4));
    await settle();
    expect(store.neuron?.index).toBe(4);
    // news of the race: the neuron again, the picture not
    store.follow({ index: 4, unit: 0 }, data, 'second');
    await settle();
    expect([pictures, asked.length]).toEqual([[3, 4], 3]);
  });
});
