import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { Time } from '#src/workspaces/gate/time.ts';

export interface GuardOptions {
  /** `HTTP_TOKEN`; absent: only people at this very machine are let in. */
  readonly token: string | undefined;
  /** What the service listens on. */
  readonly host: string;
  readonly port: number;
  /** Where it is reached from outside. */
  readonly publicUrl: string | undefined;
  readonly now: () => Date;
  readonly time: Time;
}

/**
 * `in`: may see what concerns companies. `stranger`: the token is missing or wrong. `later`: too many wrong ones just
 * now. `closed`: the service can be reached from elsewhere and there is no token, so nobody may. `misnamed`: there is
 * no token, and the service was called by a name that is not this machine’s, as a foreign page does that wants to read
 * it through somebody’s browser.
 */
export type Admission = 'in' | 'stranger' | 'later' | 'closed' | 'misnamed';

/** Decides who may see what the service tells of companies. The token never comes in an address. */
export interface Guard {
  /** By `Authorization: Bearer`, by the cookie of a session, or, without a token, by being here. */
  admit(context: Context): Promise<Admission>;
  /** Begins a session in this browser when the token is right. */
  signIn(context: Context, token: string): Promise<Admission>;
  signOut(context: Context): void;
  /** Whether there is anything to sign in with. */
  readonly hasToken: boolean;
}

const SESSION_MS = 30 * 24 * 3_600_000;
/** A person mistypes a few times; a program that guesses gets no further than this. */
const MOST_WRONG = 10;
const WRONG_WINDOW_MS = 60_000;
/** Longer tokens are found by no guessing: the right one is then let in however many wrong ones have come. */
export const LEAST_TOKEN = 16;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/** Whether others than the people at this machine can reach the service. */
export function isReachedFromElsewhere({
  host,
  publicUrl,
}: Pick<GuardOptions, 'host' | 'publicUrl'>): boolean {
  return publicUrl !== undefined || !LOOPBACK.test(host);
}

export function createGuard(options: GuardOptions): Guard {
  const { token, publicUrl, now, time } = options;
  if (token === undefined) return guardOfThisMachine(isReachedFromElsewhere(options));

  // Each way has its own count: a script with an old token must not keep people from signing in.
  const checkBearer = checker(token, time);
  const checkForm = checker(token, time);
  // Cookies know no ports: two services on one machine would sign each other's readers out.
  const session = `jalon-session-${options.port}`;
  const cookie = (context: Context) =>
    ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isEncrypted(context, publicUrl) }) as const;
  return {
    hasToken: true,
    async admit(context) {
      const bearer = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
      if (bearer !== undefined) return checkBearer(bearer);
      // Signed with the token: another token ends every session.
      const until = await getSignedCookie(context, token, session);
      return until && Number(until) > now().getTime() ? 'in' : 'stranger';
    },
    async signIn(context, given) {
      const admission = checkForm(given);
      if (admission !== 'in') return admission;
      const until = String(now().getTime() + SESSION_MS);
      const maxAge = SESSION_MS / 1000;
      await setSignedCookie(context, session, until, token, { ...cookie(context), maxAge });
      return 'in';
    },
    signOut: (context) => void deleteCookie(context, session, cookie(context)),
  };
}

function guardOfThisMachine(isClosed: boolean): Guard {
  const admit = async (context: Context): Promise<'in' | 'closed' | 'misnamed'> => {
    if (isClosed || isForwarded(context)) return 'closed';
    const isOurs = LOOPBACK.test(new URL(context.req.url).hostname) && !isFromForeignPage(context);
    return isOurs ? 'in' : 'misnamed';
  };
  return { hasToken: false, admit, signIn: admit, signOut: () => {} };
}

/** A proxy in front of the service makes it reachable for others, whatever name it calls the service by. */
function isForwarded({ req }: Context): boolean {
  return FORWARDED.some((name) => req.header(name) !== undefined);
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** A page from elsewhere may lead here; what it loads from here itself is none of its business. */
function isFromForeignPage({ req }: Context): boolean {
  const site = req.header('sec-fetch-site') ?? 'none';
  return site !== 'none' && site !== 'same-origin' && req.header('sec-fetch-mode') !== 'navigate';
}

/** Over plain HTTP, as on the machine itself, a browser would drop a cookie that is kept to encrypted connections. */
function isEncrypted({ req }: Context, publicUrl: string | undefined): boolean {
  const outside = publicUrl === undefined ? undefined : new URL(publicUrl);
  return outside?.protocol === 'https:' && outside.host === new URL(req.url).host;
}

type Check = (given: string) => 'in' | 'stranger' | 'later';

function checker(token: string, time: Time): Check {
  const wrong = wrongTries(time);
  return (given) => {
    const isRight = isSame(given, token);
    if (isRight && token.length >= LEAST_TOKEN) return 'in';
    if (wrong.areTooMany()) return 'later';
    if (isRight) return 'in';
    wrong.add();
    return 'stranger';
  };
}

/** Digests have one length, so that the time taken tells nothing of the token. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

function wrongTries(time: Time) {
  let since = Number.NEGATIVE_INFINITY;
  let tries = 0;
  const begin = () => {
    if (time.now() - since < WRONG_WINDOW_MS) return;
    since = time.now();
    tries = 0;
  };
  return {
    add() {
      begin();
      tries += 1;
    },
    areTooMany() {
      begin();
      return tries >= MOST_WRONG;
    },
  };
}
