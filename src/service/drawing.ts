import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { NotNow } from '#src/errors.ts';
import type { Locale } from '#src/i18n/message.ts';
import { said } from '#src/i18n/message.ts';
import { metricsErrors } from '#src/i18n/metrics.ts';
import type { Course } from '#src/metrics/course.ts';
import type { Overview } from '#src/metrics/overview.ts';
import type { PictureKind } from '#src/metrics/progress-picture.ts';

export interface PictureOrder {
  readonly overview: Overview;
  readonly course: Course;
  readonly locale: Locale;
  readonly kind: PictureKind;
}

export type Drawn = { readonly png: Uint8Array } | { readonly failure: string };

/**
 * Draws pictures in a process of their own, one at a time. Drawing takes 50 MB at once, then 8 MB for each picture
 * that the garbage collector does not see and leaves for long: here all of it goes back when the process ends.
 */
export interface Drawing {
  /** @throws NotNow when it cannot be drawn: the plan itself is none the worse for it. */
  picture(overview: Overview, course: Course, locale: Locale, kind: PictureKind): Promise<Uint8Array>;
}

export interface DrawingLimits {
  /** After so many pictures a process is replaced by a new one. */
  readonly picturesPerProcess: number;
  /** How long a process waits for a next picture: starting one costs more than drawing. */
  readonly idleMs: number;
}

const LIMITS: DrawingLimits = { picturesPerProcess: 10, idleMs: 2000 };

/** Starts nothing before the first picture, and keeps no process alive once its pictures are drawn. */
export function drawingApart(limits: DrawingLimits = LIMITS): Drawing {
  let child: ChildProcess | undefined;
  let drawn = 0;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function dismiss(): void {
    if (child?.connected) child.disconnect();
    child = undefined;
    drawn = 0;
  }

  async function drawNext(order: PictureOrder): Promise<Uint8Array> {
    clearTimeout(idle);
    if (!child?.connected) {
      child = startChild();
      drawn = 0;
    }
    try {
      const png = await ask(child, order);
      drawn += 1;
      return png;
    } finally {
      if (drawn >= limits.picturesPerProcess) dismiss();
      else idle = setTimeout(dismiss, limits.idleMs).unref();
    }
  }

  return {
    picture(overview, course, locale, kind) {
      const next = last.then(() => drawNext({ overview, course, locale, kind }));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

function startChild(): ChildProcess {
  const child = fork(childFile(), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  letGo(child);
  return child;
}

/** In a checkout beside this file; built, this code may be in a chunk, one folder below. */
function childFile(): URL {
  const name = `draw-child${extname(import.meta.filename)}`;
  const beside = new URL(name, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../${name}`, import.meta.url);
}

/** An idle child does not keep the program from ending; one that draws does. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

async function ask(child: ChildProcess, order: PictureOrder): Promise<Uint8Array> {
  child.ref();
  child.channel?.ref();
  try {
    const answer = await answerOf(child, order);
    if ('png' in answer) return answer.png;
    throw new NotNow(said(metricsErrors.notDrawn, answer.failure));
  } finally {
    letGo(child);
  }
}

function answerOf(child: ChildProcess, order: PictureOrder): Promise<Drawn> {
  return new Promise((resolve) => {
    const settle = (drawn: Drawn) => {
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(drawn);
    };
    const onMessage = (message: unknown) => settle(message as Drawn);
    const onExit = (code: number | null, signal: string | null) =>
      settle({ failure: `exit ${signal ?? code}` });
    const onError = (error: Error) => settle({ failure: error.message });
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(order, (error) => error && onError(error));
  });
}
