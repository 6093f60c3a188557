/** The result of `downhill bench` for people: a table a workload, a row a lane, then what the rows amount to. */
import type { BenchReport, LaneResult, LawResult, RatioResult, WorkloadResult } from '../session/bench/report.ts';
import type { Rates } from '../session/protocol.ts';
import { alignColumns } from './table.ts';

/** As many digits as the interval bears: two beyond its first, at most four. */
export function digitsFor(value: number, [low, high]: readonly [number, number]): number {
  const width = (high - low) / Math.abs(value);
  if (!(width > 0) || !Number.isFinite(width)) return 3;
  return Math.min(4, Math.max(2, Math.ceil(-Math.log10(width)) + 1));
}

/** Never with an exponent: 15,150 and 0.0161. */
function decimal(value: number, digits: number): string {
  if (value === 0) return '0';
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(digits));
  return rounded.toLocaleString('en-US', { minimumFractionDigits: Math.min(places, 20), maximumFractionDigits: Math.min(places, 20) });
}

function interval([low, high]: readonly [number, number], digits: number): string {
  return `${decimal(low, digits)} to ${Number.isFinite(high) ? decimal(high, digits) : 'any'}`;
}

function fastestOwn({ lanes }: WorkloadResult): number | null {
  const times = lanes.flatMap(({ peer, msPerStep }) => (peer || msPerStep === null ? [] : [msPerStep.median]));
  return times.length === 0 ? null : Math.min(...times);
}

function checkedCell({ checked }: LaneResult): string {
  if (checked === null) return '';
  return checked.ok ? `right (${checked.maxDifference.toExponential(0)})` : 'WRONG';
}

/** `3.21 (12 %)`: a rate, and its share of the ceiling where that is known. */
function rateCell(rate: number | null, share: number | null): string {
  if (rate === null) return '';
  return share === null ? decimal(rate, 3) : `${decimal(rate, 3)} (${decimal(100 * share, 2)} %)`;
}

function laneRow(lane: LaneResult, fastest: number | null): readonly string[] {
  const { engine, plan, msPerStep, gigabytesPerSecond, gigaflopsPerSecond, shareOfCopy, shareOfFma } = lane;
  const digits = msPerStep === null ? 3 : digitsFor(msPerStep.median, msPerStep.ci95);
  const times =
    msPerStep === null
      ? ['', '', '', '', '']
      : [
          decimal(msPerStep.median, digits),
          interval(msPerStep.ci95, digits),
          fastest === null ? '' : `${decimal(msPerStep.median / fastest, 3)}×`,
          rateCell(gigabytesPerSecond, shareOfCopy),
          rateCell(gigaflopsPerSecond, shareOfFma),
        ];
  return [engine, plan, ...times, checkedCell(lane)];
}

const head = ['engine', 'plan', 'ms/step', '95 % interval', 'of our fastest', 'GB/s', 'GFLOP/s', 'answer'] as const;

/** `gpu is 2.4 times as fast as wasm (2.3 to 2.5)`; an interval that holds 1 says nothing. */
function ratioLine({ best, against, ratio, ci95 }: RatioResult): string {
  const [low, high] = ci95;
  if (low <= 1 && high >= 1) return `${best} against ${against}: no measurable difference (${interval(ci95, 3)})`;
  return `${best} against ${against}: ${decimal(ratio, digitsFor(ratio, ci95))}× (${interval(ci95, digitsFor(ratio, ci95))})`;
}

/** An error goes below the table: its length is nobody's column. */
function errorLines({ lanes }: WorkloadResult): readonly string[] {
  return lanes.flatMap(({ engine, error }) => (error === null ? [] : [`${engine}: ${error.split('\n', 1)[0] ?? ''}`]));
}

function workloadPart(result: WorkloadResult): string {
  const { name, lanes, speedup, peers, error } = result;
  if (error !== null) return `${name}\n${error}`;
  const fastest = fastestOwn(result);
  const rows = lanes.map((lane) => laneRow(lane, fastest));
  const lines = [
    ...errorLines(result),
    ...(speedup === null ? [] : [`speed-up: ${ratioLine(speedup)}`]),
    ...peers.map((ratio) => `peers: ${ratioLine(ratio)}`),
  ];
  return [name, alignColumns([head, ...rows]), ...lines].join('\n');
}

/** Fixed cost and slope, then how far each time lies from the line. */
function lawPart({ engine, plan, model, n, fixedMs, msPerExample, points }: LawResult): string {
  const law = `t = ${decimal(fixedMs, 3)} ms + ${decimal(1e6 * msPerExample, 3)} ns · m`;
  const rows = points.map(({ m, medianMs, deviation }) => [
    m.toLocaleString('en-US'),
    decimal(medianMs, 4),
    `${deviation < 0 ? '−' : '+'}${Math.abs(100 * deviation).toFixed(1)} %`,
  ]);
  return [`${engine} (${plan}), ${model}, n = ${n}: ${law}`, alignColumns([['m', 'ms/step', 'off the line'], ...rows])].join('\n');
}

function lawsPart({ laws }: BenchReport): string {
  return laws.length === 0 ? '' : ['law: t = fixed + slope · m', ...laws.map(lawPart)].join('\n');
}

function scoreLine({ score }: BenchReport): string {
  if (score === null) return '';
  const digits = digitsFor(score.ratio, score.ci95);
  return `Score: our GPU is ${decimal(score.ratio, digits)} times as fast as our fastest CPU lane (${interval(score.ci95, digits)}; geometric mean).`;
}

function environmentLine({ environment, seed }: BenchReport): string {
  const { adapter, logicalCores } = environment;
  const gpu = adapter
    ? `${[adapter.vendor, adapter.architecture, adapter.description].filter((part) => part !== '').join(', ') || 'unnamed'}${adapter.software ? ' (software)' : ''}`
    : 'none';
  return `GPU: ${gpu}. Logical cores: ${logicalCores}. Seed ${seed}.`;
}

/** What the shares in brackets are of. */
function ceilingsLine({ ceilings }: BenchReport): string {
  if (ceilings === null) return '';
  const rates = ({ copyGigabytesPerSecond, fmaGigaflopsPerSecond }: Rates): string =>
    `${decimal(copyGigabytesPerSecond, 3)} GB/s in a copy, ${decimal(fmaGigaflopsPerSecond, 3)} GFLOP/s in multiply-adds`;
  const { gpu, cpu } = ceilings;
  const parts = [
    ...(gpu ? [`GPU: ${rates(gpu)}`] : []),
    ...(cpu ? [`CPU: ${rates(cpu)}${cpu.oneThread ? ` (one thread: ${rates(cpu.oneThread)})` : ''}`] : []),
  ];
  if (parts.length === 0) return '';
  return `Reached at the most, ${parts.join('; ')}. Shares of these stand in brackets; above 100 % of the copy, X stays in a cache.`;
}

export function benchTable(report: BenchReport): string {
  return [environmentLine(report), ceilingsLine(report), ...report.workloads.map(workloadPart), lawsPart(report), scoreLine(report)]
    .filter((part) => part !== '')
    .join('\n\n');
}
