import * as z from 'zod';
import type { Size } from '#src/plan/company.ts';

export const COMPANY_API_BASE_URL = 'https://recherche-entreprises.api.gouv.fr';

/** What the public register says of a company, or why it says nothing. Never more than a hint. */
export type CompanyHint = Found | Masked | NotFound | Unreachable;

export interface Found extends Registered {
  readonly outcome: 'found';
  readonly name: string;
}

/** The person asked INSEE to hide who they are: the company exists, its name is not to be had. */
export interface Masked extends Registered {
  readonly outcome: 'masked';
}

/** Not in the register that the public may see, which does not prove that it does not exist. */
export interface NotFound {
  readonly outcome: 'notFound';
}

/** No usable answer. `busy` (too many requests) and `network` may pass; the rest will not pass by trying again. */
export interface Unreachable {
  readonly outcome: 'unreachable';
  readonly reason: 'network' | 'timeout' | 'busy' | 'status' | 'redirect' | 'tooLarge' | 'unreadable';
  /** The HTTP status, where there was one. */
  readonly status?: number;
}

interface Registered {
  /**
   * INSEE's statistical category of a past year, for the group and not for the legal unit. `pme` includes the
   * micro companies, for which INSEE has no category of its own. `undefined`: the register does not say.
   */
  readonly sizeHint?: Exclude<Size, 'micro'>;
  /** `ceased`: the company no longer exists. `undefined`: the register does not say. */
  readonly state?: 'active' | 'ceased';
  /** The VAT numbers in force according to the tax authority; a company under the franchise may have none. */
  readonly vatNumbers: readonly string[];
}

export interface LookUpOptions {
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
}

/** One company takes 2 to 5 KB; a megabyte is another thing than what was asked for. */
const MAX_BODY_BYTES = 1_000_000;
const MAX_NAME_LENGTH = 200;
const MASK = '[NON-DIFFUSIBLE]';
const SIZES = { PME: 'pme', ETI: 'eti', GE: 'ge' } as const;
const STATES = { A: 'active', C: 'ceased' } as const;

const harmless = z.string().nullish().catch(null);

/** Only what is used: the answer also holds the directors' names and birth dates, which are never read. */
const Unit = z.object({
  siren: z.string(),
  nom_raison_sociale: harmless,
  nom_complet: harmless,
  categorie_entreprise: z.enum(['PME', 'ETI', 'GE']).nullish().catch(null),
  etat_administratif: z.enum(['A', 'C']).nullish().catch(null),
  tva: z.array(z.string()).nullish().catch(null),
});
type Unit = z.infer<typeof Unit>;

const Answer = z.object({ results: z.array(z.unknown()) });

/**
 * Asks the public register about one company, once: it never tries again, since a person is waiting and can
 * answer themselves. Whatever the outside does (no network, slow, wrong or hostile answers) comes back as
 * `unreachable`, never as an exception. `siren` is nine digits.
 */
export async function lookUpCompany(siren: string, options: LookUpOptions): Promise<CompanyHint> {
  // One signal from the first byte to the last: a server may send its headers and then fall silent.
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await options.fetch(addressOf(siren, options.baseUrl), {
      headers: { accept: 'application/json', 'user-agent': 'jalon' },
      redirect: 'manual',
      signal,
    });
    const refusal = refusalOf(response);
    if (refusal !== undefined) {
      await response.body?.cancel();
      return refusal;
    }
    const body = await readBounded(response);
    return body === undefined ? { outcome: 'unreachable', reason: 'tooLarge' } : hintFrom(body, siren);
  } catch {
    return { outcome: 'unreachable', reason: signal.aborted ? 'timeout' : 'network' };
  }
}

function addressOf(siren: string, baseUrl: string): string {
  const query = new URLSearchParams({ q: siren, minimal: 'true', include: 'tva' });
  return `${baseUrl.replace(/\/+$/, '')}/search?${query}`;
}

/** A redirect is not followed: it leads to a captive portal or to a host that nobody chose. */
function refusalOf(response: Response): Unreachable | undefined {
  const { status } = response;
  if (status === 200) return undefined;
  if (response.type === 'opaqueredirect') return { outcome: 'unreachable', reason: 'redirect' };
  if (status >= 300 && status < 400) return { outcome: 'unreachable', reason: 'redirect', status };
  return { outcome: 'unreachable', reason: status === 429 ? 'busy' : 'status', status };
}

/** The body as text; `undefined` when it is longer than what can be an answer. */
async function readBounded(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body, which closes the connection.
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function hintFrom(body: string, siren: string): CompanyHint {
  const answer = Answer.safeParse(parseJson(body));
  if (!answer.success) return { outcome: 'unreachable', reason: 'unreadable', status: 200 };
  const units = answer.data.results.flatMap((result) => Unit.safeParse(result).data ?? []);
  const unit = units.find((candidate) => candidate.siren === siren);
  if (unit === undefined) return { outcome: 'notFound' };
  const name = nameOf(unit);
  return name === undefined
    ? { outcome: 'masked', ...registered(unit) }
    : { outcome: 'found', name, ...registered(unit) };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** `nom_complet` adds the trade name in brackets: the plain registered name is better where there is one. */
function nameOf(unit: Unit): string | undefined {
  const readable = [unit.nom_raison_sociale, unit.nom_complet].map((name) => printable(name ?? ''));
  return readable.find((name) => name !== '' && !name.includes(MASK));
}

/** The name ends up on a terminal and in a file: no control character of a hostile answer may reach them. */
function printable(name: string): string {
  return name
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
}

function registered(unit: Unit): Registered {
  const { categorie_entreprise: category, etat_administratif: state } = unit;
  return {
    ...(category ? { sizeHint: SIZES[category] } : {}),
    ...(state ? { state: STATES[state] } : {}),
    vatNumbers: (unit.tva ?? []).filter((number) => /^[A-Z]{2}[0-9A-Z]{2}\d{9}$/.test(number)),
  };
}
