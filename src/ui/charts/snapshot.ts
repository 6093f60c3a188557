/**
 * A part of the page as it stands, drawn as SVG: boxes, words where they lie, drawings with the look they have here, charts
 * painted once more as strokes, and pixels of what only pixels have. Controls are left out. Reads the page, changes nothing.
 */
import { PaintedCanvas } from './painted-canvas.ts';
import { boxXml, shadowBoxes, type Box } from './snapshot-boxes.ts';
import { drawingXml } from './snapshot-drawing.ts';
import { textXml } from './snapshot-text.ts';
import { SvgContext, pictureXml } from './svg-context.ts';
import { svgFile, type SvgColors } from './svg-file.ts';

/** What one works with, and what is there for readers of the screen alone. */
const leftOut =
  'save-menu, train-save, segment-field, choice-field, number-field, value-slider, input, select, textarea, .btn, .hidden-text, style, script';

/** CSS pixels around what is saved without a card of its own. */
const margin = 12;

interface Sheet {
  readonly left: number;
  readonly top: number;
  /** Of the clips and pictures that were named so far. */
  count: number;
}

/** @param element what is saved: a drawing with its whole extent, even where only a part of it is in sight */
export function snapshotSvg(element: Element, color: SvgColors): string {
  const around = element.getBoundingClientRect();
  const edge = element.matches('.card') ? 0 : margin;
  const sheet: Sheet = { left: around.left - edge, top: around.top - edge, count: 0 };
  const [width, height] = [Math.ceil(around.width + 2 * edge), Math.ceil(around.height + 2 * edge)];
  return svgFile({ width, height, body: nodeXml(element, sheet), color });
}

function childrenOf(element: Element): readonly Node[] {
  if (element.shadowRoot) return [...element.shadowRoot.childNodes];
  if (element instanceof HTMLSlotElement) return element.assignedNodes({ flatten: true });
  return [...element.childNodes];
}

function nodeXml(node: Node, sheet: Sheet): string {
  if (node instanceof Text) return textXml(node, sheet);
  if (!(node instanceof Element) || node.matches(leftOut)) return '';
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden') return '';
  const rect = node.getBoundingClientRect();
  const box: Box = { x: rect.left - sheet.left, y: rect.top - sheet.top, width: rect.width, height: rect.height };
  if (node instanceof SVGSVGElement) return drawingXml(node, box);
  const own = style.display === 'contents' ? '' : boxXml(box, style) + shadowBoxes(node, box);
  const inside = node instanceof HTMLCanvasElement ? canvasXml(node, box, style, sheet) : contentXml(node, box, style, sheet);
  return own + inside === '' || style.opacity === '1' ? own + inside : `<g opacity="${style.opacity}">${own}${inside}</g>`;
}

/** What its children draw, cut off where the page cuts it off. */
function contentXml(element: Element, box: Box, style: CSSStyleDeclaration, sheet: Sheet): string {
  const inside = childrenOf(element)
    .map((child) => nodeXml(child, sheet))
    .join('');
  const cuts = style.overflowX !== 'visible' && style.display !== 'contents' && style.display !== 'inline';
  const isTooLarge = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
  if (inside === '' || !cuts || (!isTooLarge && style.borderTopLeftRadius === '0px')) return inside;
  const id = `part${sheet.count++}`;
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  const place = `x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${radius}"`;
  return `<clipPath id="${id}"><rect ${place}/></clipPath><g clip-path="url(#${id})">${inside}</g>`;
}

function canvasXml(canvas: HTMLCanvasElement, box: Box, style: CSSStyleDeclaration, sheet: Sheet): string {
  const root = canvas.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : null;
  if (!(host instanceof PaintedCanvas)) return pictureXml(canvas, box, style.imageRendering === 'pixelated');
  const context = new SvgContext(`chart${sheet.count++}-`);
  host.paint(context, box.width, box.height);
  const shift = `translate(${Number(box.x.toFixed(2))} ${Number(box.y.toFixed(2))})`;
  return `<g transform="${shift}">${context.xml}</g>`;
}
