/** What can be opened with one press: texts with values, by the name that stands in the URL. */
import type { Detail } from '../../session/graph/study.ts';

export const presetNames = ['course', 'logistic', 'examples'] as const;
export type PresetName = (typeof presetNames)[number];

export interface TextPreset {
  readonly text: string;
  readonly values: Readonly<Record<string, number>>;
  readonly detail: Detail;
}

export const course: TextPreset = { text: 'J = 3(a + b c)', values: { a: 5, b: 3, c: 2 }, detail: 'operations' };

export const logistic: TextPreset = {
  text: 'z = w1 x1 + w2 x2 + b; a = σ(z); L = -(y log(a) + (1 - y) log(1 - a))',
  values: { w1: 0.5, x1: 1, w2: -0.25, x2: 2, b: 0.1, y: 1 },
  detail: 'lines',
};

/** The weights at which the loop over m examples starts. */
export const loopStart = { w1: 0.5, w2: -0.25, b: 0.1, m: 6 } as const;

/** What an input gets that nobody gave a value. */
export const valueOfNobody = 1;
