/** What a person should know now about the compared nets, as notices: the link, the device, the data, nets that diverged. */
import { msg, str } from '@lit/localize';
import type { ActivationNotice } from '../../session/activations/protocol.ts';
import { activationRanges, type ActivationSettings } from '../../session/activations/settings.ts';
import { editable, integer } from '../../ui/format.ts';
import type { Notice } from '../../ui/notice-list.ts';
import type { UrlNote } from '../../ui/router.ts';
import { urlNotice } from '../../ui/url-notes.ts';
import { absenceSentence } from '../../ui/words.ts';
import type { ActivationState } from './activation-state.ts';
import { divergedSentence } from './sentences.ts';

/** A tenth of α, where that is within the range; null: there is none to try. */
export function rateToTry({ learningRate }: ActivationSettings): number | null {
  const wanted = learningRate > 10 ? 0.1 : Number((learningRate / 10).toPrecision(3));
  return wanted >= activationRanges.learningRate[0] ? wanted : null;
}

export function activationNotices(settings: ActivationSettings, state: ActivationState, notes: readonly UrlNote[]): readonly Notice[] {
  const url = urlNotice(notes);
  const notices: Notice[] = url ? [url] : [];
  if (state.failure !== null) {
    notices.push({ id: 'failed', tone: 'bad', text: msg(str`The nets could not be trained: ${state.failure}`), action: msg('Try again') });
  }
  const diverged = state.nets.filter((net) => net.diverged !== null);
  if (diverged.length > 0) {
    const rate = rateToTry(settings);
    const text = diverged.map(divergedSentence).join(' ');
    const others = diverged.length < state.nets.length ? ` ${msg('The others go on.')}` : '';
    const why = msg(str`α = ${editable(settings.learningRate)} takes steps that are too long.`);
    const notice: Notice = { id: 'diverged', tone: 'bad', text: `${text}${others} ${why}` };
    notices.push(rate === null ? notice : { ...notice, action: msg(str`Try α = ${editable(rate)}`) });
  }
  for (const notice of state.notices) notices.push({ id: notice.kind, tone: toneOf(notice), text: noticeSentence(notice) });
  return notices;
}

const toneOf = ({ kind }: ActivationNotice): Notice['tone'] => (kind === 'device-lost' ? 'warn' : 'note');

function noticeSentence(notice: ActivationNotice): string {
  switch (notice.kind) {
    case 'm-reduced': {
      const [asked, used] = [integer(notice.asked), integer(notice.used)];
      return msg(str`These data have ${used} training examples, not ${asked}: the nets train on m = ${used}.`);
    }
    case 'device-lost': {
      const reason = notice.detail.trim().replace(/[.]+$/, '');
      const lost = reason === '' ? msg('The GPU device was lost.') : msg(str`The GPU device was lost (${reason}).`);
      const then = notice.recovered
        ? msg('A new one was made, and each net goes on from its last step.')
        : msg('Each net goes on from its last step on the CPU; loading the page again may bring the GPU back.');
      return `${lost} ${then}`;
    }
    case 'no-gpu':
      return absenceSentence(notice.why);
  }
}
