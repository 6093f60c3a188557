/** Where the panels of the picture lie: a column a cost, a row a view, or views side by side for a single cost. Pure. */
import type { LossCost, ViewChoice } from './settings.ts';

export interface PanelPlace {
  readonly cost: LossCost;
  readonly kind: 'surface' | 'contours';
  /** CSS pixels from the upper left of the picture: the ground itself, without the room for its labels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The name of the cost stands above it. */
  readonly isNamed: boolean;
}

const gap = 14;
/** Room above for the name of the cost, once a column; left of and below a map for its scales. */
const head = 22;
export const mapRoom = { left: 30, right: 4, bottom: 32 } as const;
/** Below this two views of one cost stand one above the other. */
const narrow = 560;
/** Share of the height for the view in space, where the map is below it. */
const surfaceShare = 0.55;

export function panelsOf(width: number, height: number, costs: readonly LossCost[], view: ViewChoice): readonly PanelPlace[] {
  const kinds = view === 'both' ? (['surface', 'contours'] as const) : [view];
  const isWide = costs.length === 1 && width >= narrow;
  const columns = isWide ? kinds.length : costs.length;
  const rows = isWide ? 1 : kinds.length;
  const cellWidth = (width - gap * (columns - 1)) / columns;
  const free = height - gap * (rows - 1);
  return costs.flatMap((cost, costAt) =>
    kinds.map((kind, kindAt) => {
      const column = isWide ? kindAt : costAt;
      const row = isWide ? 0 : kindAt;
      const cellHeight = rows === 1 ? free : free * (kind === 'surface' ? surfaceShare : 1 - surfaceShare);
      const x = column * (cellWidth + gap);
      const y = row === 0 ? 0 : free * surfaceShare + gap;
      return placeIn(cost, kind, x, y, cellWidth, cellHeight, row === 0);
    }),
  );
}

/** Whole pixels, at least one. */
function placeIn(
  cost: LossCost,
  kind: PanelPlace['kind'],
  x: number,
  y: number,
  width: number,
  height: number,
  isNamed: boolean,
): PanelPlace {
  const room = kind === 'contours' ? mapRoom : { left: 0, right: 0, bottom: 0 };
  const above = isNamed ? head : 0;
  return {
    cost,
    kind,
    isNamed,
    x: Math.round(x + room.left),
    y: Math.round(y + above),
    width: Math.max(1, Math.floor(width - room.left - room.right)),
    height: Math.max(1, Math.floor(height - above - room.bottom)),
  };
}
