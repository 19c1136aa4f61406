import { join } from 'node:path';
import type { CompanyHint } from '#src/config/company-api.ts';
import type { ProjectDraft } from '#src/config/write-project.ts';
import { BadInput } from '#src/errors.ts';
import { initErrors, questions, remarks, wrong } from '#src/i18n/init.ts';
import { type Locale, type Said, said, say } from '#src/i18n/message.ts';
import { formatSiren } from '#src/plan/siren.ts';
import { freeSlug, slugOf } from '#src/plan/slug.ts';
import type { Template } from '#src/plan/template.ts';
import { badFlag, type InitOptions, readFlags } from './init-flags.ts';
import {
  askFacts,
  askName,
  askSiren,
  askSize,
  askStart,
  askVat,
  askWorkspace,
  lookUp,
  type Session,
} from './init-questions.ts';
import { type KnownProject, knownProjects } from './known-projects.ts';
import type { Prompts } from './prompts.ts';

export interface InitDeps {
  /** The folder of the project files. */
  readonly folder: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly locale: Locale;
  /** How to call Jalon from here, for the advice at the end: `jalon`, or `npm run -s jalon --`. */
  readonly command: string;
  /** Absent where there is no terminal: then nothing is asked. */
  readonly prompts?: Prompts | undefined;
  /** @throws BadInput for a template that does not exist. */
  readonly template: (key: string) => Promise<Pick<Template, 'key' | 'facts' | 'profiles'>>;
  readonly lookUp: (siren: string) => Promise<CompanyHint>;
  /** Writes the project, whole or not at all; refuses a file that is there unless `replace`. */
  readonly write: (file: string, project: ProjectDraft, options: { replace: boolean }) => Promise<void>;
  /** A line for a person, where nobody is asked. */
  readonly tell: (words: string) => void;
}

export interface Created {
  readonly file: string;
  readonly slug: string;
}

export const DEFAULT_TEMPLATE = 'facturation-electronique';

/**
 * Asks what a project needs to begin, or takes it from the flags, and writes its file. Nothing is asked with
 * `--yes` or without a terminal: what has no flag takes its default.
 *
 * @throws BadInput naming the flag that is wrong or missing; Cancelled when the person gives up. Nothing has
 * been written then.
 */
export async function runInit(options: InitOptions, deps: InitDeps): Promise<Created> {
  const session = openSession(options, deps);
  const { given, prompts } = session;
  const template = await deps.template(options.template ?? DEFAULT_TEMPLATE);
  const profile = profileOf(template, options.profile);
  const flagFacts = checkedFacts(template, given.facts);
  const known = await knownProjects(deps.folder);
  const taken = takenProblem(given.siren ?? undefined, known, options);
  if (taken !== undefined) throw new BadInput(taken);

  prompts?.open(say(deps.locale, questions.title));
  const name = await askName(session);
  const siren = await askSiren(session, (typed) => takenProblem(typed, known, options));
  const hint = siren === undefined ? undefined : await lookUp(siren, session);
  const size = await askSize(session, hint);
  const vat = await askVat(session);
  const facts = await askFacts(template, flagFacts, session);
  const start = await askStart(session);
  const target = targetOf(name, siren, known, options, deps.folder);
  if (target.namesake !== undefined) {
    session.tell(said(remarks.sameName, { file: target.namesake, slug: target.slug }), 'info');
  }
  const workspace = await askWorkspace(target.slug, session);

  await deps.write(
    target.file,
    {
      company: { name, ...(siren === undefined ? {} : { siren }), size, vat, facts },
      start,
      template: template.key,
      profile,
      locale: deps.locale,
      people: {},
      workspaces: [workspace],
    },
    { replace: target.replace },
  );
  session.tell(said(remarks.written, target.file), 'info');
  const next = say(deps.locale, remarks.next, deps.command);
  if (prompts) prompts.close(next);
  else deps.tell(next);
  return { file: target.file, slug: target.slug };
}

function openSession(options: InitOptions, deps: InitDeps): Session {
  const prompts = options.yes ? undefined : deps.prompts;
  return {
    deps,
    given: readFlags(options, deps.today),
    prompts,
    tell(words, level) {
      if (prompts) prompts.tell(words(deps.locale), level);
      else deps.tell(words(deps.locale));
    },
  };
}

/** The smallest profile is what a company of three people can carry. */
function profileOf(template: Pick<Template, 'profiles'>, wanted: string | undefined): string {
  const keys = template.profiles.map((profile) => profile.key);
  const profile = wanted === undefined ? keys[0] : keys.find((key) => key === wanted);
  if (profile === undefined) {
    throw badFlag('--profile', said(wrong.choice, { found: wanted ?? '', expected: keys }));
  }
  return profile;
}

function checkedFacts(
  template: Pick<Template, 'facts'>,
  given: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, boolean> {
  const known = (template.facts ?? []).map((fact) => fact.key);
  const found = [...given.keys()].find((key) => !known.includes(key));
  if (found !== undefined) throw badFlag('--fact', said(initErrors.unknownFact, { found, known }));
  return given;
}

interface Target extends Created {
  readonly replace: boolean;
  /** The file of another project of the same name, which this one leaves alone. */
  readonly namesake?: string | undefined;
}

function targetOf(
  name: string,
  siren: string | undefined,
  known: readonly KnownProject[],
  options: InitOptions,
  folder: string,
): Target {
  const slug = slugOf(name);
  const namesake = known.find((project) => project.slug === slug);
  const same = known.find((project) => siren !== undefined && project.siren === siren) ?? namesake;
  if (options.force && same !== undefined) return { file: same.file, slug: same.slug, replace: true };
  const free = freeSlug(slug, new Set(known.map((project) => project.slug)));
  return { file: join(folder, `${free}.yaml`), slug: free, replace: false, namesake: namesake?.file };
}

/** One company has one project: a second one would send every reminder twice. */
function takenProblem(
  siren: string | undefined,
  known: readonly KnownProject[],
  options: InitOptions,
): Said | undefined {
  const taken = known.find((project) => siren !== undefined && project.siren === siren);
  if (siren === undefined || taken === undefined || options.force) return undefined;
  return said(initErrors.sirenTaken, { siren: formatSiren(siren), file: taken.file });
}
