import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { BadInput } from '#src/errors.ts';
import { environmentProblem, variableForms } from '#src/i18n/config.ts';
import { type Locale, type Said, said, say } from '#src/i18n/message.ts';
import {
  type ChannelSettings,
  channelSecrets,
  channelsFor,
  isChannelSecret,
  namedChannels,
  sharedChannels,
  wrongNamedChannels,
} from './channels.ts';
import { readTextFile } from './read-text-file.ts';
import { isSecret, listed, Variables } from './variables.ts';

/** What the environment says, checked, with a default for what it leaves out. `undefined`: not set. */
export interface Environment {
  /** Where Jalon keeps its own files. */
  readonly home: string;
  /** The folder of the project files. */
  readonly projects: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** The instant as of which to run, instead of now. */
  readonly now: Date | undefined;
  /** PostgreSQL; SQLite in `home` when not set. */
  readonly databaseUrl: string | undefined;
  /** Not set: silent for a person at a terminal, `info` elsewhere. */
  readonly logLevel: string | undefined;
  readonly notion: {
    readonly baseUrl: string;
    readonly ratePerMinute: number;
    /** Of the webhook of each connection: everyone's, and those that are named as the credentials are. */
    readonly webhookTokens: readonly string[];
  };
  readonly trello: {
    readonly baseUrl: string;
    readonly ratePer10Seconds: number;
    /** Of the apps, which sign what webhooks are told: everyone's, and those that are named as the credentials are. */
    readonly apiSecrets: readonly string[];
  };
  readonly http: { readonly host: string; readonly port: number; readonly token: string | undefined };
  readonly publicUrl: string | undefined;
  readonly channels: ChannelSettings;
  /** So many digests to the same people are one portfolio. */
  readonly portfolioFrom: number;
  /** By the name that a project gives in `credentials`, e.g. `ACME` for `SMTP_URL_ACME`. */
  readonly namedChannels: ReadonlyMap<string, ChannelSettings>;
  readonly watch: {
    /** Official sources are looked at. */
    readonly isOn: boolean;
    readonly allowHosts: readonly string[];
    readonly pisteClientId: string | undefined;
    readonly pisteClientSecret: string | undefined;
  };
  readonly companyApiBaseUrl: string;
  readonly credentials: Credentials;
  /** By the name that a project gives in `credentials`, e.g. `ACME` for `NOTION_TOKEN_ACME`. */
  readonly namedCredentials: ReadonlyMap<string, Credentials>;
  /** Every value that no log, error or page may show. */
  readonly secrets: readonly string[];
}

export interface Credentials {
  readonly notionToken: string | undefined;
  readonly trelloApiKey: string | undefined;
  readonly trelloToken: string | undefined;
  readonly trelloApiSecret: string | undefined;
}

type Given = Readonly<Record<string, string | undefined>>;

const ENV_FILE = '.env';
const WEBHOOK_TOKEN = /^NOTION_WEBHOOK_TOKEN(?:_[A-Z0-9_]+)?$/;
const API_SECRET = /^TRELLO_API_SECRET(?:_[A-Z0-9_]+)?$/;
const NAMED_TOKEN =
  /^(?:NOTION_TOKEN|NOTION_WEBHOOK_TOKEN|TRELLO_API_KEY|TRELLO_TOKEN|TRELLO_API_SECRET)_([A-Z0-9_]+)$/;

/**
 * The environment of the process, completed by the file `.env` of the folder. A variable that the process has,
 * even empty, hides the file's; an empty one counts as not set. The process's own environment is left as it is.
 * @throws BadInput naming each variable that has a wrong value. A secret is never shown.
 */
export async function loadEnvironment(
  folder = process.cwd(),
  given: Given = process.env,
): Promise<Environment> {
  const path = join(folder, ENV_FILE);
  if (!existsSync(path)) return readEnvironment(given);
  const text = await readTextFile(path, ENV_FILE);
  return readEnvironment(given, parse(text), text);
}

