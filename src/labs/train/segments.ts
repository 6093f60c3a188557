/** A lane's step as the parts of a bar. Pure. */
import type { EndToEnd, LaneReport, SegmentName } from '../../session/protocol.ts';

export type SegmentKind = SegmentName | 'overhead' | 'upload' | 'steps' | 'read-back';

/** One lane's run from end to end. */
export type WholeRun = EndToEnd['lanes'][number];

export interface Segment {
  readonly name: SegmentKind;
  /** Share of the bar, 0 … 1. */
  readonly share: number;
  readonly ms: number;
}

/** How strongly a part is inked: one colour a lane, parts told apart by shade. */
export function shadeOf(kind: SegmentKind): number {
  switch (kind) {
    case 'matmul':
    case 'fused-forward':
    case 'fused-pass':
    case 'fused-step':
    case 'steps':
      return 1;
    case 'sigmoid-cost':
    case 'fused-gradient':
    case 'upload':
      return 0.62;
    case 'gradient-update':
    case 'fused-backward':
    case 'reduce-update':
      return 0.4;
    case 'overhead':
    case 'read-back':
      return 0.18;
  }
}

/** Parts that are under half a per cent are left out: they cannot be seen. */
export function segmentsOf({ profile }: LaneReport): readonly Segment[] {
  if (!profile) return [];
  return shared([...profile.segments, { name: 'overhead', ms: profile.overheadMs }]);
}

/** The parts of a step that are too short for the timer, and so have no place in the bar. */
export function unresolvedOf({ profile }: LaneReport): readonly SegmentName[] {
  return profile?.segments.flatMap(({ name, ms }) => (ms > 0 ? [] : [name])) ?? [];
}

/** The parts of a run: what is brought, computed, and read back. */
export function runSegmentsOf({ uploadMs, stepsMs, readBackMs }: WholeRun): readonly Segment[] {
  return shared([
    { name: 'upload', ms: uploadMs },
    { name: 'steps', ms: stepsMs },
    { name: 'read-back', ms: readBackMs },
  ]);
}

function shared(all: readonly { readonly name: SegmentKind; readonly ms: number }[]): readonly Segment[] {
  const positive = all.filter(({ ms }) => ms > 0);
  const total = positive.reduce((sum, { ms }) => sum + ms, 0);
  return positive.map(({ name, ms }) => ({ name, ms, share: ms / total })).filter(({ share }) => share >= 0.005);
}
