/** What a sweep is doing and how far it is, in words. */
import { msg, str } from '@lit/localize';
import type { SweepTask } from '../../session/sweep/protocol.ts';
import { plannedRuns, type SweepSettings } from '../../session/sweep/settings.ts';
import { bytes, integer, roughly } from '../../ui/format.ts';
import { modelName } from './models.ts';
import { hasPoints, type SweepState } from './sweep-state.ts';

export function taskSentence(task: SweepTask, settings: SweepSettings): string {
  switch (task.kind) {
    case 'loading': {
      const { file, loadedBytes, totalBytes } = task;
      const size = totalBytes === null ? bytes(loadedBytes) : msg(str`${bytes(loadedBytes)} of ${bytes(totalBytes)}`);
      return msg(str`Loading ${file}: ${size}.`);
    }
    case 'time':
      return msg(str`Timing a step at m = ${integer(task.m)}, both lanes in turns.`);
    case 'train':
      return msg(str`Training the ${modelName(task.model, settings)} on m = ${integer(task.m)}, seed ${task.seed + 1}.`);
  }
}

/** What stands beside the buttons and is read out: it changes with the phase, not with every run. */
export function statusSentence(state: SweepState, settings: SweepSettings): string {
  switch (state.phase) {
    case 'idle':
      return hasPoints(state) ? msg('Points of an earlier sweep.') : msg(str`Ready: ${integer(plannedRuns(settings))} runs.`);
    case 'loading':
      return msg('Loading the data.');
    case 'running':
      return state.wantsToRun ? msg('Sweeping: each model at each m, the same examples for all.') : msg('Pausing.');
    case 'paused':
      return msg('Paused.');
    case 'finished':
      return msg('Finished.');
    case 'cancelled':
      return msg('Cancelled; what was found stays.');
    case 'failed':
      return msg('Stopped.');
  }
}

export function leftText({ phase, secondsLeft }: SweepState): string {
  if (phase !== 'running' && phase !== 'paused') return '';
  return secondsLeft === null ? msg('time left: not known yet') : msg(str`about ${roughly(secondsLeft)} left`);
}

/** What the main button does next. */
export function runWord(state: SweepState): string {
  switch (state.phase) {
    case 'paused':
      return msg('Resume');
    case 'cancelled':
    case 'failed':
      return msg('Go on');
    case 'finished':
      return msg('Run again');
    case 'idle':
      return hasPoints(state) ? msg('Go on') : msg('Run sweep');
    case 'loading':
    case 'running':
      return msg('Run sweep');
  }
}
