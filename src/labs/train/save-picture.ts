/** The race as a picture: the chart as it stands and the numbers below it, painted on one canvas, with what was raced and where. */
import { msg, str } from '@lit/localize';
import type { MachineReport } from '../../session/protocol.ts';
import type { Settings } from '../../session/settings.ts';
import { editedKernels } from '../../ui/adoption/adoption-words.ts';
import { chartFont, colorsOf } from '../../ui/charts/colors.ts';
import { duration, integer, plain, rate } from '../../ui/format.ts';
import type { RaceState } from '../../ui/race-state.ts';
import { datasetName, laneDetail, laneName, optimizerName } from '../../ui/words.ts';
import { modelName } from './names.ts';
import { segmentsOf, shadeOf } from './segments.ts';
import { differenceSentence } from './sentences.ts';
import { certainty, headline } from './speed-text.ts';

export interface PictureSource {
  readonly race: RaceState;
  readonly settings: Settings;
  readonly machine: MachineReport | null;
  readonly machineName: string;
  readonly chart: HTMLCanvasElement | null;
  /** Where the colours are taken from. */
  readonly element: Element;
}

const width = 1000;
const edge = 28;
const inner = width - 2 * edge;

type Colors = ReturnType<typeof colorsOf>;

export async function racePicture(source: PictureSource): Promise<Blob> {
  const { chart, race } = source;
  const chartHeight = chart && chart.width > 0 ? Math.round((inner * chart.height) / chart.width) : 0;
  const height = 96 + chartHeight + 36 + 96 + race.lanes.length * 58 + 44;
  const canvas = new OffscreenCanvas(width * 2, height * 2);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(msg('This browser has no canvas to paint the picture on.'));
  context.scale(2, 2);
  const color = colorsOf(source.element);
  context.fillStyle = color('card');
  context.fillRect(0, 0, width, height);
  title(context, source, color);
  if (chart && chartHeight > 0) context.drawImage(chart, edge, 86, inner, chartHeight);
  let y = 86 + chartHeight + 22;
  y = difference(context, race, color, y);
  y = speed(context, race, color, y);
  for (const { report } of race.lanes) y = lane(context, race, report, color, y);
  foot(context, source, color, height - 18);
  return canvas.convertToBlob({ type: 'image/png' });
}

function write(context: OffscreenCanvasRenderingContext2D, text: string, x: number, y: number, style: string, color: string): number {
  context.font = `${style} ${chartFont}`;
  context.fillStyle = color;
  context.fillText(text, x, y);
  return x + context.measureText(text).width;
}

function title(context: OffscreenCanvasRenderingContext2D, { settings, race }: PictureSource, color: Colors): void {
  const m = integer(race.data?.m ?? settings.m);
  const shape = race.data ? ` · X (${race.data.n}, ${race.data.m}) ${race.data.storage}` : '';
  write(context, `${datasetName(settings.set)}, m = ${m}: ${modelName(settings)}`, edge, 42, '650 20px', color('ink'));
  const details = `${optimizerName(settings.optimizer)} · α = ${plain(settings.learningRate)} · ${msg(str`seed ${settings.seed}`)}${shape}`;
  write(context, details, edge, 64, '14px', color('soft'));
}

function difference(context: OffscreenCanvasRenderingContext2D, race: RaceState, color: Colors, y: number): number {
  const sentence = differenceSentence(race);
  if (sentence) write(context, `${sentence.before} ${sentence.value}${sentence.after}`, edge, y, '13px', color('soft'));
  return y + 14;
}

function speed(context: OffscreenCanvasRenderingContext2D, { speedUp }: RaceState, color: Colors, y: number): number {
  if (!speedUp) return y + 20;
  const { winner, figure, words } = headline(speedUp);
  const end = write(context, figure, edge, y + 44, winner ? '640 44px' : '640 30px', color(winner ?? 'ink'));
  write(context, words, end + 10, y + 44, '500 16px', color('soft'));
  write(context, certainty(speedUp), edge, y + 68, '13px', color('soft'));
  return y + 92;
}

function lane(
  context: OffscreenCanvasRenderingContext2D,
  race: RaceState,
  report: RaceState['lanes'][number]['report'],
  color: Colors,
  y: number,
): number {
  const longest = Math.max(...race.lanes.map((l) => l.report.stepMs?.median ?? 0));
  write(context, laneName(report.lane), edge, y + 14, '600 14px', color(report.kind === 'gpu' ? 'gpu' : 'cpu-ink'));
  const edited = report.kind === 'gpu' ? (race.edited?.steps ?? []) : [];
  const mark = edited.length > 0 ? ` · ${editedKernels(edited)}` : '';
  write(context, `${laneDetail(report.lane, report.plan)}${mark}`, edge, y + 32, '12px', color('soft'));
  if (!report.stepMs || longest === 0) return y + 58;
  const room = inner - 100 - 130;
  const full = (room * report.stepMs.median) / longest;
  const segments = segmentsOf(report);
  let x = edge + 100;
  context.fillStyle = color(report.kind);
  for (const { share, name } of segments.length > 0 ? segments : [{ share: 1, name: 'matmul' as const }]) {
    context.globalAlpha = shadeOf(name);
    context.fillRect(x, y + 4, Math.max(1, full * share - 1), 22);
    x += full * share;
  }
  context.globalAlpha = 1;
  context.textAlign = 'right';
  write(context, duration(report.stepMs.median), width - edge, y + 14, '600 14px', color('ink'));
  write(context, msg(str`${rate(1000 / report.stepMs.median)} steps/s`), width - edge, y + 32, '12px', color('soft'));
  context.textAlign = 'left';
  return y + 58;
}

function foot(context: OffscreenCanvasRenderingContext2D, { machine, machineName }: PictureSource, color: Colors, y: number): void {
  const gpu = machine?.gpu;
  const gpuText =
    !gpu || gpu.absent !== null
      ? msg('no GPU')
      : `GPU ${[gpu.vendor, gpu.architecture].filter((p) => p !== '').join(' · ')}${gpu.software ? ` (${msg('software')})` : ''}`;
  const parts = ['Downhill', machineName, gpuText, machine ? msg(str`CPU ${machine.logicalCores} threads`) : ''];
  write(context, parts.filter((part) => part !== '').join(' · '), edge, y, '12px', color('soft'));
}
