import type { ChildProcess } from 'node:child_process';
import { askChild, startChild } from '#src/config/child-process.ts';
import { NotNow } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { metricsErrors } from '#src/i18n/metrics.ts';
import type { ChartOrder } from '#src/metrics/chart-order.ts';

/** What is asked of the process that draws. */
export interface DrawingOrder {
  readonly order: ChartOrder;
  readonly format: 'png' | 'svg';
}

/** Bytes of a PNG, or the text of an SVG. */
export type Drawn = { readonly drawn: Uint8Array | string } | { readonly failure: string };

/**
 * Draws pictures in a process of their own, one at a time. Drawing takes 50 MB at once, then 8 MB for each picture
 * that the garbage collector does not see and leaves for long: here all of it goes back when the process ends.
 */
export interface Drawing {
  /** @throws NotNow when it cannot be drawn: the plan itself is none the worse for it. */
  png(order: ChartOrder): Promise<Uint8Array>;
  /** @throws NotNow as above. */
  svg(order: ChartOrder): Promise<string>;
  /** Draws nothing more: whoever still waits is told so. */
  stop(): void;
}

export interface DrawingLimits {
  /** After so many pictures a process is replaced by a new one. */
  readonly picturesPerProcess: number;
  /** How long a process waits for a next picture: starting one costs more than drawing. */
  readonly idleMs: number;
  /** How long one picture may take: a process that hangs would hold up all that follow. */
  readonly answerMs: number;
}

const LIMITS: DrawingLimits = { picturesPerProcess: 10, idleMs: 2000, answerMs: 60_000 };

/** Starts nothing before the first picture, and keeps no process alive once its pictures are drawn. */
export function drawingApart(given: Partial<DrawingLimits> = {}): Drawing {
  const limits = { ...LIMITS, ...given };
  let child: ChildProcess | undefined;
  let drawn = 0;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  function dismiss(): void {
    if (child?.connected) child.disconnect();
    child = undefined;
    drawn = 0;
  }

  async function drawNext(order: DrawingOrder): Promise<Uint8Array | string> {
    clearTimeout(idle);
    if (isStopped) throw notDrawn('stopping');
    if (!child?.connected) {
      child = startChild('draw-child', import.meta);
      drawn = 0;
    }
    try {
      const picture = await ask(child, order, limits.answerMs);
      drawn += 1;
      return picture;
    } finally {
      if (drawn >= limits.picturesPerProcess) dismiss();
      else idle = setTimeout(dismiss, limits.idleMs).unref();
    }
  }

  function draw(order: DrawingOrder): Promise<Uint8Array | string> {
    const next = last.then(() => drawNext(order));
    last = next.catch(() => undefined);
    return next;
  }

  return {
    png: (order) => draw({ order, format: 'png' }) as Promise<Uint8Array>,
    svg: (order) => draw({ order, format: 'svg' }) as Promise<string>,
    stop() {
      isStopped = true;
      clearTimeout(idle);
      child?.kill();
    },
  };
}

function notDrawn(reason: string): NotNow {
  return new NotNow(said(metricsErrors.notDrawn, reason));
}

async function ask(
  child: ChildProcess,
  order: DrawingOrder,
  patienceMs: number,
): Promise<Uint8Array | string> {
  const asked = await askChild<Drawn>(child, order, patienceMs);
  const drawn = 'answer' in asked ? asked.answer : asked;
  if ('drawn' in drawn) return drawn.drawn;
  throw notDrawn(drawn.failure);
}
