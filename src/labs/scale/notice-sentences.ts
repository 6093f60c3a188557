/** From the state of a sweep to what stands in the banner area: what happened, to which input, what to do. Pure. */
import { msg, str } from '@lit/localize';
import type { SweepNotice } from '../../session/sweep/protocol.ts';
import { plannedRuns, type SweepSettings } from '../../session/sweep/settings.ts';
import { integer } from '../../ui/format.ts';
import type { Notice } from '../../ui/notice-list.ts';
import type { UrlNote } from '../../ui/router.ts';
import { troubleText } from '../../ui/storage-words.ts';
import { urlNotice } from '../../ui/url-notes.ts';
import { absenceSentence } from '../../ui/words.ts';
import { modelName } from './models.ts';
import { listed } from './numbers.ts';
import { divergedSentence } from './sentences.ts';
import type { SweepState } from './sweep-state.ts';

export interface Noticed {
  readonly settings: SweepSettings;
  readonly state: SweepState;
  readonly notes: readonly UrlNote[];
}

/** Everything that a person should know now, the worst first. */
export function sweepNotices({ settings, state, notes }: Noticed): readonly Notice[] {
  const notices: Notice[] = [];
  if (state.failure !== null) notices.push({ id: 'failed', tone: 'bad', text: failureSentence(state.failure), action: msg('Go on') });
  const diverged = divergedSentence(settings, state.samples);
  if (diverged !== null) notices.push({ id: 'diverged', tone: 'bad', text: diverged, ...smallerRate(settings) });
  for (const notice of state.notices) notices.push({ id: noticeId(notice), tone: toneOf(notice), text: noticeSentence(notice, settings) });
  const url = urlNotice(notes);
  if (url) notices.push(url);
  if (state.offered) notices.push(offerNotice(settings, state));
  return notices;
}

/** A tenth of the rate, as far as there is one. */
export function rateToTry({ learningRate }: SweepSettings): number | null {
  const smaller = Number((learningRate / 10).toPrecision(3));
  return smaller >= 1e-7 ? smaller : null;
}

function smallerRate(settings: SweepSettings): Pick<Notice, 'action'> {
  const rate = rateToTry(settings);
  return rate === null ? {} : { action: msg(str`Use α = ${String(rate)}`) };
}

function noticeId(notice: SweepNotice): string {
  return notice.kind === 'not-timed' ? `not-timed-${notice.lane}` : notice.kind;
}

function toneOf({ kind }: SweepNotice): Notice['tone'] {
  return kind === 'device-lost' || kind === 'no-gpu' || kind === 'not-kept' ? 'warn' : 'note';
}

function failureSentence(why: string): string {
  const reason = why.trim().replace(/[.]+$/, '');
  return msg(str`The sweep stopped: ${reason}. What was found until then stays; it goes on from there, or other settings avoid it.`);
}

function offerNotice(settings: SweepSettings, { times, samples }: SweepState): Notice {
  const [done, count] = [times.length + samples.length, plannedRuns(settings)];
  const base = { id: 'earlier', tone: 'note', otherAction: msg('Start anew') } as const;
  if (done >= count)
    return {
      ...base,
      text: msg(str`An earlier sweep with these settings did all ${integer(done)} runs; they are shown.`),
      action: msg('Good'),
    };
  return {
    ...base,
    text: msg(str`An earlier sweep with these settings did ${integer(done)} of ${integer(count)} runs; they are shown.`),
    action: msg('Go on'),
  };
}

export function noticeSentence(notice: SweepNotice, settings: SweepSettings): string {
  switch (notice.kind) {
    case 'm-reduced':
      return msg(
        str`These data have ${integer(notice.used)} training examples, not ${integer(notice.asked)}: the sweep goes up to ${integer(notice.used)}.`,
      );
    case 'too-few':
      return tooFewSentence(notice);
    case 'too-large':
      return msg(
        str`${modelName(notice.model, settings)} on m = ${listed(notice.sizes.map((m) => integer(m)))} was left out: no engine here holds it (${notice.why}). A smaller “m to” or fewer units fit.`,
      );
    case 'device-lost':
      return deviceLostSentence(notice);
    case 'no-gpu':
      return noGpuSentence(notice);
    case 'not-timed':
      return notTimedSentence(notice, settings);
    case 'hidden':
      return notice.discarded === 1
        ? msg(
            'The tab was hidden, and browsers slow hidden pages down: 1 point that was timed then was discarded and is timed again. Keep the tab in sight while times are taken.',
          )
        : msg(
            str`The tab was hidden, and browsers slow hidden pages down: ${integer(notice.discarded)} points that were timed then were discarded and are timed again. Keep the tab in sight while times are taken.`,
          );
    case 'not-kept': {
      const why = troubleText(notice.why).trim().replace(/[.]+$/, '');
      return msg(
        str`The browser does not keep this sweep (${why}), so what it finds is only in this page: a reload loses it. Save result keeps it as a file; deleting kept results or files makes room.`,
      );
    }
  }
}

function tooFewSentence({ sizes, className, found, needed }: Extract<SweepNotice, { kind: 'too-few' }>): string {
  const list = listed(sizes.map((m) => integer(m)));
  const left = sizes.length === 1 ? msg(str`m = ${list} was left out`) : msg(str`m = ${list} were left out`);
  return msg(
    str`${left}: so few hold ${integer(found)} training examples of “${className}”, and ${integer(needed)} are needed. A larger “m from” brings more.`,
  );
}

function deviceLostSentence({ recovered, detail }: Extract<SweepNotice, { kind: 'device-lost' }>): string {
  const reason = detail.trim().replace(/[.]+$/, '');
  const lost = reason === '' ? msg('The GPU device was lost.') : msg(str`The GPU device was lost (${reason}).`);
  const then = recovered
    ? msg('A new one was made, and what was under way is done again.')
    : msg('The sweep goes on by the CPU alone; loading the page again may bring the GPU back.');
  return `${lost} ${then}`;
}

function noGpuSentence({ why, detail }: Extract<SweepNotice, { kind: 'no-gpu' }>): string {
  switch (why) {
    case 'no-webgpu':
    case 'insecure-context':
    case 'no-adapter':
    case 'no-device':
      return absenceSentence(why);
    default:
      return msg(str`There is no GPU here (${detail || why}), so the CPU is timed alone and trains every model.`);
  }
}

function notTimedSentence({ lane, from, why }: Extract<SweepNotice, { kind: 'not-timed' }>, { timed }: SweepSettings): string {
  const name = lane === 'gpu' ? 'GPU' : 'CPU';
  const m = integer(from);
  return why === 'memory'
    ? msg(
        str`From m = ${m} on the examples do not fit the ${name}’s memory: there its time is the law’s, drawn dashed. A smaller “m to” avoids it.`,
      )
    : msg(
        str`From m = ${m} on a step of “${timed}” takes the ${name} too long to be timed: there its time is the law’s, drawn dashed. A smaller model to time, or a smaller “m to”, avoids it.`,
      );
}
