import * as z from 'zod';
import { LOCALES } from '#src/i18n/message.ts';
import { COMPANY_API_BASE_URL } from './company-api.ts';

/** The variables that Jalon reads, as they are written. The `error` codes have their words in `i18n/config.ts`. */

const text = z.string();
const token = z.string().regex(/^\S+$/, { error: 'token' });
const web = z.url({ protocol: /^https?$/, error: 'web' }).transform((url) => url.replace(/\/+$/, ''));
/** What is posted there is for the team's eyes: in the clear only as far as this machine. */
const secretWeb = z.string().refine(isPrivateWeb, { error: 'secret-web' });
const database = z.url({ protocol: /^postgres(?:ql)?$/, error: 'database' });
const smtp = z.url({ protocol: /^smtps?$/, error: 'smtp' });
const email = z.email({ error: 'email' });
const emails = listOf(email, 'emails');
const hosts = listOf(z.string().regex(/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i), 'hosts');
const rate = whole(1, 100_000, 'rate');
const port = whole(0, 65_535, 'port');
const zone = z.string().refine(isTimeZone, { error: 'zone' });
const instant = z.iso.datetime({ offset: true, error: 'instant' });

export const Variables = z.object({
  NOTION_TOKEN: token.optional(),
  NOTION_BASE_URL: web.default('https://api.notion.com'),
  NOTION_RATE_PER_MINUTE: rate.default(180),
  NOTION_WEBHOOK_TOKEN: token.optional(),
  TRELLO_API_KEY: token.optional(),
  TRELLO_TOKEN: token.optional(),
  TRELLO_API_SECRET: token.optional(),
  TRELLO_BASE_URL: web.default('https://api.trello.com/1'),
  TRELLO_RATE_PER_10S: rate.default(100),
  DATABASE_URL: database.optional(),
  JALON_HOME: text.default('./.jalon'),
  JALON_PROJECTS: text.default('./projects'),
  JALON_LOCALE: z.enum(LOCALES, { error: 'locale' }).default('fr'),
  JALON_TIMEZONE: zone.default('Europe/Paris'),
  JALON_NOW: instant.optional(),
  HTTP_HOST: text.default('127.0.0.1'),
  HTTP_PORT: port.default(4180),
  HTTP_TOKEN: token.optional(),
  PUBLIC_URL: web.optional(),
  SMTP_URL: smtp.optional(),
  SMTP_FROM: email.optional(),
  DIGEST_TO: emails.optional(),
  DIGEST_PORTFOLIO_FROM: rate.default(4),
  SLACK_WEBHOOK_URL: secretWeb.optional(),
  TEAMS_WEBHOOK_URL: secretWeb.optional(),
  JALON_WATCH: z.enum(['on', 'off'], { error: 'on-off' }).default('on'),
  WATCH_ALLOW_HOSTS: hosts.optional(),
  COMPANY_API_BASE_URL: web.default(COMPANY_API_BASE_URL),
  PISTE_CLIENT_ID: token.optional(),
  PISTE_CLIENT_SECRET: token.optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { error: 'level' })
    .optional(),
});
export type Variables = z.infer<typeof Variables>;

/** An address with a password in it is a secret too. For those of channels, see `isChannelSecret`. */
export function isSecret(name: string): boolean {
  return /TOKEN|SECRET|_KEY|^DATABASE_URL$/.test(name) && isOurs(name);
}

function isOurs(name: string): boolean {
  return /^(?:NOTION|TRELLO)_/.test(name) || Object.hasOwn(Variables.shape, name);
}

function whole(min: number, max: number, error: string) {
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((n) => n >= min && n <= max, { error });
}

function listOf(item: z.ZodType<string>, error: string) {
  const all = (list: string) =>
    list.split(',').every((part) => part.trim() === '' || item.safeParse(part.trim()).success);
  return z.string().refine(all, { error });
}

/** The parts of a list that is written with commas. */
export function listed(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isPrivateWeb(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
