/** Two drawings of z: on a line with and without σ, against what a probability may be; and on the curve of σ. */
import { svg, html, type SVGTemplateResult, type TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import { sigmoid } from '../../../session/inside/neuron.ts';
import { plain, significant } from '../../../ui/format.ts';

const width = 400;
const margin = 14;

/** Ends of the slider. */
export const zRange = [-30, 30] as const;

/** A line that holds 0, 1 and z, with some room. */
export function lineRange(z: number): readonly [number, number] {
  const low = Math.min(0, z);
  const high = Math.max(1, z);
  const room = Math.max(0.6, (high - low) * 0.12);
  return [low - room, high + room];
}

/** σ(z) within [0, 1] above, z itself below, on one scale. */
export function twoLines(z: number): TemplateResult {
  const [low, high] = lineRange(z);
  const toX = (value: number): number => margin + ((value - low) / (high - low)) * (width - 2 * margin);
  const isWithin = z >= 0 && z <= 1;
  const label = msg(
    str`With σ, ŷ = ${significant(sigmoid(z))}, within 0 and 1. Without, ŷ = z = ${significant(z)}, ${isWithin ? msg('within them by chance') : msg('outside')}.`,
  );
  return html`<svg class="lines" viewBox="0 0 ${width} 112" role="img" aria-label=${label} data-testid="lines">
    <rect class="band" x=${toX(0)} y="4" width=${toX(1) - toX(0)} height="88" />
    ${line(36, msg('with σ'), sigmoid(z), toX, false)} ${line(80, msg('without'), z, toX, !isWithin)}
    <text class="tick" x=${toX(0)} y="108">0</text>
    <text class="tick" x=${Math.max(toX(1), toX(0) + 12)} y="108">1</text>
  </svg>`;
}

function line(y: number, name: string, value: number, toX: (value: number) => number, isWrong: boolean): SVGTemplateResult {
  const x = toX(value);
  const anchor = x > width * 0.75 ? 'end' : x < width * 0.25 ? 'start' : 'middle';
  return svg`<line class="axis" x1=${margin} y1=${y} x2=${width - margin} y2=${y} />
    <text class="name" x=${x > width / 2 ? margin : width - margin} y=${y - 12} text-anchor=${x > width / 2 ? 'start' : 'end'}>${name}</text>
    <circle class=${isWrong ? 'wrong' : ''} cx=${x} cy=${y} r="6" />
    <text class=${isWrong ? 'value wrong' : 'value'} x=${x} y=${y - 12} text-anchor=${anchor}>${significant(value)}</text>`;
}

const curveHeight = 120;
const [left, top, bottom] = [26, 10, 100];

function place(z: number): readonly [x: number, y: number] {
  const [low, high] = zRange;
  return [left + ((z - low) / (high - low)) * (width - left - margin), bottom - sigmoid(z) * (bottom - top)];
}

const curve = Array.from({ length: 241 }, (_, at) => place(zRange[0] + at / 4))
  .map(([x, y]) => `${x.toFixed(1)},${y.toFixed(2)}`)
  .join(' ');

/** σ over the range of the slider, and where z is. */
export function sigmoidCurve(z: number): TemplateResult {
  const [x, y] = place(Math.min(zRange[1], Math.max(zRange[0], z)));
  return html`<svg
    class="curve"
    viewBox="0 0 ${width} ${curveHeight}"
    role="img"
    aria-label=${msg(str`The curve of σ: at z = ${significant(z)} it is ${significant(sigmoid(z))}.`)}
  >
    <line class="axis" x1=${left} y1=${bottom} x2=${width - margin} y2=${bottom} />
    <line class="axis" x1=${left} y1=${top} x2=${width - margin} y2=${top} />
    <text class="tick" x="16" y=${top + 4}>1</text>
    <text class="tick" x="16" y=${bottom + 4}>0</text>
    ${[-30, -15, 0, 15, 30].map((tick) => svg`<text class="tick" x=${place(tick)[0]} y="116">${plain(tick)}</text>`)}
    <polyline points=${curve} />
    <line class="drop" x1=${x} y1=${y} x2=${x} y2=${bottom} />
    <circle cx=${x} cy=${y} r="6" />
  </svg>`;
}
