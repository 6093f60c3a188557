/** Sentences of the Kernels lab: what each file is, what the gate found, what the clock says. Pure. */
import { msg, str } from '@lit/localize';
import type { Difference, GateFinding, LaneTime, LessonName, TimeReport } from '../../session/kernels/protocol.ts';
import { duration, integer, significant } from '../../ui/format.ts';
import { shapeText, type NotAdoptable } from './kernels-state.ts';

/** The ladder of matmul, slowest idea first, and what each rung adds. */
export const ladder = (): readonly (readonly [file: string, adds: string])[] => [
  ['matmul.wgsl', msg('One output a thread: what most tutorials write, and the oracle of the others.')],
  ['matmul-tiled.wgsl', msg('A workgroup shares tiles of both operands, so that each value read from memory serves 32 outputs.')],
  ['matmul-tiled-wide.wgsl', msg('Tiles twice as tall: three vectors read feed eight multiply-adds instead of two feeding four.')],
  ['matmul-register.wgsl', msg('8 × 4 sums in registers and no barrier at all, for processors on which barriers are dear.')],
];

export interface LessonText {
  readonly title: string;
  readonly task: string;
  /** What the exercise is timed beside, after “The plain way is”. */
  readonly plain: string;
  readonly expected: string;
  readonly hint: string;
}

export function lessonText(name: LessonName): LessonText {
  switch (name) {
    case 'sigmoid':
      return {
        title: msg('1 Sigmoid'),
        task: msg('Write σ(z) so that it is right at z = ±10,000 too.'),
        plain: msg('a copy, one value read and one written'),
        expected: msg(
          'Expect σ to take as long as that: the speed is that of memory, and the exponential is free beside it. Not so on a software GPU.',
        ),
        hint: msg('e^−|z| never overflows. Take 1 / (1 + e^−|z|) where z ≥ 0, and that times e^−|z| elsewhere.'),
      };
    case 'row-sum':
      return {
        title: msg('2 Row sum'),
        task: msg('The sum of a row, right for any length: one column, 67, or 16,384. Sixty-four threads share a row.'),
        plain: msg('one thread of the sixty-four that adds its row alone'),
        expected: msg(
          'Expect a small part of that time for long rows: sixty-four threads read side by side. On a software GPU, where they do not, the barriers may cost more than that.',
        ),
        hint: msg('Let each thread first add every 64th value of the row into a variable of its own; the tree below can stay.'),
      };
    case 'tile':
      return {
        title: msg('3 Tiles'),
        task: msg('Bring tiles of 8 × 8 into workgroup memory, so that each value read serves eight threads.'),
        plain: msg('the kernel as it stands at first, which reads every value from memory'),
        expected: msg(
          'Expect less time than that, for memory is read an eighth as often; how much less, the caches decide. On a software GPU barriers are dear, and the plain way may stay faster.',
        ),
        hint: msg(
          'Each thread loads one value of each tile, zero where there is none; a barrier before the tile is read and one before it is written again. No thread may return early.',
        ),
      };
    case 'pixels':
      return {
        title: msg('4 Packed pixels'),
        task: msg('Read pixels as packed bytes: four a word, each as a float from 0 to 1. X is four times smaller this way.'),
        plain: msg('a kernel that finds X as floats and has nothing to unpack'),
        expected: msg(
          'Expect less time than that where memory sets the speed, for of eight bytes that it moves five are left. Where unpacking does, expect as much or more.',
        ),
        hint: msg('unpack4x8unorm takes a word and gives four floats, each divided by 255.'),
      };
    case 'fused':
      return {
        title: msg('5 A fused layer'),
        task: msg('Add the bias and take σ before the sum leaves its register: Z is never written, and a dispatch is saved.'),
        plain: msg('two kernels in a row: the matmul writes Z, and the other reads it again, adds the bias and takes σ'),
        expected: msg(
          'Expect somewhat less time than both take: the matmul stays, and what goes is the second kernel’s reading and writing.',
        ),
        hint: msg('The bias of a column is bias[id.x]; σ as in the first exercise.'),
      };
  }
}

function place({ region, binding, row, column, isMatrix }: Difference): string {
  if (binding < 0) {
    const channel = [msg('red'), msg('green'), msg('blue'), msg('opacity')][column % 4] ?? '';
    return msg(str`${channel} of the pixel in row ${integer(row)}, column ${integer(Math.floor(column / 4))}`);
  }
  return isMatrix
    ? msg(str`${region}, row ${integer(row)}, column ${integer(column)} of binding ${binding}`)
    : msg(str`${region}, place ${integer(column)} of binding ${binding}`);
}

/** What the gate found, in one or two sentences. */
export function gateSentence(gate: GateFinding): string {
  switch (gate.kind) {
    case 'right':
      return msg(
        str`Right: ${integer(gate.compared)} values at ${gate.trials} shapes agree with the twin; the largest error is ${significant(gate.largest, 2)} of the largest value.`,
      );
    case 'not-compiled':
      return msg('It does not compile, so nothing ran.');
    case 'endless':
      return msg(
        str`This loop did not end: the ${gate.keyword} in line ${gate.line} of ${gate.file}, at ${shapeText(gate.shape)}. A guarded copy left it after ${integer(gate.turns)} turns of one thread; the kernel as written was not run.`,
      );
    case 'refused':
      return msg(str`Not run at ${shapeText(gate.shape)}: ${gate.words}`);
    case 'hung':
      return msg(
        str`The GPU gave no answer at ${shapeText(gate.shape)} (${gate.words}). Its device was given up and a new one takes its place; other labs go on. Reloading this page may hang until the kernel ends.`,
      );
    case 'wrong': {
      const { first, wrong, compared } = gate.comparison;
      if (!first) return msg('Wrong.');
      const pastEnd = first.region === 'past the end';
      return pastEnd
        ? msg(str`Wrong at ${shapeText(gate.shape)}: it writes past the end of binding ${first.binding}.`)
        : msg(
            str`Wrong at ${shapeText(gate.shape)}: ${integer(wrong)} of ${integer(compared)} values. First at ${place(first)}: ${significant(first.found, 6)} instead of ${significant(first.expected, 6)}.`,
          );
    }
  }
}

