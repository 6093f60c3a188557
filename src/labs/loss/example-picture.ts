/** `<example-picture>`: L of both costs against ŷ for one label, with a dot on each where z is. Dragged, it emits `value-change`. */
import { customElement, property } from 'lit/decorators.js';
import { exampleAt, logit } from '../../session/loss/descent.ts';
import { lossCosts, lossRanges } from '../../session/loss/settings.ts';
import { chartFont, colorsOf } from '../../ui/charts/colors.ts';
import { PaintedCanvas, type Painter } from '../../ui/charts/painted-canvas.ts';
import { ValueEvent } from '../../ui/events.ts';
import { short } from './sentences.ts';

const margin = { left: 16, right: 8, top: 16, bottom: 20 } as const;
/** L at the upper edge; the cross-entropy of a confident mistake goes on beyond it. */
const high = 7.5;

@customElement('example-picture')
export class ExamplePicture extends PaintedCanvas {
  @property({ type: Number }) z = 0;
  @property({ attribute: false }) y: 0 | 1 = 1;
  #dragging = false;

  constructor() {
    super();
    this.addEventListener('pointerdown', (event) => this.#down(event));
    this.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of ['pointerup', 'pointercancel'] as const) this.addEventListener(end, (event) => this.#up(event));
    this.style.touchAction = 'pan-y';
    this.style.cursor = 'ew-resize';
  }

  override paint(context: Painter, width: number, height: number): void {
    const color = colorsOf(this);
    const toX = (yHat: number): number => margin.left + yHat * (width - margin.left - margin.right);
    const toY = (loss: number): number =>
      height - margin.bottom - (Math.min(loss, high * 1.1) / high) * (height - margin.top - margin.bottom);
    this.#axes(context, toX, toY, color('line'), color('soft'), width, height);
    const { yHat, of } = exampleAt(this.z, this.y);
    context.strokeStyle = color('line');
    context.beginPath();
    context.moveTo(toX(yHat), margin.top);
    context.lineTo(toX(yHat), toY(0));
    context.stroke();
    for (const cost of lossCosts) {
      const ink = color(cost === 'cross-entropy' ? 'ink' : 'soft');
      this.#curve(context, cost, ink, toX, toY);
      context.fillStyle = ink;
      context.beginPath();
      context.arc(toX(yHat), toY(of[cost].value), 4, 0, 2 * Math.PI);
      context.fill();
    }
  }

  #axes(
    context: Painter,
    toX: (v: number) => number,
    toY: (v: number) => number,
    line: string,
    soft: string,
    width: number,
    height: number,
  ): void {
    context.font = `11px ${chartFont}`;
    context.strokeStyle = line;
    context.fillStyle = soft;
    context.lineWidth = 1;
    context.textAlign = 'right';
    for (const loss of [0, 2, 4, 6]) {
      context.beginPath();
      context.moveTo(margin.left, toY(loss));
      context.lineTo(width - margin.right, toY(loss));
      context.stroke();
      context.fillText(String(loss), margin.left - 5, toY(loss) + 4);
    }
    context.textAlign = 'center';
    for (const yHat of [0, 0.5]) context.fillText(yHat === 0 ? '0' : '½', toX(yHat), height - 5);
    context.textAlign = 'right';
    context.fillText('ŷ = 1', toX(1) + 4, height - 5);
    context.textAlign = 'left';
    context.fillText('L', 0, 11);
    context.fillStyle = soft;
    context.textAlign = 'center';
    context.font = `600 12px ${chartFont}`;
    context.fillText(`y = ${this.y}`, toX(0.5), 11);
  }

  #curve(context: Painter, cost: (typeof lossCosts)[number], ink: string, toX: (v: number) => number, toY: (v: number) => number): void {
    context.strokeStyle = ink;
    context.lineWidth = 1.8;
    context.beginPath();
    // even in z, so that the steep ends are smooth
    const [from, to]: readonly [number, number] = lossRanges.z;
    for (let z = from; z <= to; z += 0.1) {
      const { yHat, of } = exampleAt(z, this.y);
      if (of[cost].value <= high * 1.06) context.lineTo(toX(yHat), toY(of[cost].value));
    }
    context.stroke();
  }

  #zAt(event: PointerEvent): number {
    const box = this.getBoundingClientRect();
    const share = (event.clientX - box.left - margin.left) / (box.width - margin.left - margin.right);
    const z = logit(Math.min(0.9999, Math.max(0.0001, share)));
    return Math.round(z * 10) / 10;
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    this.#dragging = true;
    this.#emit(this.#zAt(event), true);
  }

  #move(event: PointerEvent): void {
    if (this.#dragging) this.#emit(this.#zAt(event), true);
  }

  #up(event: PointerEvent): void {
    if (!this.#dragging) return;
    this.#dragging = false;
    this.#emit(event.type === 'pointercancel' ? this.z : this.#zAt(event), false);
  }

  #emit(z: number, dragging: boolean): void {
    if (short(z) !== short(this.z) || !dragging) this.dispatchEvent(new ValueEvent(z, dragging));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'example-picture': ExamplePicture;
  }
}
