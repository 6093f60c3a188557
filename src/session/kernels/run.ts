/**
 * One run of an edited kernel. First it is checked at the shape that is timed, and at every small one that the same pipeline
 * serves, so that a first time can stand early; then at all shapes of all contracts of its file; then it is timed in turns
 * with others. Whatever is found wrong on the way ends the run and takes the time back.
 */
import { contractsOfFile } from './catalogue.ts';
import { passGate, Pipelines, runsOn } from './gate-run.ts';
import { shapeWith, type Room } from './gate/sizes.ts';
import type { GateFinding, RunProgress, RunReport, RunRequest } from './protocol.ts';
import { HungError } from './trial.ts';
import { editedLane, firstTime, timeInTurns, type Subject, type TimingOptions } from './timing.ts';

export interface RunOptions extends TimingOptions {
  readonly room: Room;
  /** When Run was pressed, by the clock. */
  readonly began: number;
}

/** What is to be timed, or why it cannot be. @throws RangeError when there is no such contract or listed shape */
function subjectOf(
  { file, contract: id, shape: index, sizes }: RunRequest,
  { device, room }: RunOptions,
): Subject | { readonly finding: GateFinding } {
  const contract = contractsOfFile(file).find((one) => one.id === id);
  const listed = contract?.timed[index];
  if (!contract || !listed) throw new RangeError(`${file} has no contract ${id} with a shape ${index}`);
  const refused = (words: string) => ({ finding: { kind: 'refused', contract: id, shape: { ...listed, ...sizes }, words } }) as const;
  if (!runsOn(device, contract)) return refused(`it needs ${contract.feature ?? ''}, which is not switched on`);
  try {
    return { contract, shape: shapeWith(contract, listed, sizes, room) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused(error.message);
  }
}

/** @throws DeviceLostError when the device goes away meanwhile */
export async function runKernel(request: RunRequest, options: RunOptions, onProgress: (progress: RunProgress) => void): Promise<RunReport> {
  const { clock, signal, gate: gateOptions, shelf, began } = options;
  const elapsedMs = (): number => clock() - began;
  const ended = (gate: GateFinding): RunReport => {
    onProgress({ kind: 'checked', gate, elapsedMs: elapsedMs() });
    return { gate, time: null };
  };
  const subject = subjectOf(request, options);
  if ('finding' in subject) return ended(subject.finding);
  onProgress({ kind: 'trial', contract: subject.contract.id, shape: subject.shape });
  const edited = await editedLane(subject, options);
  if ('finding' in edited) return ended(edited.finding);
  try {
    onProgress({ kind: 'timed', time: await firstTime(subject, edited, options), elapsedMs: elapsedMs() });
    const gate = await passGate(contractsOfFile(request.file), gateOptions, new Pipelines(gateOptions, shelf), (contract, shape) =>
      onProgress({ kind: 'trial', contract: contract.id, shape }),
    );
    const report = ended(gate);
    if (gate.kind !== 'right' || signal.aborted) return report;
    const time = await timeInTurns(subject, edited, options, (found) => onProgress({ kind: 'timed', time: found, elapsedMs: elapsedMs() }));
    return { gate, time };
  } catch (error) {
    if (!(error instanceof HungError)) throw error;
    return ended({ kind: 'hung', contract: subject.contract.id, shape: subject.shape, words: error.message });
  } finally {
    edited.dispose();
  }
}
