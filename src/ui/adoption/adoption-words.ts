/** Adopted kernels in words: what the mark says, and why one was rolled back. Pure. */
import { msg, str } from '@lit/localize';
import type { EditedUse, Rollback, WentWrong } from '../../session/adopted/protocol.ts';
import { duration, integer, significant } from '../format.ts';

const list = (files: readonly string[]): string => files.join(', ');

export function editedKernels(files: readonly string[]): string {
  return files.length === 1 ? msg(str`edited kernel: ${list(files)}`) : msg(str`edited kernels: ${list(files)}`);
}

/** What stands beside the mark, near the speed-up. */
export function useSentence({ steps, beside }: EditedUse, kernels: readonly string[]): string {
  if (steps.length > 0) return msg('The GPU’s time is that of the edited text, not of the built-in kernel.');
  if (beside.length > 0)
    return msg('It runs only where the cost of the test part and ŷ are computed: the time of a step is that of built-in kernels.');
  return kernels.length === 1
    ? msg(str`${list(kernels)} is adopted, but this plan runs no such kernel: these times are those of built-in ones.`)
    : msg(str`${list(kernels)} are adopted, but this plan runs no such kernels: these times are those of built-in ones.`);
}

/** What went wrong in the race. */
export function whySentence(why: WentWrong): string {
  switch (why.kind) {
    case 'refused':
      return msg(str`it did not compile, or the GPU refused it: ${why.words}`);
    case 'device-lost':
      return why.words.trim() === '' ? msg('the GPU device was lost') : msg(str`the GPU device was lost (${why.words.trim()})`);
    case 'too-long':
      return msg(
        str`the GPU gave no answer within ${duration(1000 * why.seconds)}, and its device was given up; as long as that kernel runs, the CPU may race alone, and loading this page anew may hang`,
      );
    case 'first-steps':
      return msg(str`costs or parameters of its first ${why.steps} steps are not those of the float64 reference`);
    case 'cost':
      return msg(str`at step ${integer(why.atStep)} J was ${significant(why.gpu, 6)} on the GPU and ${significant(why.cpu, 6)} on the CPU`);
    case 'parameters':
      return msg(
        str`from the same state, the parameters went elsewhere on the GPU than on the CPU by step ${integer(why.atStep)}: the difference is ${significant(why.difference, 2)} of the way`,
      );
    case 'test-cost':
      return msg(
        str`at step ${integer(why.atStep)} the cost of the test part was ${significant(why.gpu, 6)} on the GPU and ${significant(why.cpu, 6)} on the CPU`,
      );
    case 'predictions':
      return msg(
        str`at step ${integer(why.atStep)} ŷ of test example ${integer(why.example)} was ${significant(why.gpu, 4)} on the GPU and ${significant(why.cpu, 4)} on the CPU`,
      );
    case 'non-finite':
      return msg(str`J stopped being finite on the GPU at step ${integer(why.atStep)}, and not on the CPU`);
  }
}

export function rollbackSentence({ files, why }: Rollback): string {
  return files.length === 1
    ? msg(
        str`Rolled back: the edited ${list(files)} is out of the race, which began again with the built-in kernel. Why: ${whySentence(why)}.`,
      )
    : msg(
        str`Rolled back: the edited ${list(files)} are out of the race, which began again with the built-in kernels. Why: ${whySentence(why)}.`,
      );
}
