/** The line of the loop that was just done, as an equation with its numbers and in a sentence. Only words. */
import { msg, str } from '@lit/localize';
import type { Loop } from './graph-state.ts';
import { factor, shown } from './numbers.ts';
import type { StepWords } from './step-words.ts';

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 3 → `⁽³⁾`. */
function above(example: number): string {
  return `⁽${[...String(example)].map((digit) => raised[Number(digit)] ?? digit).join('')}⁾`;
}

/** A term as it is added to a sum. */
function plus(value: number): string {
  return value < 0 ? `− ${shown(-value)}` : `+ ${shown(value)}`;
}

/** @param done lines done */
export function loopWords({ trace, examples }: Loop, done: number): StepWords {
  const moment = trace[Math.min(done, trace.length - 1)];
  const before = trace[Math.min(done, trace.length - 1) - 1];
  if (!moment || !before)
    return { equation: 'J = dw₁ = dw₂ = db = 0', sentences: [msg('The accumulators start at 0. Each example adds its part to them.')] };
  const m = examples.length;
  if (moment.line === 'mean' || moment.example === null) {
    return {
      equation: `J = ${shown(before.J)} / ${m} = ${shown(moment.J)}`,
      sentences: [
        msg(str`Divided by m = ${m}, the sums become means: the cost and its gradient. The vectorised form has the same numbers.`),
      ],
    };
  }
  const { x1 = 0, x2 = 0, y = 0 } = examples[moment.example] ?? {};
  const i = above(moment.example + 1);
  const [z, a, dz] = [moment.z ?? 0, moment.a ?? 0, moment.dz ?? 0];
  const sum = (name: string, was: number, is: number): string => `${name} = ${shown(was)} ${plus(is - was)} = ${shown(is)}`;
  switch (moment.line) {
    case 'start':
    case 'z':
      return {
        equation: `z${i} = ${shown(z)}`,
        sentences: [msg(str`The weighted sum w₁·${factor(x1)} + w₂·${factor(x2)} + b of this example.`)],
      };
    case 'a':
      return {
        equation: `a${i} = σ(${shown(z)}) = ${shown(a)}`,
        sentences: [msg('How sure the model is that this example is of class 1.')],
      };
    case 'J':
      return {
        equation: sum('J', before.J, moment.J),
        sentences: [msg(str`What this example costs: little where a = ${shown(a)} is near y = ${y}, much where it is far.`)],
      };
    case 'dz':
      return {
        equation: `dz${i} = ${shown(a)} − ${y} = ${shown(dz)}`,
        sentences: [msg('The chain rule through L and σ, in one line: what the model said, less what is true.')],
      };
    case 'dw1':
      return { equation: sum('dw₁', before.dw1, moment.dw1), sentences: [msg(str`x₁ dz = ${shown(x1)} · ${factor(dz)} is added.`)] };
    case 'dw2':
      return { equation: sum('dw₂', before.dw2, moment.dw2), sentences: [msg(str`x₂ dz = ${shown(x2)} · ${factor(dz)} is added.`)] };
    case 'db':
      return { equation: sum('db', before.db, moment.db), sentences: [msg('b enters z with the factor 1, so dz itself is added.')] };
  }
}
