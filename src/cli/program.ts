import { Command, CommanderError, Option } from 'commander';
import { BadInput, EXIT } from '../errors.ts';
import { chartsMessages } from '../i18n/charts.ts';
import { cliMessages as words } from '../i18n/cli.ts';
import { logMessages } from '../i18n/log.ts';
import { isLocale, type Locale, type Message, type Said, said, say } from '../i18n/message.ts';
import type { ChartsOptions } from './commands/charts.ts';
import type { DeliverOptions } from './commands/deliver.ts';
import type { DigestOptions } from './commands/digest.ts';
import type { LogOptions } from './commands/log.ts';
import type { InitOptions } from './init-flags.ts';
import { invocation } from './invocation.ts';
import type { CommonOptions } from './options.ts';
import { version } from './version.ts';

interface WatchOptions {
  readonly dryRun?: boolean;
  readonly accept?: readonly string[];
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
  command<{ explain?: boolean }>('plan', words.plan, async (o) =>
    (await import('./commands/plan.ts')).plan(o),
  ).option('--explain', say(locale, words.explain));
  command('apply', words.apply, async (o) => (await import('./commands/apply.ts')).apply(o));
  command('sync', words.sync, async (o) => (await import('./commands/apply.ts')).sync(o));
  command('status', words.status, async (o) => (await import('./commands/status.ts')).status(o));
  addChartsOptions(
    command<ChartsOptions>('charts', chartsMessages.about, async (o) =>
      (await import('./commands/charts.ts')).charts(o),
    ),
    locale,
  );
  const log = command<LogOptions>('log [project]', logMessages.about, async (o, slug) =>
    (await import('./commands/log.ts')).log(o, slug),
  );
  addLogOptions(log, locale);
  command<{ dryRun?: boolean }>('remind', words.remind, async (o) =>
    (await import('./commands/remind.ts')).remind(o),
  ).option('--dry-run', say(locale, words.dryRun));
  command<WatchOptions>('watch', words.watch, async (o) => (await import('./commands/watch.ts')).watch(o))
    .option('--dry-run', say(locale, words.dryRun))
    .option('--accept <source>', say(locale, words.accept), collect);
  command<DigestOptions>('digest', words.digest, async (o) =>
    (await import('./commands/digest.ts')).digest(o),
  )
    .option('--dry-run', say(locale, words.dryRun))
    .option('--portfolio', say(locale, words.portfolio));
  command<DeliverOptions>('deliver', words.deliver, async (o) =>
    (await import('./commands/deliver.ts')).deliver(o),
  )
    .option('--test', say(locale, words.deliverTest))
    .option('--again', say(locale, words.deliverAgain));
  command<{ webhooks?: boolean }>('doctor', words.doctor, async (o) =>
    (await import('./commands/doctor.ts')).doctor(o),
  ).option('--webhooks', say(locale, words.webhooks));
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
        throw new BadInput(said(words.badCall, { problem: found(error), help: `${invocation()} --help` }), {
          cause: error,
        });
      }
    },
  };
}

/** What was wrong with the call, in our own words; Commander speaks English only. */
function found(error: CommanderError): Said {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const known = CALL_ERRORS[error.code];
  return known ? said(known, { found: quoted }) : () => error.message.replace(/^error: /, '');
}

const CALL_ERRORS: Readonly<Record<string, Message<{ found: string }>>> = {
  'commander.unknownCommand': words.unknownCommand,
  'commander.unknownOption': words.unknownOption,
  'commander.missingArgument': words.missingArgument,
  'commander.optionMissingArgument': words.optionNeedsValue,
  'commander.excessArguments': words.excessArguments,
};

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

function readLocale(found: string): Locale {
  if (!isLocale(found)) throw new BadInput(said(words.unknownLocale, { found }));
  return found;
}

/** The flags of `init`: what is not given is asked, or takes its default. */
function addInitOptions(command: Command, locale: Locale): void {
  const flag = (flags: string, about: Message) => command.option(flags, say(locale, about));
  flag('--name <name>', words.initName);
  flag('--siren <siren>', words.initSiren);
  flag('--size <size>', words.initSize);
  flag('--vat <regime>', words.initVat);
  command.option('--fact <key=yes|no>', say(locale, words.initFact), collect);
  flag('--start <date>', words.initStart);
  flag('--template <template>', words.initTemplate);
  flag('--profile <profile>', words.initProfile);
  flag('--workspace <kind>', words.initWorkspace);
  flag('--file <file>', words.initFile);
  flag('--parent <page>', words.initParent);
  flag('--organization <name>', words.initOrganization);
  flag('--board <board>', words.initBoard);
  flag('--yes', words.initYes);
  flag('--force', words.initForce);
}

function addChartsOptions(command: Command, locale: Locale): void {
  command
    .option('--out <folder>', say(locale, chartsMessages.out))
    .addOption(new Option('--format <format>', say(locale, chartsMessages.format)).argParser(readFormat));
}

function readFormat(found: string): ChartsOptions['format'] {
  if (found !== 'png' && found !== 'svg' && found !== 'both')
    throw new BadInput(said(chartsMessages.unknownFormat, found));
  return found;
}

function addLogOptions(command: Command, locale: Locale): void {
  const flag = (flags: string, about: Message) => command.option(flags, say(locale, about));
  flag('--item <item>', logMessages.item);
  flag('--since <day>', logMessages.since);
  flag('--limit <n>', logMessages.limit);
  flag('--undo <entry>', logMessages.undo);
  flag('--force', logMessages.force);
  flag('--dry-run', logMessages.dryRun);
}

function collect(one: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), one];
}

function common(command: Command, locale: Locale): Command {
  return command
    .option('--project <slug>', say(locale, words.project), collect)
    .option('--json', say(locale, words.json))
    .addOption(new Option('--locale <locale>', say(locale, words.locale)).argParser(readLocale));
}
