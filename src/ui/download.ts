/** Hands files to the browser's downloads. */
import type { BenchReport } from '../session/bench/report.ts';
import type { RaceReport } from '../session/protocol.ts';
import type { SweepReport } from '../session/sweep/protocol.ts';
import { resultFileName, resultText } from '../session/results/write.ts';

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param machine what its owner calls the machine, or nothing */
export function downloadResult(report: BenchReport | RaceReport | SweepReport, machine: string): void {
  download(new Blob([resultText(report, machine)], { type: 'application/json' }), resultFileName(report, machine));
}
