/** Why the GPU is as fast as it is, in a sentence with the number behind it. Only words; the verdict is the session's. */
import { msg, str } from '@lit/localize';
import type { SpeedUp, Verdict } from '../../session/protocol.ts';
import { duration, integer, significant } from '../../ui/format.ts';
import { shareText } from '../../ui/share-text.ts';

/** The question as the race stands. */
export function verdictQuestion(speedUp: Pick<SpeedUp, 'verdict'> | null): string {
  switch (speedUp?.verdict) {
    case 'gpu':
      return msg('Why is my GPU this fast?');
    case 'cpu':
      return msg('Why is my GPU slow?');
    default:
      return msg('What decides my GPU’s speed?');
  }
}

export function verdictSentence(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'software':
      return softwareSentence(verdict);
    case 'read-back':
      return msg(
        str`Waiting: an empty submission, awaited, takes ${duration(verdict.floorMs)} here, and that is ${shareText(verdict.share)} of a block of ${integer(verdict.stepsPerBlock)} steps.`,
      );
    case 'fixed-cost':
      return msg(
        str`Fixed cost: ${duration(verdict.fixedMs)} of a step, ${shareText(verdict.share)}, are spent whatever m is, on starting its dispatches (${integer(verdict.dispatchesPerStep)} a step). A larger m costs little more.`,
      );
    case 'memory':
      return msg(str`Memory: a step moves its bytes at ${shareText(verdict.share)} of this GPU’s copy, about as fast as memory allows.`);
    case 'cache':
      return msg(
        str`A cache: a step moves its bytes at ${shareText(verdict.share)} of this GPU’s copy, more than memory gives, because X stays in the cache.`,
      );
    case 'arithmetic':
      return msg(
        str`Arithmetic: a step computes at ${shareText(verdict.share)} of this GPU’s multiply-adds, about as fast as it can compute.`,
      );
    case 'small-step':
      return msg(
        str`Too little work: at full speed a step would take ${duration(verdict.possibleMs)} here and not ${duration(verdict.stepMs)}; m = ${integer(verdict.examples)} examples a step do not fill this GPU. A larger m does.`,
      );
    case 'kernel':
      return msg(
        str`The kernel: a step reaches ${shareText(verdict.shareOfCopy)} of this GPU’s copy and ${shareText(verdict.shareOfFma)} of its multiply-adds, and neither waiting nor fixed cost explains the rest.`,
      );
  }
}

function softwareSentence({ gpuGigaflopsPerSecond: gpu, cpuGigaflopsPerSecond: cpu }: Extract<Verdict, { kind: 'software' }>): string {
  if (gpu === null || cpu === null) return msg('It is a program on the CPU, and can only be slower than the CPU itself.');
  return msg(
    str`It is a program on the CPU: it reaches ${significant(gpu, 2)} GFLOP/s in multiply-adds, where the CPU itself reaches ${significant(cpu, 2)}.`,
  );
}
