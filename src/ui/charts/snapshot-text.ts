/** Words of the page as words of an SVG, line by line where they lie. */
import { paintAttribute } from './snapshot-boxes.ts';
import { fontAttributes } from './svg-context.ts';
import { escaped } from './svg-file.ts';

interface Line {
  readonly left: number;
  right: number;
  readonly top: number;
  readonly bottom: number;
  text: string;
}

/** A text node's words, put together again where they share a line. */
function linesOf(node: Text): readonly Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  for (const { 0: word, index } of node.data.matchAll(/\S+/gu)) {
    // a word is broken where it is longer than its line
    for (const part of partsOf(node, range, index, word)) {
      const last = lines.at(-1);
      if (last && Math.abs(last.bottom - part.bottom) < 2 && part.left >= last.right - 1) {
        last.text += (part.left - last.right > 0.5 ? ' ' : '') + part.text;
        last.right = part.right;
      } else lines.push({ ...part });
    }
  }
  return lines;
}

function partsOf(node: Text, range: Range, index: number, word: string): readonly Line[] {
  range.setStart(node, index);
  range.setEnd(node, index + word.length);
  const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
  const [only] = rects;
  if (rects.length <= 1) return only ? [{ left: only.left, right: only.right, top: only.top, bottom: only.bottom, text: word }] : [];
  const parts: Line[] = [];
  let at = index;
  for (const letter of word) {
    range.setStart(node, at);
    range.setEnd(node, (at += letter.length));
    const rect = range.getBoundingClientRect();
    const last = parts.at(-1);
    if (last && Math.abs(last.bottom - rect.bottom) < 2) {
      last.text += letter;
      last.right = rect.right;
    } else parts.push({ left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom, text: letter });
  }
  return parts;
}

let probe: OffscreenCanvasRenderingContext2D | null = null;

/** How far the line that letters stand on is below the top of their box. */
function baselineOf(font: string, height: number): number {
  probe ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (!probe) return 0.8 * height;
  probe.font = font;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = probe.measureText('x');
  return (height - ascent - descent) / 2 + ascent;
}

export function textXml(node: Text, { left, top }: { readonly left: number; readonly top: number }): string {
  const element = node.parentElement ?? (node.getRootNode() as Partial<ShadowRoot>).host;
  if (!element || node.data.trim() === '') return '';
  const style = getComputedStyle(element);
  const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const spacing = style.letterSpacing === 'normal' ? '' : ` letter-spacing="${Number.parseFloat(style.letterSpacing)}"`;
  const upper = style.textTransform === 'uppercase';
  return linesOf(node)
    .map((line) => {
      const [x, y] = [line.left - left, line.top - top + baselineOf(font, line.bottom - line.top)];
      const text = escaped(upper ? line.text.toUpperCase() : line.text);
      return `<text x="${Number(x.toFixed(1))}" y="${Number(y.toFixed(1))}" ${fontAttributes(font)}${spacing} ${paintAttribute('fill', style.color)}>${text}</text>`;
    })
    .join('');
}
