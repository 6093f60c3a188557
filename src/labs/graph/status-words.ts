/** What the lab asks, where one stands in a line, and what failed. Only words. */
import { msg, str } from '@lit/localize';
import { partsOf, stepsDone, type GraphSettings, type GraphState } from './graph-state.ts';

export function statusSentence(settings: GraphSettings, state: GraphState): string {
  if (state.failure !== null) return msg('The parser of expressions did not load.');
  const { study, loop } = state;
  const { forward, backward } = partsOf(settings, state);
  const done = stepsDone(settings, state);
  if (settings.view === 'examples') {
    const moment = loop.trace[done];
    if (done === 0) return msg('The accumulators stand at 0.');
    return moment?.example === null || moment === undefined
      ? msg('The loop is done, and its sums are divided by m.')
      : msg(str`Example ${moment.example + 1} of ${settings.m}.`);
  }
  if (!study) return '…';
  if (done < forward) return msg(str`Forward: ${done} of ${forward} values.`);
  if (study.back === null) return msg(str`Forward: all ${forward} nodes seen, and the result has no value.`);
  const edges = done - forward;
  if (edges === 0) return msg(str`All ${forward} values are there; backward is next.`);
  return edges === backward
    ? msg(str`Backward: all ${backward - 1} edges done, every derivative is there.`)
    : msg(str`Backward: ${edges - 1} of ${backward - 1} edges.`);
}

export function questionText(view: 'graph' | 'examples'): string {
  return view === 'examples'
    ? msg(
        'The gradient of J is a mean over m examples. A loop adds it up example by example; the vectorised form says the same in six lines.',
      )
    : msg(
        'Forward, each node computes its value. Backward, the chain rule hands the derivative on, one wire at a time; each wire needs to know only its own.',
      );
}

export function failureSentence(why: string): string {
  return msg(
    str`The parser of expressions did not load (${why}), so there is no graph. The connection may be gone, or the app was built anew.`,
  );
}
