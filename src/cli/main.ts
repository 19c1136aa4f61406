#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { EXIT, exitCodeOf, explain } from '../errors.ts';
import { isLocale, type Locale } from '../i18n/message.ts';
import { runAsService } from './service-flags.ts';

enableCompileCache();
if (process.argv[2] === 'start' && !process.argv.includes('--once')) runAsService();

/** The language in which a wrong call is answered: what the call itself asks for, else the environment, else French. */
function spokenLocale(argv: readonly string[], env: NodeJS.ProcessEnv): Locale {
  const flag = argv.indexOf('--locale');
  const asked = flag >= 0 ? argv[flag + 1] : argv.find((word) => word.startsWith('--locale='))?.slice(9);
  const wanted = asked ?? env.JALON_LOCALE;
  return isLocale(wanted) ? wanted : 'fr';
}

async function main(argv: readonly string[]): Promise<number> {
  const locale = spokenLocale(argv, process.env);
  try {
    const { createProgram } = await import('./program.ts');
    return await createProgram(locale).run(argv);
  } catch (error) {
    const text = explain(error)(locale);
    if (argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ projects: [], errors: [{ message: text }] })}\n`);
    process.stderr.write(`${text}\n`);
    if (exitCodeOf(error) === EXIT.unexpected && process.env.LOG_LEVEL === 'debug') console.error(error);
    return exitCodeOf(error);
  }
}

// Whoever reads our output may stop early, as `head` does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
