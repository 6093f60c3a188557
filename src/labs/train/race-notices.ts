/** From the state of a race to what stands in the banner area. Pure. */
import { msg, str } from '@lit/localize';
import type { MachineReport } from '../../session/protocol.ts';
import type { Settings } from '../../session/settings.ts';
import { plain } from '../../ui/format.ts';
import type { Notice } from '../../ui/notice-list.ts';
import type { RaceState } from '../../ui/race-state.ts';
import { absenceSentence } from '../../ui/words.ts';
import { divergenceSentence, failureSentence, noticeSentence, rateToTry } from './sentences.ts';

export function raceNotices(race: RaceState, settings: Settings, machine: MachineReport | null): readonly Notice[] {
  const notices: Notice[] = [];
  const absent = machine?.gpu.absent ?? race.notices.find((notice) => notice.kind === 'gpu-lane-absent')?.why ?? null;
  if (absent !== null && settings.gpu) notices.push({ id: `gpu-${absent}`, tone: 'warn', text: absenceSentence(absent) });
  if (race.failure) {
    const again = race.failure.kind === 'data' && settings.set === 'own';
    notices.push({ id: 'failed', tone: 'bad', text: failureSentence(race.failure), ...(again && { action: msg('Open it') }) });
  }
  if (race.divergence) {
    const learningRate = rateToTry(race.divergence);
    const text = divergenceSentence(race.divergence, settings);
    notices.push({ id: 'diverged', tone: 'bad', text, ...(learningRate !== null && { action: msg(str`Use α = ${plain(learningRate)}`) }) });
  }
  for (const notice of race.notices) {
    if (notice.kind === 'gpu-lane-absent') continue;
    const tone = notice.kind === 'device-lost' || notice.kind === 'gpu-unfit' ? 'warn' : 'note';
    notices.push({ id: notice.kind, tone, text: noticeSentence(notice) });
  }
  return notices;
}
