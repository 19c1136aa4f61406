import type { Locale } from '#src/i18n/message.ts';

/** Tells a person how far a long work has come. `tick` may be called thousands of times a second. */
export interface Progress {
  /** Opens a work of `total` parts; 0 when nobody knows how many there are. Ends the work before it. */
  start(label: string, total: number): void;
  /** `n` more parts are done; one when left out. */
  tick(n?: number): void;
  done(): void;
}

export interface ProgressOptions {
  readonly stream: { write(text: string): unknown; readonly columns?: number | undefined };
  readonly isTTY: boolean;
  /** With `--json`, nothing at all is shown. */
  readonly quiet: boolean;
  readonly locale: Locale;
  /** Milliseconds that never go back, such as `performance.now`. */
  readonly now: () => number;
}

const SILENT: Progress = { start() {}, tick() {}, done() {} };

/** Fast enough to look alive, slow enough to cost nothing. */
const FRAME_MS = 80;
const LINE_STEP = 0.1;
const LINE_MS = 5000;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001b[2K';

/** A bar that is redrawn in place on a terminal, a few plain lines in a log, nothing when quiet. */
export function progressReporter(options: ProgressOptions): Progress {
  if (options.quiet) return SILENT;
  return options.isTTY ? bar(options) : lines(options);
}

interface Work {
  readonly label: string;
  total: number;
  count: number;
  /** When and at what share something was last shown. */
  shownAt: number;
  shownShare: number;
}

function bar({ stream, locale, now }: ProgressOptions): Progress {
  let work: Work | undefined;

  function draw(current: Work): void {
    const filled = Math.round(shareOf(current) * BAR_WIDTH);
    const picture = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const wide = `${picture} ${figures(current, locale)}  ${current.label}`;
    // A line longer than the terminal wraps, and then the next frame cannot clear it.
    stream.write(CLEAR_LINE + [...wide].slice(0, (stream.columns ?? 80) - 1).join(''));
    current.shownAt = now();
  }

  const progress: Progress = {
    start(label, total) {
      progress.done();
      work = begin(label, total, now());
      draw(work);
    },
    tick(n = 1) {
      if (work === undefined) return;
      advance(work, n);
      if (now() - work.shownAt >= FRAME_MS) draw(work);
    },
    done() {
      if (work === undefined) return;
      draw(work);
      stream.write('\n');
      work = undefined;
    },
  };
  return progress;
}

function lines({ stream, locale, now }: ProgressOptions): Progress {
  let work: Work | undefined;

  function print(current: Work): void {
    stream.write(`${current.label}${locale === 'fr' ? '\u00a0' : ''}: ${figures(current, locale)}\n`);
    current.shownAt = now();
    current.shownShare = shareOf(current);
  }

  const progress: Progress = {
    start(label, total) {
      progress.done();
      work = begin(label, total, now());
      stream.write(`${label}\n`);
    },
    tick(n = 1) {
      if (work === undefined) return;
      advance(work, n);
      const farther = shareOf(work) - work.shownShare >= LINE_STEP - Number.EPSILON;
      if (farther || now() - work.shownAt >= LINE_MS) print(work);
    },
    done() {
      if (work === undefined) return;
      const said = work.count === 0 || (work.total > 0 && work.shownShare === shareOf(work));
      if (!said) print(work);
      work = undefined;
    },
  };
  return progress;
}

function begin(label: string, total: number, startedAt: number): Work {
  return { label, total, count: 0, shownAt: startedAt, shownShare: 0 };
}

/** A work that turns out longer than announced stays full rather than overflow. */
function advance(work: Work, n: number): void {
  work.count += n;
  if (work.total > 0) work.total = Math.max(work.total, work.count);
}

function shareOf(work: Work): number {
  return work.total === 0 ? 0 : work.count / work.total;
}

/** `12/60 (20 %)`, or only the count where nobody knows the total. */
function figures(work: Work, locale: Locale): string {
  const number = new Intl.NumberFormat(locale);
  if (work.total === 0) return number.format(work.count);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(shareOf(work));
  return `${number.format(work.count)}/${number.format(work.total)} (${percent})`;
}
