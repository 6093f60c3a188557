/** The numbers behind the clock and its roofline, for those who save them. Pure. */
import type { TimeReport } from '../../session/kernels/protocol.ts';
import type { Points } from '../../ui/charts/points-csv.ts';

/** A row a lane; the last two are the roof. */
export function clockPoints({ lanes, work, ceilings }: TimeReport): Points {
  const roof = (name: string, flops: number | null, bytes: number | null): readonly (string | number | null)[] => [
    name,
    null,
    null,
    null,
    null,
    null,
    flops,
    bytes,
  ];
  return {
    head: ['lane', 'kind', 'median ms', '5th percentile ms', '95th percentile ms', 'flops per byte', 'GFLOP/s', 'GB/s'],
    rows: [
      ...lanes.map(({ name, kind, ms }) => {
        // the plain way of an exercise has other work
        const [known, rated] = [kind !== 'plain' && work.bytes > 0, kind === 'plain' ? null : ms];
        return [
          ...[name, kind, ms?.median ?? null, ms?.low ?? null, ms?.high ?? null],
          known ? work.flops / work.bytes : null,
          rated ? work.flops / rated.median / 1e6 : null,
          rated ? work.bytes / rated.median / 1e6 : null,
        ];
      }),
      ...(ceilings
        ? [roof('roof: multiply-adds', ceilings.fmaGigaflopsPerSecond, null), roof('roof: copy', null, ceilings.copyGigabytesPerSecond)]
        : []),
    ],
  };
}