/** As `loadEnvironment`, from values. `fileText` is the file as it is written, to tell lines. */
export function readEnvironment(given: Given, fromFile: Given = {}, fileText = ''): Environment {
  const set = Object.entries({ ...fromFile, ...given }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const values = Object.fromEntries(set) as Readonly<Record<string, string>>;
  const result = Variables.safeParse(values);
  const wrong = [
    ...(result.error?.issues ?? []).map(({ path, message }) => ({ name: String(path[0]), form: message })),
    ...namedTokens(values)
      .filter(({ value }) => /\s/.test(value))
      .map(({ variable }) => ({ name: variable, form: 'token' })),
    ...wrongNamedChannels(values),
  ];
  if (!result.success || wrong.length > 0) {
    const place = (name: string) => (given[name] === undefined ? lineOf(name, fileText) : undefined);
    throw wrongVariables(
      wrong.map(({ name, form }) => ({ name, form, value: values[name] ?? '', line: place(name) })),
    );
  }
  return environmentFrom(result.data, values);
}

/** The credentials that a project names, or those of everyone. The key and the secret of the Trello app are shared. */
export function credentialsOf(environment: Environment, name: string | undefined): Credentials {
  if (name === undefined) return environment.credentials;
  const { trelloApiKey, trelloApiSecret } = environment.credentials;
  const own = environment.namedCredentials.get(name);
  return {
    notionToken: own?.notionToken,
    trelloToken: own?.trelloToken,
    trelloApiKey: own?.trelloApiKey ?? trelloApiKey,
    trelloApiSecret: own?.trelloApiSecret ?? trelloApiSecret,
  };
}

/** How messages of a project with these credentials reach people. */
export function channelsOf(environment: Environment, name: string | undefined): ChannelSettings {
  const own = name === undefined ? undefined : environment.namedChannels.get(name);
  return channelsFor(environment.channels, own);
}

/** The variable in which a credential of that name is looked for. */
export function credentialVariable(variable: string, name: string | undefined): string {
  return name === undefined ? variable : `${variable}_${name}`;
}

function environmentFrom(set: Variables, values: Readonly<Record<string, string>>): Environment {
  return {
    home: set.JALON_HOME,
    projects: set.JALON_PROJECTS,
    locale: set.JALON_LOCALE,
    timeZone: set.JALON_TIMEZONE,
    now: set.JALON_NOW === undefined ? undefined : new Date(set.JALON_NOW),
    databaseUrl: set.DATABASE_URL,
    logLevel: set.LOG_LEVEL,
    notion: {
      baseUrl: set.NOTION_BASE_URL,
      ratePerMinute: set.NOTION_RATE_PER_MINUTE,
      webhookTokens: valuesOf(WEBHOOK_TOKEN, values),
    },
    trello: {
      baseUrl: set.TRELLO_BASE_URL,
      ratePer10Seconds: set.TRELLO_RATE_PER_10S,
      apiSecrets: valuesOf(API_SECRET, values),
    },
    http: { host: set.HTTP_HOST, port: set.HTTP_PORT, token: set.HTTP_TOKEN },
    publicUrl: set.PUBLIC_URL,
    channels: sharedChannels(values),
    portfolioFrom: set.DIGEST_PORTFOLIO_FROM,
    namedChannels: namedChannels(values),
    watch: {
      isOn: set.JALON_WATCH === 'on',
      allowHosts: listed(set.WATCH_ALLOW_HOSTS),
      pisteClientId: set.PISTE_CLIENT_ID,
      pisteClientSecret: set.PISTE_CLIENT_SECRET,
    },
    companyApiBaseUrl: set.COMPANY_API_BASE_URL,
    credentials: {
      notionToken: set.NOTION_TOKEN,
      trelloApiKey: set.TRELLO_API_KEY,
      trelloToken: set.TRELLO_TOKEN,
      trelloApiSecret: set.TRELLO_API_SECRET,
    },
    namedCredentials: namedCredentials(values),
    secrets: [
      ...Object.entries(values).flatMap(([name, value]) => (isSecret(name) ? [value] : [])),
      ...channelSecrets(values),
    ],
  };
}

function valuesOf(names: RegExp, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => (names.test(name) ? [value] : []));
}

function namedCredentials(values: Readonly<Record<string, string>>): ReadonlyMap<string, Credentials> {
  const names = new Set(namedTokens(values).map(({ name }) => name));
  const of = (name: string): Credentials => ({
    notionToken: values[`NOTION_TOKEN_${name}`],
    trelloApiKey: values[`TRELLO_API_KEY_${name}`],
    trelloToken: values[`TRELLO_TOKEN_${name}`],
    trelloApiSecret: values[`TRELLO_API_SECRET_${name}`],
  });
  return new Map([...names].map((name) => [name, of(name)]));
}

function namedTokens(
  values: Readonly<Record<string, string>>,
): { variable: string; name: string; value: string }[] {
  return Object.entries(values).flatMap(([variable, value]) => {
    const name = NAMED_TOKEN.exec(variable)?.[1];
    return name === undefined ? [] : [{ variable, name, value }];
  });
}

interface Wrong {
  readonly name: string;
  readonly form: string;
  readonly value: string;
  /** In the file `.env`; `undefined` when the value comes from the process. */
  readonly line: number | undefined;
}

function wrongVariables(wrong: readonly Wrong[]): BadInput {
  return new BadInput((locale) => {
    const lines = wrong.map((one) => `  ${sentence(one)(locale)}`);
    return [say(locale, environmentProblem.heading, wrong.length), '', ...lines].join('\n');
  });
}

function sentence({ name, form, value, line }: Wrong): Said {
  const place = line === undefined ? '' : ` (${ENV_FILE}:${line})`;
  const words = Object.entries(variableForms).find(([code]) => code === form)?.[1] ?? variableForms.token;
  const expected = said(words);
  if (isSecret(name) || isChannelSecret(name))
    return said(environmentProblem.wrongSecret, { name, place, expected });
  return said(environmentProblem.wrong, { name, place, found: value, expected });
}

function lineOf(name: string, text: string): number | undefined {
  const index = text
    .split('\n')
    .findLastIndex((line) => line.replace(/^\s*(?:export\s+)?/, '').startsWith(name));
  return index === -1 ? undefined : index + 1;
}
