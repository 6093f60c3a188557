/** From the state of a race to what stands in the banner area. Pure. */
import { msg, str } from '@lit/localize';
import type { MachineReport } from '../../session/protocol.ts';
import type { Settings } from '../../session/settings.ts';
import { plain } from '../../ui/format.ts';
import type { Notice } from '../../ui/notice-list.ts';
import type { RaceState } from '../../ui/race-state.ts';
import { absenceSentence, divergenceSentence, failureSentence, noticeSentence } from './sentences.ts';

export function raceNotices(race: RaceState, settings: Settings, machine: MachineReport | null): readonly Notice[] {
  const notices: Notice[] = [];
  const absent = machine?.gpu.absent ?? race.notices.find((notice) => notice.kind === 'gpu-lane-absent')?.why ?? null;
  if (absent !== null && settings.gpu) notices.push({ id: `gpu-${absent}`, tone: 'warn', text: absenceSentence(absent) });
  if (race.failure) notices.push({ id: 'failed', tone: 'bad', text: failureSentence(race.failure) });
  if (race.divergence) {
    const action = msg(str`Use α = ${plain(race.divergence.tryLearningRate)}`);
    notices.push({ id: 'diverged', tone: 'bad', text: divergenceSentence(race.divergence, settings), action });
  }
  for (const notice of race.notices) {
    if (notice.kind === 'gpu-lane-absent') continue;
    notices.push({ id: notice.kind, tone: notice.kind === 'device-lost' ? 'warn' : 'note', text: noticeSentence(notice) });
  }
  return notices;
}
