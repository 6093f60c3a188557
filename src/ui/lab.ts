/** What a lab is to the shell: a name, and a view that is fetched when it is first wanted. Labs themselves are elsewhere. */
import type { TemplateResult } from 'lit';
import type { ExportKind } from '../session/export/kinds.ts';
import type { InsideNeuron, InsidePicture, InsideRequest } from '../session/inside/protocol.ts';
import type { MachineReport } from '../session/protocol.ts';
import type { Settings } from '../session/settings.ts';
import type { Adoption, RaceDesk } from './adoption/adoption.ts';
import type { RaceCommand } from './events.ts';
import type { RaceState } from './race-state.ts';
import type { ResultKeeper } from './result-keeper.ts';

/** Where what the race has inside can be asked for; see `SessionWorker`. */
export interface Inside {
  insidePicture(index: number): Promise<InsidePicture | null>;
  insideNeuron(request: InsideRequest): Promise<InsideNeuron | null>;
  takeModel(kind: ExportKind): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Measures the way from a change to its result; see `ClockReadout`. */
export interface LabClock {
  changed(): void;
  arrived(): void;
}

/** Where the adopted kernels are, once there is something that keeps them. */
export interface AdoptionDesk extends RaceDesk {
  adopted: Adoption | null;
}

export interface LabContext {
  readonly settings: Settings;
  readonly race: RaceState;
  readonly machine: MachineReport | null;
  readonly machineName: string;
  /** What stands in the URL after the lab's name; of Train only what is no part of `settings`. */
  readonly query: string;
  /** @param replace the change belongs to the last one: Back skips it */
  readonly setQuery: (query: string, replace?: boolean) => void;
  /** What labs want to find again when they are opened once more, by name. */
  readonly keep: Map<string, unknown>;
  /** Resolves when the race that ran before this lab was opened has come to rest. */
  readonly whenQuiet: () => Promise<void>;
  readonly inside: Inside;
  readonly clock: LabClock;
  /** The race's store, as far as adopted kernels go. */
  readonly desk: AdoptionDesk;
  /** Where finished measurements are kept, and all results that this browser has. */
  readonly results: ResultKeeper;
}

export interface LabView {
  render(context: LabContext): TemplateResult;
  /** Absent: keys go to the race. */
  command?(command: RaceCommand, context: LabContext): void;
  /** Something else is going to be measured. @returns what lets the lab go on */
  rest?(context: LabContext): () => void;
}

export interface Lab {
  /** What stands in the URL. */
  readonly id: string;
  /** Its place among all labs, and so its key. */
  readonly key: string;
  title(): string;
  load(): Promise<LabView>;
}