/** Beside what the gate and the clock said of a text that has been changed since. */
export function outdatedText(): string {
  return msg('Of the text before your last change. Run judges the one that stands here now.');
}

export function laneText({ name, kind, threads }: LaneTime): string {
  if (kind === 'edited') return msg('this text');
  if (name === 'solution') return msg('the solution');
  if (kind === 'plain') return msg('the plain way');
  if (kind === 'tree') return msg(str`${name}, as in the tree`);
  if (name === 'wasm-threads') return msg(str`CPU: wasm, ${threads ?? 0} threads`);
  if (name === 'wasm') return threads === undefined ? msg('CPU: wasm') : msg('CPU: wasm, one thread');
  return msg('CPU: the twin in plain TypeScript, float64; not the CPU’s fastest');
}

export function timeText(lane: LaneTime, report: TimeReport): string {
  if (!lane.ms) return lane.why === 'wrong' ? msg('WRONG') : msg('no time');
  const blockMs = lane.ms.median * lane.dispatchesPerBlock;
  return blockMs < 10 * report.clockResolutionMs ? msg('below timer resolution') : duration(lane.ms.median);
}

/** Why a lane has no time. */
export function whyUntimed({ why, kind }: LaneTime): string {
  if (why === 'no-counterpart')
    return msg('The wasm lanes have no kernel of their own for this job; the Train lab times their whole training steps.');
  if (why === 'wrong') return msg('Its answer is not the twin’s.');
  if (why === 'not-compiled') return msg('It does not compile here.');
  return kind === 'cpu' && why !== null ? msg(str`It does not run here: ${why}`) : msg('It does not run at this shape.');
}

/** The lane beside this text: how many times as long it takes. */
export function ratioText({ ratio }: Pick<LaneTime, 'ratio'>): string {
  if (!ratio) return '';
  if (ratio.low <= 1 && ratio.high >= 1) return msg('no measurable difference');
  const times = (value: number): string => significant(value, 2);
  return ratio.ratio >= 1
    ? msg(str`takes ${times(ratio.ratio)} × as long (${times(ratio.low)} … ${times(ratio.high)})`)
    : msg(str`takes ${times(ratio.ratio)} of the time (${times(ratio.low)} … ${times(ratio.high)})`);
}

/** How long a lane takes beside the exercise's plain way. */
export function overPlainText(lane: LaneTime | undefined): string {
  const ratio = lane?.overPlain;
  if (!ratio) return msg('has no ratio: it takes too little time at these sizes, or was stopped');
  return ratio.low <= 1 && ratio.high >= 1 ? msg('takes as long, as far as can be measured') : ratioText({ ratio });
}

/** Rates, and what share they are of what the same processor reached a moment ago; empty for other work than the report's. */
export function rateText({ name, kind, ms }: LaneTime, { work, ceilings, cpuCeilings }: TimeReport): string {
  if (kind === 'plain') return '';
  const median = ms?.median ?? Number.NaN;
  const own = kind === 'cpu' ? cpuCeilings[name] : ceilings;
  const gigabytes = work.bytes / median / 1e6;
  const gigaflops = work.flops / median / 1e6;
  const share = (rate: number, ceiling: number | undefined): string => (ceiling ? ` (${Math.round((100 * rate) / ceiling)} %)` : '');
  const bytes = `${significant(gigabytes)} GB/s${share(gigabytes, own?.copyGigabytesPerSecond)}`;
  if (work.flops === 0) return bytes;
  return `${bytes} · ${significant(gigaflops)} GFLOP/s${share(gigaflops, own?.fmaGigaflopsPerSecond)}`;
}

/** Why Adopt cannot be pressed. */
export function notAdoptableText(why: NotAdoptable): string {
  switch (why) {
    case 'no-gpu':
      return msg('Nothing can be adopted: there is no GPU here.');
    case 'exercise':
      return msg('An exercise is no part of the engine: nothing trains by it.');
    case 'does-not-train':
      return msg('No plan of the Train lab runs this file.');
    case 'unedited':
      return msg('This is the built-in text. Change it first.');
    case 'adopted':
      return msg('This text is adopted: the Train lab races with it wherever its plan runs this file.');
    case 'chosen':
      return msg(
        'The race has the engine’s own constants: put the sliders, and the defaults in the text, back to those, and run it again.',
      );
    case 'running':
      return msg('It is being checked.');
    case 'not-passed':
      return msg('Run it first: only a text that passed the gate, as it stands, can be adopted.');
  }
}

/** Beside Adopt where this very text was rolled back. */
export function triedText(): string {
  return msg('It passed the gate, and went wrong in the race all the same: the gate does not try every shape. It can be adopted again.');
}
