/** A drawing of the page as a drawing of a file: the look that stylesheets give it here is written into it. */
import { flat, type Box } from './snapshot-boxes.ts';

const colors = ['fill', 'stroke'] as const;

/** What a stylesheet says about a shape, and what it says where nothing was said. */
const looks: readonly (readonly [property: string, usual: string])[] = [
  ['fill-opacity', '1'],
  ['stroke-opacity', '1'],
  ['stroke-width', '1px'],
  ['stroke-dasharray', 'none'],
  ['stroke-linejoin', 'miter'],
  ['stroke-linecap', 'butt'],
  ['opacity', '1'],
  ['vector-effect', 'none'],
  ['paint-order', 'normal'],
];
const wordLooks = ['font-size', 'font-weight', 'font-family', 'text-anchor', 'letter-spacing'];

/** Where a shape is and what it is; all else is the page's. */
const kept = /^(?:d|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|dx|dy|width|height|points|transform|viewBox|preserveAspectRatio)$/;

/** Lengths in px are plain numbers in a file. */
const plainLength = (text: string): string => text.replaceAll(/(?<=\d)px/g, '');

function dress(from: Element, to: Element): void {
  for (const { name } of [...to.attributes]) if (!kept.test(name)) to.removeAttribute(name);
  const style = getComputedStyle(from);
  const isWords = from instanceof SVGTextContentElement;
  if (from instanceof SVGGeometryElement || isWords) {
    for (const name of colors) {
      const paint = style.getPropertyValue(name);
      const { hex, alpha } = paint === 'none' ? { hex: 'none', alpha: 1 } : flat(paint);
      to.setAttribute(name, hex);
      if (alpha < 1) to.setAttribute(`${name}-opacity`, String(Number(alpha.toFixed(3))));
    }
    for (const [name, usual] of looks) {
      const value = style.getPropertyValue(name);
      if (value !== usual && value !== '' && !to.hasAttribute(name)) to.setAttribute(name, plainLength(value));
    }
  }
  if (isWords) for (const name of wordLooks) to.setAttribute(name, plainLength(style.getPropertyValue(name)));
  const isHidden = style.display === 'none' || style.visibility === 'hidden';
  [...from.children].forEach((child, at) => {
    const copy = to.children[at];
    if (copy) dress(child, copy);
  });
  if (isHidden) to.replaceChildren();
}

/** @param box where it is to stand, in the file */
export function drawingXml(drawing: SVGSVGElement, { x, y, width, height }: Box): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const marks = document.createNodeIterator(copy, NodeFilter.SHOW_COMMENT);
  for (let mark = marks.nextNode(); mark; mark = marks.nextNode()) mark.parentNode?.removeChild(mark);
  dress(drawing, copy);
  const place = { x, y, width, height };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(Number(value.toFixed(2))));
  const style = getComputedStyle(drawing);
  const lines = style.borderBottomStyle === 'none' ? 0 : Number.parseFloat(style.borderBottomWidth) || 0;
  const foot =
    lines === 0
      ? ''
      : `<path d="M${Number(x.toFixed(2))} ${Number((y + height - lines / 2).toFixed(2))}h${Number(width.toFixed(2))}" stroke="${flat(style.borderBottomColor).hex}" stroke-width="${lines}"/>`;
  return new XMLSerializer().serializeToString(copy) + foot;
}
