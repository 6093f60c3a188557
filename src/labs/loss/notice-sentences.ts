/** What a person should know before the numbers: nonsense in the address, no GPU, a lost device, a worker that broke. */
import { msg, str } from '@lit/localize';
import type { GpuAbsence, Shown } from '../../session/loss/protocol.ts';
import type { Notice } from '../../ui/notice-list.ts';
import { urlNotice } from '../../ui/url-notes.ts';
import type { UrlNote } from '../../ui/router.ts';

export interface Known {
  readonly notes: readonly UrlNote[];
  readonly shown: Shown | null;
  readonly failure: string | null;
}

export function lossNotices({ notes, shown, failure }: Known): readonly Notice[] {
  const notices: Notice[] = [];
  const url = urlNotice(notes);
  if (url) notices.push(url);
  if (failure !== null) {
    const text = msg(str`What draws the surfaces has failed (${failure}). The numbers beside them still hold.`);
    notices.push({ id: 'failed', tone: 'bad', text, action: msg('Try again') });
  }
  if (shown?.processor.kind === 'cpu') notices.push({ id: 'no-gpu', tone: 'note', text: absence(shown.processor.why) });
  if (shown && shown.losses > 0) notices.push({ id: 'device-lost', tone: 'note', text: lossSentence(shown) });
  return notices;
}

/** Why the processor draws, and what to do about it. */
function absence(why: GpuAbsence): string {
  const then = msg('The CPU computes the surfaces on 256 × 256 points and draws them.');
  switch (why) {
    case 'no-webgpu':
      return `${msg('This browser has no WebGPU.')} ${then} ${msg('A current Chrome, Edge, Safari or Firefox brings it.')}`;
    case 'insecure-context':
      return `${msg('Browsers lend the GPU only to pages that came over https or from localhost.')} ${then}`;
    case 'no-adapter':
      return `${msg('WebGPU is here, but it found no graphics adapter.')} ${then} ${msg('Hardware acceleration in the browser’s settings may be off.')}`;
    case 'no-device':
      return `${msg('A graphics adapter was found, but it gave no device to draw with.')} ${then} ${msg('Loading the page again may help.')}`;
  }
}

function lossSentence({ processor, lossDetail }: Shown): string {
  const aside = lossDetail.trim() === '' ? '' : ` (${lossDetail.trim().replace(/[.]+$/, '')})`;
  const lost = msg(str`The GPU device was lost${aside}.`);
  return processor.kind === 'gpu'
    ? `${lost} ${msg('A new one was made, and everything was computed and drawn again.')}`
    : `${lost} ${msg('No GPU could be had again.')}`;
}
