/** What a lab is to the shell: a name, and a view that is fetched when it is first wanted. Labs themselves are elsewhere. */
import type { TemplateResult } from 'lit';
import type { MachineReport } from '../session/protocol.ts';
import type { Settings } from '../session/settings.ts';
import type { RaceState } from './race-state.ts';

export interface LabContext {
  readonly settings: Settings;
  readonly race: RaceState;
  readonly machine: MachineReport | null;
  readonly machineName: string;
}

export interface LabView {
  render(context: LabContext): TemplateResult;
}

export interface Lab {
  /** What stands in the URL. */
  readonly id: string;
  /** Its place among all labs, and so its key. */
  readonly key: string;
  title(): string;
  load(): Promise<LabView>;
}
