import type { CompanyHint } from '#src/config/company-api.ts';
import type { ProjectDraft } from '#src/config/write-project.ts';
import { BadInput } from '#src/errors.ts';
import { initErrors, questions, remarks, sizes, vatRegimes, workspaces } from '#src/i18n/init.ts';
import { type Locale, type Message, type Said, said, say } from '#src/i18n/message.ts';
import { SIZES, type Size, type VatRegime } from '#src/plan/company.ts';
import type { Template } from '#src/plan/template.ts';
import {
  readName,
  readNotionPage,
  readOrganization,
  readSiren,
  readStart,
  readWorkbook,
  WORKSPACE_KINDS,
} from './answers.ts';
import { tellHint } from './company-hint.ts';
import type { Given, Place } from './init-flags.ts';
import type { ChoiceQuestion, Prompts } from './prompts.ts';

export type WorkspaceDraft = ProjectDraft['workspaces'][number];

/** What most companies are that come here; for the law, `micro` and `pme` have the same dates. */
export const USUAL_SIZE: Size = 'micro';

/** The regime whose duties come first and most often: a plan made for it forgets nothing. */
export const PRUDENT_VAT: VatRegime = 'reel-mensuel';

/** What most companies of this size have first; the simplified regime comes late, as it is coming to its end. */
const VAT_ORDER = ['franchise', 'reel-mensuel', 'reel-trimestriel', 'simplifie', 'exonere'] as const;

/** The conversation under way: who answers, if anyone does, and in which language. */
export interface Session {
  readonly deps: {
    readonly locale: Locale;
    readonly today: string;
    readonly lookUp: (siren: string) => Promise<CompanyHint>;
  };
  readonly given: Given;
  readonly prompts: Prompts | undefined;
  tell(words: Said, level: 'info' | 'warning'): void;
}

export async function askName({ given, prompts, deps }: Session): Promise<string> {
  if (given.name !== undefined) return given.name;
  if (prompts) return prompts.ask({ question: say(deps.locale, questions.name), read: readName });
  throw missing('--name', '"Boulangerie Martin"');
}

/** `refuse` says why a SIREN that is well formed cannot be had, if it cannot. */
export async function askSiren(
  { given, prompts, deps }: Session,
  refuse: (siren: string | undefined) => Said | undefined,
): Promise<string | undefined> {
  if (given.siren !== null || !prompts) return given.siren ?? undefined;
  return prompts.ask({
    question: say(deps.locale, questions.siren),
    read: (text) => {
      const answer = readSiren(text);
      const problem = 'value' in answer ? refuse(answer.value) : undefined;
      return problem === undefined ? answer : { problem };
    },
  });
}

export async function lookUp(siren: string, session: Session): Promise<CompanyHint> {
  session.tell(said(remarks.looking), 'info');
  const hint = await session.deps.lookUp(siren);
  tellHint(siren, hint, session.tell);
  return hint;
}

/**
 * INSEE's category only moves the cursor: a person confirms it. It has no micro companies, and for the law they
 * have the same dates as `pme`; so `pme` proposes nothing.
 */
export async function askSize(session: Session, hint: CompanyHint | undefined): Promise<Size> {
  const { given, prompts, deps } = session;
  if (given.size !== undefined) return given.size;
  const sizeHint = hint !== undefined && 'sizeHint' in hint ? hint.sizeHint : undefined;
  if (sizeHint !== undefined) session.tell(said(remarks.sizeHint, sizeHint), 'info');
  const likely = sizeHint === 'eti' || sizeHint === 'ge' ? sizeHint : USUAL_SIZE;
  if (prompts) return prompts.choose(choice(deps.locale, questions.size, SIZES, sizes, likely));
  session.tell(said(remarks.assumed, { flag: '--size', value: likely }), 'warning');
  return likely;
}

export async function askVat(session: Session): Promise<VatRegime> {
  const { given, prompts, deps } = session;
  if (given.vat !== undefined) return given.vat;
  if (prompts) return prompts.choose(choice(deps.locale, questions.vat, VAT_ORDER, vatRegimes, 'franchise'));
  session.tell(said(remarks.assumed, { flag: '--vat', value: PRUDENT_VAT }), 'warning');
  return PRUDENT_VAT;
}

export async function askFacts(
  template: Pick<Template, 'facts'>,
  given: ReadonlyMap<string, boolean>,
  { prompts, deps }: Session,
): Promise<Record<string, boolean>> {
  const facts: Record<string, boolean> = {};
  for (const fact of template.facts ?? []) {
    const known = given.get(fact.key);
    const ask = async () => prompts?.confirm(say(deps.locale, fact.question), fact.default);
    facts[fact.key] = known ?? (await ask()) ?? fact.default;
  }
  return facts;
}

export async function askStart({ given, prompts, deps }: Session): Promise<string> {
  const { today, locale } = deps;
  if (given.start !== undefined || !prompts) return given.start ?? today;
  return prompts.ask({
    question: say(locale, questions.start),
    initial: locale === 'fr' ? today.split('-').reverse().join('/') : today,
    read: (text) => readStart(text, today),
  });
}

export async function askWorkspace(slug: string, { given, prompts, deps }: Session): Promise<WorkspaceDraft> {
  const { locale } = deps;
  const place: Place = given.place ?? {
    kind: prompts
      ? await prompts.choose(choice(locale, questions.workspace, WORKSPACE_KINDS, workspaces, 'excel'))
      : 'excel',
  };
  switch (place.kind) {
    case 'excel': {
      const initial = `${slug}.xlsx`;
      if (place.file !== undefined || !prompts) return { kind: 'excel', file: place.file ?? initial };
      const question = say(locale, questions.file);
      return { kind: 'excel', file: await prompts.ask({ question, initial, read: readWorkbook }) };
    }
    case 'notion': {
      if (place.parent !== undefined) return { kind: 'notion', parent: place.parent };
      if (!prompts) throw missing('--parent', 'https://www.notion.so/…');
      const question = say(locale, questions.parent);
      return { kind: 'notion', parent: await prompts.ask({ question, read: readNotionPage }) };
    }
    case 'trello': {
      if (place.board !== undefined) return { kind: 'trello', board: place.board };
      if (place.organization !== undefined) return { kind: 'trello', organization: place.organization };
      if (!prompts) throw missing('--organization', 'https://trello.com/w/…');
      const question = say(locale, questions.organization);
      return { kind: 'trello', organization: await prompts.ask({ question, read: readOrganization }) };
    }
  }
}

function choice<T extends string>(
  locale: Locale,
  question: Message,
  order: readonly T[],
  words: Readonly<Record<T, { label: Message; hint: Message }>>,
  initial: T,
): ChoiceQuestion<T> {
  return {
    question: say(locale, question),
    options: order.map((value) => ({
      value,
      label: say(locale, words[value].label),
      hint: say(locale, words[value].hint),
    })),
    initial,
  };
}

function missing(flag: string, example: string): BadInput {
  return new BadInput(said(initErrors.missing, { flag, example }));
}
