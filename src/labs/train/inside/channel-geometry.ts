/** Where the cells of the channels' matrices lie on the canvas: zoom, pan, which cell is under a point. Pure. */
import type { ImageShape } from '../../../session/protocol.ts';

/** What part of the picture is in sight, in pixels of the picture: `cells` of them along each side, from (column, row) on. */
export interface View {
  readonly column: number;
  readonly row: number;
  readonly cells: number;
}

export interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Places on the canvas, in CSS pixels: one square a channel, and the column x at the right. */
export interface Places {
  readonly squares: readonly Square[];
  readonly strip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Fewest cells along a side. */
const fewestCells = 3;
const gap = 10;
const stripWidth = 22;
const stripGap = 34;
/** Room above for the names of the channels. */
export const nameRoom = 20;
/** A cell this wide has room for its value. */
export const readableCell = 21;

export function wholeView({ width, height }: ImageShape): View {
  return { column: 0, row: 0, cells: Math.max(width, height) };
}

/** Held within the picture. */
export function held({ column, row, cells }: View, { width, height }: ImageShape): View {
  const most = Math.max(width, height);
  const kept = Math.min(most, Math.max(fewestCells, cells));
  const within = (value: number, size: number): number => Math.min(Math.max(0, size - kept), Math.max(0, value));
  return { column: within(column, width), row: within(row, height), cells: kept };
}

/** Zooms by a factor (below 1: closer) so that the point (column, row) stays where it is. */
export function zoomed(view: View, factor: number, at: { readonly column: number; readonly row: number }, image: ImageShape): View {
  const cells = Math.min(Math.max(image.width, image.height), Math.max(fewestCells, view.cells * factor));
  const share = cells / view.cells;
  return held({ column: at.column - (at.column - view.column) * share, row: at.row - (at.row - view.row) * share, cells }, image);
}

/** Just far enough that a cell is in sight. */
export function revealing(view: View, at: { readonly column: number; readonly row: number }, image: ImageShape): View {
  const near = (start: number, cell: number): number => Math.min(cell, Math.max(start, cell + 1 - view.cells));
  return held({ ...view, column: near(view.column, at.column), row: near(view.row, at.row) }, image);
}

export function placesOn(width: number, channels: number): Places {
  const side = Math.max(20, Math.floor((width - stripWidth - stripGap - (channels - 1) * gap) / channels));
  const most = channels === 1 ? 320 : 400;
  const kept = Math.min(side, most);
  const squares = Array.from({ length: channels }, (_, channel) => ({ x: channel * (kept + gap), y: nameRoom, side: kept }));
  return { squares, strip: { x: channels * (kept + gap) - gap + stripGap, y: nameRoom, width: stripWidth, height: kept } };
}

export interface Hit {
  readonly column: number;
  readonly row: number;
  readonly channel: number;
}

/** The cell under a point of the canvas, as fractions of cells; null beside the squares. */
export function hitAt(x: number, y: number, { squares }: Places, view: View): Hit | null {
  const channel = squares.findIndex((square) => x >= square.x && x < square.x + square.side && y >= square.y && y < square.y + square.side);
  const square = squares[channel];
  if (!square) return null;
  const scale = view.cells / square.side;
  return { channel, column: view.column + (x - square.x) * scale, row: view.row + (y - square.y) * scale };
}
