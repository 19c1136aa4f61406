import { describe, expect, it } from 'vitest';
import { progressReporter } from '#src/cli/progress.ts';

/** A terminal or a log that keeps what is written, with a clock that the test moves. */
function screen({ isTTY = false, quiet = false, columns = 80 } = {}) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const progress = progressReporter({
    stream: { write: (text: string) => written.push(text), columns },
    isTTY,
    quiet,
    locale: 'fr',
    now: () => clock.ms,
  });
  return { progress, written, clock };
}

describe('cli/progress', () => {
  it('says nothing when quiet', () => {
    const { progress, written } = screen({ isTTY: true, quiet: true });

    progress.start('Import', 10);
    progress.tick(10);
    progress.done();

    expect(written).toEqual([]);
  });

  it('writes a line for each tenth in a log, however many ticks there are', () => {
    const { progress, written } = screen();

    progress.start('Import', 1000);
    for (let i = 0; i < 1000; i += 1) progress.tick();
    progress.done();

    expect(written).toHaveLength(11);
    expect(written[0]).toBe('Import\n');
    expect(written[1]).toBe('Import\u00a0: 100/1\u202f000 (10\u00a0%)\n');
    expect(written[10]).toBe('Import\u00a0: 1\u202f000/1\u202f000 (100\u00a0%)\n');
  });

  it('writes a line every five seconds when a log goes slowly', () => {
    const { progress, written, clock } = screen();

    progress.start('Import', 1000);
    for (let second = 1; second <= 12; second += 1) {
      clock.ms = second * 1000;
      progress.tick();
    }

    expect(written.slice(1)).toEqual([
      'Import\u00a0: 5/1\u202f000 (1\u00a0%)\n',
      'Import\u00a0: 10/1\u202f000 (1\u00a0%)\n',
    ]);
  });

  it('writes no escape code and no carriage return in a log', () => {
    const { progress, written } = screen();

    progress.start('Import', 3);
    progress.tick(3);
    progress.done();

    expect(written.join('')).not.toContain('\u001b');
    expect(written.join('')).not.toContain('\r');
  });

  it('redraws one line on a terminal, at most every 80 ms, and ends full', () => {
    const { progress, written, clock } = screen({ isTTY: true });

    progress.start('Import', 1000);
    for (let i = 0; i < 1000; i += 1) {
      clock.ms += 1;
      progress.tick();
    }
    progress.done();

    expect(written.length).toBeLessThanOrEqual(1000 / 80 + 4);
    expect(written.at(-2)).toBe(`\r\u001b[2K${'█'.repeat(24)} 1\u202f000/1\u202f000 (100\u00a0%)  Import`);
    expect(written.at(-1)).toBe('\n');
  });

  it('never draws wider than the terminal', () => {
    const { progress, written } = screen({ isTTY: true, columns: 40 });

    progress.start('A label that would not fit beside its bar', 10);

    expect(written[0]?.replace('\r\u001b[2K', '')).toHaveLength(39);
  });

  it('counts without a share when nobody knows the total', () => {
    const { progress, written } = screen();

    progress.start('Lecture', 0);
    progress.tick(7);
    progress.done();

    expect(written).toEqual(['Lecture\n', 'Lecture\u00a0: 7\n']);
  });

  it('stays full when there was more to do than announced', () => {
    const { progress, written } = screen();

    progress.start('Import', 2);
    progress.tick(3);
    progress.done();

    expect(written.at(-1)).toBe('Import\u00a0: 3/3 (100\u00a0%)\n');
  });

  it('ends the work before when another begins', () => {
    const { progress, written } = screen({ isTTY: true });

    progress.start('Un', 1);
    progress.start('Deux', 1);
    progress.done();
    progress.done();

    expect(written.filter((text) => text === '\n')).toHaveLength(2);
  });
});
