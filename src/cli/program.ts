import { Command, CommanderError, Option } from 'commander';
import { BadInput, EXIT } from '../errors.ts';
import { cliMessages as words } from '../i18n/cli.ts';
import { LOCALES, type Locale, type Message, said, say } from '../i18n/message.ts';
import { version } from './version.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly project?: readonly string[];
  readonly json?: boolean;
  readonly locale?: Locale;
}

type Run<O> = (options: O & CommonOptions, ...words: string[]) => Promise<number>;

/** The command line. Each command's code is loaded only when it is called: starting up is what people wait for. */
export function createProgram(locale: Locale): { run(argv: readonly string[]): Promise<number> } {
  const program = prepare(new Command('jalon'), locale)
    .description(say(locale, words.about))
    .version(version(), '-V, --version', say(locale, words.version));
  let exitCode: number = EXIT.done;

  const command = <O>(name: string, about: Message, run: Run<O>, parent: Command = program): Command =>
    common(prepare(parent.command(name), locale), locale)
      .description(say(locale, about))
      .action(async (...given: unknown[]) => {
        const [self, options, ...rest] = given.reverse() as [Command, O & CommonOptions, ...string[]];
        exitCode = await run({ ...options, ...self.optsWithGlobals() }, ...rest.reverse());
      });

  const init = command<InitOptions>('init', words.init, async (o) =>
    (await import('./commands/init.ts')).init(o),
  );
  addInitOptions(init, locale);
  command('plan', words.plan, async (o) => (await import('./commands/plan.ts')).plan(o));
  command('apply', words.apply, async (o) => (await import('./commands/apply.ts')).apply(o));
  command('sync', words.sync, async (o) => (await import('./commands/apply.ts')).sync(o));
  command('status', words.status, async (o) => (await import('./commands/status.ts')).status(o));
  command('doctor', words.doctor, async (o) => (await import('./commands/doctor.ts')).doctor(o));
  command<{ once?: boolean }>('start', words.start, async (o) =>
    (await import('./commands/start.ts')).start(o),
  ) //
    .option('--once', say(locale, words.once));
  command<{ dryRun?: boolean; strict?: boolean }>('import <file>', words.import, async (o, file = '') =>
    (await import('./commands/import.ts')).importFile(o, file),
  )
    .option('--dry-run', say(locale, words.dryRun))
    .option('--strict', say(locale, words.strict));

  const template = prepare(program.command('template'), locale).description(say(locale, words.template));
  command(
    'check <template>',
    words.templateCheck,
    async (o, name = '') => (await import('./commands/template.ts')).checkTemplate(o, name),
    template,
  );
  command(
    'schema [file]',
    words.templateSchema,
    async (o, file = 'template') => (await import('./commands/template.ts')).templateSchema(o, file),
    template,
  );

  return {
    async run(argv) {
      try {
        await program.parseAsync(argv, { from: 'user' });
        return exitCode;
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        if (error.exitCode === 0) return EXIT.done;
        if (error.code === 'commander.help') return EXIT.badInput;
        throw new BadInput(said(words.badCall, { found: found(error), usage: 'jalon --help' }), {
          cause: error,
        });
      }
    },
  };
}

/** Commander's own words, without the prefix; the sentence around them is ours. */
function found(error: CommanderError): string {
  return error.message.replace(/^error: /, '').replace(/\.$/, '');
}

function prepare(command: Command, locale: Locale): Command {
  return command
    .exitOverride()
    .helpOption('-h, --help', say(locale, words.help))
    .helpCommand(false)
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ styleTitle: (title) => localTitle(title, locale) });
}

const TITLES: Readonly<Record<string, Message>> = {
  'Usage:': words.usage,
  'Options:': words.options,
  'Commands:': words.commands,
  'Arguments:': words.arguments,
};

function localTitle(title: string, locale: Locale): string {
  const known = TITLES[title];
  return known ? say(locale, known) : title;
}

function common(command: Command, locale: Locale): Command {
  return command
    .option(
      '--project <slug>',
      say(locale, words.project),
      (slug: string, before: readonly string[] | undefined) => [...(before ?? []), slug],
    )
    .option('--json', say(locale, words.json))
    .addOption(new Option('--locale <locale>', say(locale, words.locale)).choices([...LOCALES]));
}
