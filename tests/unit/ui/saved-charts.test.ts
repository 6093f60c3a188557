/** What a saved chart is made of: SVG that any reader takes, with a title and no markup of a name, and points as a table. */
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import type { Curve } from '../../../src/ui/charts/curves.ts';
import { curvesPicture } from '../../../src/ui/charts/curves-picture.ts';
import { pointsCsv, pointsOfCurves, pointsOfPicture } from '../../../src/ui/charts/points-csv.ts';
import { SvgContext, fontAttributes } from '../../../src/ui/charts/svg-context.ts';
import { fileSize, pictureSvg, svgFile, titled } from '../../../src/ui/charts/svg-file.ts';

const color = (name: string): string => (name === 'card' ? '#ffffff' : name === 'gpu' ? '#ff0000' : '#000000');
const nasty = '</svg><script>alert("1")</script> & \u0007';

const curves: readonly Curve[] = [
  { id: 'gpu', label: nasty, color: 'gpu', dashed: false, width: 2, x: [0, 1, 2], y: [0.7, 0.4, 0.2] },
  { id: 'test', label: 'test', color: 'ink', dashed: true, width: 1, x: [0, 2], y: [0.8, 0.3] },
  { id: 'none', label: 'no point yet', color: 'cpu', dashed: false, width: 1, x: [], y: [] },
];

/** Red, green, blue of one pixel. @throws when it is no well-formed SVG */
function drawn(svg: string): { readonly width: number; readonly height: number; at(x: number, y: number): readonly number[] } {
  const { width, height, pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  return { width, height, at: (x, y) => [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)] };
}

const withBody = (body: string): string => svgFile({ width: 40, height: 20, body, color });

describe('an SVG of curves', () => {
  it('is well-formed, as large as promised, titled, and takes no name for markup', () => {
    for (const logY of [false, true]) {
      const svg = titled(pictureSvg(curvesPicture(curves, nasty, logY), fileSize, color), nasty);
      const { width, height } = drawn(svg);
      expect({ width, height }).toEqual(fileSize);
      expect(svg).toContain(`<title>&lt;/svg&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; </title>`);
      expect(svg).not.toMatch(/NaN|undefined|<script/);
      expect(svg.match(/<polyline/g)).toHaveLength(2);
    }
  });

  it('has an axis that holds all of them, and one even where there is nothing', () => {
    const { x, y } = curvesPicture(curves, 'steps', false);
    expect([x.from, x.to]).toEqual([0, 2]);
    expect(y.from).toBeLessThanOrEqual(0.2);
    expect(y.to).toBeGreaterThan(0.8);
    const empty = curvesPicture([], 'steps', true);
    expect([empty.x.to, empty.y.from, empty.y.to, empty.layers.length]).toEqual([1, 0.1, 1, 0]);
  });
});

describe('a recorded canvas', () => {
  it('draws the same as strokes: fills, clips, states and arcs', () => {
    const context = new SvgContext('a');
    context.fillStyle = '#00ff00';
    context.fillRect(0, 0, 10, 20);
    context.save();
    context.beginPath();
    context.rect(20, 0, 10, 20);
    context.clip();
    context.fillStyle = '#0000ff';
    context.fillRect(0, 0, 40, 20);
    context.restore();
    context.beginPath();
    context.arc(35, 10, 4, 0, 2 * Math.PI);
    context.fill();
    const picture = drawn(withBody(context.xml));
    // left green, right of it paper, then blue within the clip, then paper, and the green disc that was restored
    expect(picture.at(5, 10)).toEqual([0, 255, 0]);
    expect(picture.at(15, 10)).toEqual([255, 255, 255]);
    expect(picture.at(25, 10)).toEqual([0, 0, 255]);
    expect(picture.at(39, 1)).toEqual([255, 255, 255]);
    expect(picture.at(35, 10)).toEqual([0, 255, 0]);
    expect(picture.at(33, 12)).toEqual([0, 255, 0]);
  });

  it('begins a path at its first line, and closes what is still clipped', () => {
    const context = new SvgContext('a');
    context.strokeStyle = '#ff0000';
    context.lineWidth = 6;
    context.beginPath();
    context.lineTo(0, 10);
    context.lineTo(40, 10);
    context.stroke();
    context.beginPath();
    context.rect(0, 0, 1, 1);
    context.clip();
    expect(drawn(withBody(context.xml)).at(20, 10)).toEqual([255, 0, 0]);
  });

  it('escapes words, and knows fonts', () => {
    const context = new SvgContext('a');
    context.font = '600 12px ui-sans-serif, "Noto Sans", sans-serif';
    context.fillText(nasty, 3, 3);
    drawn(withBody(context.xml));
    expect(context.xml).toContain('&lt;/svg&gt;&lt;script&gt;');
    expect(fontAttributes(context.font)).toBe(
      'font-family="ui-sans-serif, &quot;Noto Sans&quot;, sans-serif" font-size="12" font-weight="600"',
    );
  });
});

describe('points as a table', () => {
  it('have a row each, and no cell that a spreadsheet takes for a formula', () => {
    const text = pointsCsv({
      head: ['a', 'b'],
      rows: [
        ['=1+1', 2],
        ['x, "y"', null],
      ],
    });
    expect(text).toBe(`a,b\r\n'=1+1,2\r\n"x, ""y""",\r\n`);
  });

  it('are those of the curves, all of them', () => {
    const { head, rows } = pointsOfCurves(curves.slice(1), 'steps', 'Cost J');
    expect(head).toEqual(['curve', 'steps', 'Cost J']);
    expect(rows).toEqual([
      ['test', 0, 0.8],
      ['test', 2, 0.3],
    ]);
  });

  it('are those of a picture, under the name at a layer’s end', () => {
    const axis = { log: false, from: 0, to: 9, format: String };
    const { head, rows } = pointsOfPicture({
      x: { ...axis, label: 'm' },
      y: { ...axis, label: '' },
      layers: [
        { kind: 'line', x: [1, 2], y: [3, 4], ink: 'ink', width: 1, dashed: false },
        { kind: 'dots', name: 'told', x: [5], y: [6], low: [5.5], high: [6.5], ink: 'ink' },
        { kind: 'span', from: 1, to: 3, at: 2, ink: 'ink' },
      ],
      labels: [{ text: 'medium', x: 2, y: 4, ink: 'ink', place: 'end' }],
    });
    expect(head).toEqual(['curve', 'drawn as', 'm', 'y', 'low', 'high']);
    expect(rows).toEqual([
      ['medium', 'line', 1, 3, null, null],
      ['medium', 'line', 2, 4, null, null],
      ['told', 'dots', 5, 6, 5.5, 6.5],
      ['', 'span', 2, null, 1, 3],
    ]);
  });
});
