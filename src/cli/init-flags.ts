import { BadInput } from '#src/errors.ts';
import { initErrors } from '#src/i18n/init.ts';
import { type Said, said } from '#src/i18n/message.ts';
import type { Size, VatRegime } from '#src/plan/company.ts';
import {
  type Answer,
  type Kind,
  readBoard,
  readKind,
  readName,
  readNotionPage,
  readOrganization,
  readSiren,
  readSize,
  readStart,
  readVat,
  readWorkbook,
  readYesNo,
} from './answers.ts';

/** The flags of `init` as they were typed. */
export interface InitOptions {
  readonly name?: string | undefined;
  readonly siren?: string | undefined;
  readonly size?: string | undefined;
  readonly vat?: string | undefined;
  readonly start?: string | undefined;
  readonly workspace?: string | undefined;
  readonly parent?: string | undefined;
  readonly organization?: string | undefined;
  readonly board?: string | undefined;
  readonly file?: string | undefined;
  readonly template?: string | undefined;
  readonly profile?: string | undefined;
  /** Each `key=yes` or `key=no`. */
  readonly fact?: readonly string[] | undefined;
  /** Ask nothing: what has no flag takes its default. */
  readonly yes?: boolean | undefined;
  /** Replace the project of the same SIREN, or else of the same name. */
  readonly force?: boolean | undefined;
}

/** Where the plan will live, as far as the flags say. */
export type Place =
  | { readonly kind: 'excel'; readonly file?: string | undefined }
  | { readonly kind: 'notion'; readonly parent?: string | undefined }
  | {
      readonly kind: 'trello';
      readonly organization?: string | undefined;
      readonly board?: string | undefined;
    };

/** The flags once they have been read. What is absent is to be asked. */
export interface Given {
  readonly name?: string | undefined;
  /** `null`: not said; `undefined`: said to be without one. */
  readonly siren: string | undefined | null;
  readonly size?: Size | undefined;
  readonly vat?: VatRegime | undefined;
  readonly start?: string | undefined;
  readonly place?: Place | undefined;
  readonly facts: ReadonlyMap<string, boolean>;
}

/** Which flags say where, for each kind of workspace. */
const PLACE_FLAGS = {
  excel: ['file'],
  notion: ['parent'],
  trello: ['organization', 'board'],
} as const satisfies Record<Kind, readonly (keyof InitOptions)[]>;

/** @throws BadInput that names the flag, what was found and what was expected. */
export function readFlags(options: InitOptions, today: string): Given {
  return {
    name: value('--name', options.name, readName),
    siren: options.siren === undefined ? null : value('--siren', options.siren, readSiren),
    size: value('--size', options.size, readSize),
    vat: value('--vat', options.vat, readVat),
    start: value('--start', options.start, (text) => readStart(text, today)),
    place: readPlace(options),
    facts: new Map(options.fact?.map(readFact)),
  };
}

function readPlace(options: InitOptions): Place | undefined {
  const kind = value('--workspace', options.workspace, readKind) ?? impliedKind(options);
  if (kind === undefined) return undefined;
  refuseOtherPlaces(options, kind);
  switch (kind) {
    case 'excel':
      return { kind, file: value('--file', options.file, readWorkbook) };
    case 'notion':
      return { kind, parent: value('--parent', options.parent, readNotionPage) };
    case 'trello':
      if (options.board !== undefined && options.organization !== undefined) {
        throw badFlag('--board', said(initErrors.twoPlaces));
      }
      return {
        kind,
        organization: value('--organization', options.organization, readOrganization),
        board: value('--board', options.board, readBoard),
      };
  }
}

/** `--parent` alone is enough to know that the workspace is Notion. */
function impliedKind(options: InitOptions): Kind | undefined {
  const kinds = Object.keys(PLACE_FLAGS) as Kind[];
  return kinds.find((kind) => PLACE_FLAGS[kind].some((flag) => options[flag] !== undefined));
}

function refuseOtherPlaces(options: InitOptions, kind: Kind): void {
  const own: readonly string[] = PLACE_FLAGS[kind];
  const stray = Object.values(PLACE_FLAGS)
    .flat()
    .find((flag) => options[flag] !== undefined && !own.includes(flag));
  if (stray !== undefined) {
    const expected = own.map((flag) => `--${flag}`);
    throw badFlag(`--${stray}`, said(initErrors.misplaced, { kind, expected }));
  }
}

function readFact(text: string): readonly [string, boolean] {
  const match = /^\s*([^=\s]+)\s*=(.*)$/s.exec(text);
  const [, key = '', word = ''] = match ?? [];
  if (match === null) throw badFlag('--fact', said(initErrors.factForm, text));
  return [key, value(`--fact ${key}`, word, readYesNo) ?? false];
}

function value<T>(flag: string, text: string | undefined, read: (text: string) => Answer<T>): T | undefined {
  if (text === undefined) return undefined;
  const answer = read(text);
  if ('problem' in answer) throw badFlag(flag, answer.problem);
  return answer.value;
}

export function badFlag(flag: string, problem: Said): BadInput {
  return new BadInput(said(initErrors.flag, { flag, problem }));
}
