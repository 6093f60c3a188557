/** Paints the channels' matrices and the column that they are unrolled into. Where things lie is `channel-geometry.ts`'s. */
import { pixelOf } from '../../../session/inside/neuron.ts';
import type { InsidePicture } from '../../../session/inside/protocol.ts';
import { chartFont, type ColorName } from '../../../ui/charts/colors.ts';
import type { Painter } from '../../../ui/charts/painted-canvas.ts';
import { nameRoom, readableCell, type Places, type Square, type View } from './channel-geometry.ts';

export interface ChannelScene {
  readonly picture: InsidePicture;
  readonly places: Places;
  readonly view: View;
  readonly names: readonly string[];
  /** One a channel, and the column. */
  readonly rasters: readonly OffscreenCanvas[];
  readonly strip: OffscreenCanvas;
  /** Entry of x that is pointed at, or null. */
  readonly cursor: number | null;
  /** Rows of the picture that have been unrolled, with the part of the next one that is on its way; null: all, at rest. */
  readonly rows: number | null;
}

type Colors = (name: ColorName) => string;
type Context = Painter;

export function paintChannels(context: Context, scene: ChannelScene, colors: Colors): void {
  context.imageSmoothingEnabled = false;
  for (const [channel, square] of scene.places.squares.entries()) {
    paintName(context, scene.names[channel] ?? '', square.x, colors);
    paintSquare(context, scene, channel, square, colors);
  }
  paintStrip(context, scene, colors);
  if (scene.rows !== null) paintFlight(context, scene, scene.rows);
}

function paintName(context: Context, text: string, x: number, colors: Colors): void {
  context.font = `12px ${chartFont}`;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = colors('soft');
  context.fillText(text, x, nameRoom - 7);
}

function paintSquare(context: Context, scene: ChannelScene, channel: number, square: Square, colors: Colors): void {
  const { picture, view, rasters, rows, cursor } = scene;
  const { width, height } = picture.image;
  const cell = square.side / view.cells;
  context.save();
  context.beginPath();
  context.rect(square.x, square.y, square.side, square.side);
  context.clip();
  context.fillStyle = colors('paper');
  context.fillRect(square.x, square.y, square.side, square.side);
  const [left, top] = [square.x - view.column * cell, square.y - view.row * cell];
  const raster = rasters[channel];
  if (raster) context.drawImage(raster, left, top, width * cell, height * cell);
  if (cell >= readableCell) paintValues(context, scene, channel, square, cell);
  if (rows !== null) {
    context.globalAlpha = 0.8;
    context.fillStyle = colors('card');
    context.fillRect(square.x, top, square.side, Math.ceil(rows) * cell);
    context.globalAlpha = 1;
  }
  if (cursor !== null) {
    const { row, column } = pixelOf(cursor, picture.image);
    const size = Math.max(cell, 5);
    outline(context, left + (column + 0.5) * cell - size / 2, top + (row + 0.5) * cell - size / 2, size, size, colors);
  }
  context.restore();
  context.strokeStyle = colors('line');
  context.lineWidth = 1;
  context.strokeRect(square.x + 0.5, square.y + 0.5, square.side - 1, square.side - 1);
}

/** Visible on any ground: light within dark. */
function outline(context: Context, x: number, y: number, width: number, height: number, colors: Colors): void {
  context.lineWidth = 3;
  context.strokeStyle = colors('card');
  context.strokeRect(x, y, width, height);
  context.lineWidth = 1.5;
  context.strokeStyle = colors('ink');
  context.strokeRect(x, y, width, height);
}

function paintValues(context: Context, { picture, view }: ChannelScene, channel: number, square: Square, cell: number): void {
  const { width, height, channels } = picture.image;
  context.font = `${Math.min(13, cell * 0.42)}px ${chartFont}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let row = Math.floor(view.row); row < Math.min(height, view.row + view.cells); row++) {
    for (let column = Math.floor(view.column); column < Math.min(width, view.column + view.cells); column++) {
      const value = picture.raw[(row * width + column) * channels + channel] ?? 0;
      // green is the brightest of the three, blue the darkest
      const brightness = value * (channels === 1 ? 1 : ([0.55, 0.95, 0.3][channel] ?? 1));
      context.fillStyle = brightness > 140 ? '#000' : '#fff';
      context.fillText(String(value), square.x + (column + 0.5 - view.column) * cell, square.y + (row + 0.5 - view.row) * cell);
    }
  }
}

function paintStrip(context: Context, { picture, places, strip, rows, cursor }: ChannelScene, colors: Colors): void {
  const { x, y, width, height } = places.strip;
  paintName(context, 'x', x + width / 2 - 3, colors);
  context.font = `16px ${chartFont}`;
  context.textAlign = 'center';
  context.fillStyle = colors('soft');
  context.fillText('→', x - 17, y + height / 2 + 5);
  const share = rows === null ? 1 : Math.floor(rows) / picture.image.height;
  if (share > 0) context.drawImage(strip, 0, 0, 1, Math.max(1, share * strip.height), x, y, width, share * height);
  context.lineWidth = 1;
  context.strokeStyle = colors('line');
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  if (cursor !== null) outline(context, x - 3, y + (cursor / picture.raw.length) * height - 1.5, width + 6, 3, colors);
}

/** The row that leaves its matrices, each channel's part on its way to the end of the column. */
function paintFlight(context: Context, { picture, places, rasters }: ChannelScene, rows: number): void {
  const { width, height } = picture.image;
  const row = Math.floor(rows);
  if (row >= height) return;
  const part = rows - row;
  const eased = part * part * (3 - 2 * part);
  const { strip } = places;
  const end = { x: strip.x, y: strip.y + (row / height) * strip.height, width: strip.width, height: Math.max(2, strip.height / height) };
  for (const [channel, square] of places.squares.entries()) {
    const raster = rasters[channel];
    const cell = square.side / Math.max(width, height);
    const start = { x: square.x, y: square.y + row * cell, width: width * cell, height: Math.max(3, cell) };
    const between = (key: keyof typeof start): number => start[key] + (end[key] - start[key]) * eased;
    if (raster) context.drawImage(raster, 0, row, width, 1, between('x'), between('y'), between('width'), between('height'));
  }
}
