/**
 * `<graph-picture>`: the graph as SVG, as large as its room lets it be; where it needs more, one scrolls. Inputs are moved
 * by dragging and by arrow keys. Draws what it is given; emits `graph-wish`.
 */
import { LitElement, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { msg, str } from '@lit/localize';
import type { Study } from '../../session/graph/study.ts';
import { base } from '../../ui/styles.ts';
import { graphPictureStyles } from './graph-picture-styles.ts';
import { mostValue } from './graph-state.ts';
import { GraphWishEvent } from './graph-wish.ts';
import { layoutGraph, type Layout, type Rectangle } from './layout.ts';
import { moved, stride } from './numbers.ts';
import { pictureOf, sizesOf, titleLines, type EdgePicture, type GraphPicture, type NodePicture } from './picture-model.ts';

const [smallest, largest] = [0.78, 1.45];
/** Pixels that a pointer moves for one stride. */
const pixelsAStride = 5;

interface Drag {
  readonly name: string;
  readonly fromX: number;
  readonly fromY: number;
  readonly value: number;
}

@customElement('graph-picture')
export class GraphPictureElement extends LitElement {
  static override styles = [base, graphPictureStyles];

  @property({ attribute: false }) study: Study | null = null;
  @property({ type: Number }) done = 0;
  @state() protected room = { width: 640, height: 420 };
  #layout: Layout | null = null;
  #laidIn = { width: 0, height: 0 };
  #scale = 1;
  #drag: Drag | null = null;
  readonly #watch = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    if (Math.abs(width - this.room.width) > 1 || Math.abs(height - this.room.height) > 1) this.room = { width, height };
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { study } = this;
    if (!study) return;
    // widths hold while one drags: a picture that jumps under the pointer cannot be dragged
    if (this.#layout && this.#drag && changed.get('study')?.graph === study.graph) return;
    if (!changed.has('study') && this.room === this.#laidIn) return;
    this.#laidIn = this.room;
    const sizes = sizesOf(study);
    const tight = layoutGraph(study.graph, sizes, { width: 0, height: 0 });
    const { width, height } = this.room;
    this.#scale = Math.min(largest, Math.max(smallest, Math.min(width / tight.width, height / tight.height)));
    this.#layout = layoutGraph(study.graph, sizes, { width: width / this.#scale, height: height / this.#scale });
  }

  /** What just happened is brought into sight. */
  protected override updated(changed: PropertyValues<this>): void {
    const scroll = this.renderRoot.querySelector('.scroll');
    const layout = this.#layout;
    if (!scroll || !layout || !this.study || !changed.has('done') || scroll.scrollWidth <= scroll.clientWidth) return;
    const active = pictureOf(this.study, this.done).nodes.find(({ isActive }) => isActive);
    const box = active && layout.boxes[active.node];
    if (!box) return;
    const middle = (box.x + box.width / 2) * this.#scale;
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches && changed.get('done') !== undefined;
    scroll.scrollTo({ left: middle - scroll.clientWidth / 2, behavior: smooth ? 'smooth' : 'auto' });
  }

  override render(): TemplateResult | typeof nothing {
    const { study } = this;
    const layout = this.#layout;
    if (!study || !layout) return nothing;
    const picture = pictureOf(study, this.done);
    const [width, height] = [Math.floor(layout.width * this.#scale), Math.floor(layout.height * this.#scale)];
    const scrolls = width > this.room.width + 1 || height > this.room.height + 1;
    return html`<div
      class="scroll"
      tabindex=${scrolls ? '0' : nothing}
      role=${scrolls ? 'region' : nothing}
      aria-label=${scrolls ? msg('The graph; it is larger than its room and scrolls') : nothing}
    >
      <svg
        width=${width}
        height=${height}
        viewBox="0 0 ${layout.width} ${layout.height}"
        role="group"
        aria-label=${msg('Computation graph; the table of nodes tells the same in words')}
      >
        ${this.#wires(picture, layout)} ${picture.nodes.map((node) => this.#node(node, layout.boxes[node.node]))}
      </svg>
    </div>`;
  }

  /** The active ones last, so that nothing lies over them; labels over all wires. */
  #wires({ edges }: GraphPicture, { wires }: Layout): TemplateResult {
    const sorted = edges.toSorted((a, b) => Number(a.isActive) - Number(b.isActive));
    return svg`<g aria-hidden="true">
      ${sorted.map((edge) => svg`<path class=${classMap(classesOf(edge))} d=${wires[edge.edge]?.path ?? ''} />`)}
      ${sorted.map((edge) => {
        const place = wires[edge.edge]?.label;
        if (!place || edge.label === '') return nothing;
        return svg`<text class=${classMap({ label: true, ...classesOf(edge) })} x=${place.x + place.width} y=${place.y + 11}>${edge.label}</text>`;
      })}
    </g>`;
  }

  #node(node: NodePicture, box: Rectangle | undefined): TemplateResult {
    if (!box) return svg``;
    const classes = { node: true, input: node.isInput, active: node.isActive, bad: node.isBad };
    const [middle, bottom] = [box.width / 2, box.height];
    const lines = titleLines(node);
    // title and value together stand in the middle, however high the wires make the box
    const top = bottom / 2 - 8.5 * (lines.length - 1);
    const content = svg`<rect width=${box.width} height=${bottom} rx="9" />
      ${lines.map((line, index) => svg`<text class="title" x=${middle} y=${top - 6 + 17 * index}>${index === 0 ? this.#first(node, line) : line}</text>`)}
      <text class=${node.problem === null ? 'value' : 'why'} x=${middle} y=${top + 15 + 17 * (lines.length - 1)}>${node.problem ?? node.text}</text>
      <text class="derivative" x=${middle} y=${bottom + 16}>${node.derivative}</text>
      <text class="sum" x=${middle} y=${bottom + 31}>${node.sum}</text>`;
    const at = `translate(${box.x} ${box.y})`;
    if (!node.isInput) return svg`<g class=${classMap(classes)} transform=${at} aria-hidden="true">${content}</g>`;
    return svg`<g
      class=${classMap(classes)}
      transform=${at}
      data-testid="node-${node.name}"
      tabindex="0"
      role="slider"
      aria-label=${msg(str`Value of ${node.name}; arrow keys change it`)}
      aria-valuenow=${node.value}
      aria-valuemin=${-mostValue}
      aria-valuemax=${mostValue}
      aria-valuetext=${node.text}
      @keydown=${(event: KeyboardEvent) => this.#key(event, node)}
      @pointerdown=${(event: PointerEvent) => this.#grab(event, node)}
      @pointermove=${this.#move}
      @pointerup=${this.#drop}
      @pointercancel=${this.#drop}
    >${content}</g>`;
  }

  /** The name stands out. */
  #first({ name }: NodePicture, line: string): TemplateResult {
    return svg`<tspan class="name">${name}</tspan>${line.slice(name.length)}`;
  }

  #key(event: KeyboardEvent, { node, value }: NodePicture): void {
    const by = stride(value);
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: by,
      ArrowRight: by,
      ArrowDown: -by,
      ArrowLeft: -by,
      PageUp: 10 * by,
      PageDown: -10 * by,
    };
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#emit(this.study?.graph.nodes[node]?.name, moved(value, move), false);
  }

  #grab(event: PointerEvent, { node, value }: NodePicture): void {
    const name = this.study?.graph.nodes[node]?.name;
    if (name === undefined || event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#drag = { name, fromX: event.clientX, fromY: event.clientY, value };
  }

  readonly #move = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (!drag) return;
    const strides = Math.round((event.clientX - drag.fromX - (event.clientY - drag.fromY)) / pixelsAStride);
    const value = moved(drag.value, strides * stride(drag.value));
    this.#emit(drag.name, value, true);
  };

  readonly #drop = (): void => {
    this.#drag = null;
    this.requestUpdate('study', this.study);
  };

  #emit(name: string | undefined, value: number, dragging: boolean): void {
    if (name === undefined) return;
    const within = Math.min(mostValue, Math.max(-mostValue, value));
    this.dispatchEvent(new GraphWishEvent({ kind: 'value', name, value: within, dragging }));
  }
}

function classesOf({ isActive, isDone, isBroken }: EdgePicture): Readonly<Record<string, boolean>> {
  return { active: isActive, done: isDone, bad: isBroken };
}

declare global {
  interface HTMLElementTagNameMap {
    'graph-picture': GraphPictureElement;
  }
}
