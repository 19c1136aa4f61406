/**
 * Prints each number that the design holds beside its bar: `npm run bench`. Machines are noisy, so times are the best
 * of several runs, and start-up is a ratio to a bare Node measured side by side in the same run.
 */
import { benchDashboard } from './bench/dashboard.ts';
import { benchDigest } from './bench/digest.ts';
import type { Figure } from './bench/figure.ts';
import { benchMemory } from './bench/memory.ts';
import { benchMetrics } from './bench/metrics.ts';
import { benchNotion } from './bench/notion.ts';
import { benchReconcile } from './bench/reconcile.ts';
import { benchStatus } from './bench/status.ts';
import { benchSync } from './bench/sync.ts';
import { benchTelemetry } from './bench/telemetry.ts';
import { benchTrello } from './bench/trello.ts';
import { benchWatch } from './bench/watch.ts';
import { benchWorkbook } from './bench/workbook.ts';

const BENCHES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  reconcile: benchReconcile,
  workbook: benchWorkbook,
  notion: benchNotion,
  trello: benchTrello,
  sync: benchSync,
  watch: benchWatch,
  metrics: benchMetrics,
  telemetry: benchTelemetry,
  digest: benchDigest,
  dashboard: benchDashboard,
  status: benchStatus,
  memory: benchMemory,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in BENCHES));
if (unknown !== undefined) throw new Error(`no bench “${unknown}”: ${Object.keys(BENCHES).join(', ')}`);

let missed = 0;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const { what, measured, unit, bar } of await bench()) {
    const held = bar === undefined || measured <= bar;
    if (!held) missed++;
    const beside =
      bar === undefined ? 'for information' : `bar ${format(bar)} ${unit}  ${held ? 'held' : 'MISSED'}`;
    console.log(`${what.padEnd(64)} ${format(measured).padStart(9)} ${unit.padEnd(8)} ${beside}`);
  }
}
process.exitCode = missed === 0 ? 0 : 1;

function format(n: number): string {
  return n >= 100 || Number.isInteger(n) ? Math.round(n).toLocaleString('en') : n.toFixed(2);
}
