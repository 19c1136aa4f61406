import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Locale } from '#src/i18n/message.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { Admission, Guard } from '../guard.ts';
import { bodyReader, NO_BODY_STATUS } from '../request-body.ts';
import { signInPage } from './sign-in-page.ts';

export interface EntranceOptions {
  readonly guard: Guard;
  readonly locale: Locale;
  readonly time: Time;
}

export interface Entrance {
  /** Signing in and out. */
  readonly routes: Hono;
  /** Lets those pass who may see the pages; others get the page that says what is missing. */
  readonly admission: MiddlewareHandler;
}

const STATUS = { stranger: 401, later: 429, closed: 403, misnamed: 403 } as const;

/** A token is short, and whoever sends it slowly is no person. */
const FORM_LIMITS = { maxBytes: 4096, maxHeldBytes: 64 * 1024, timeoutMs: 5000 };

export function entrance({ guard, locale, time }: EntranceOptions): Entrance {
  const forms = bodyReader({ ...FORM_LIMITS, time });
  const refuse = (
    context: Context,
    admission: Exclude<Admission, 'in'>,
    { isTried, going }: { readonly isTried: boolean; readonly going: string },
  ) => {
    context.header('cache-control', 'no-store');
    if (admission === 'later') context.header('retry-after', '60');
    return context.html(
      signInPage({ locale, admission, isTried, going, up: upFrom(context) }),
      STATUS[admission],
    );
  };

  const routes = new Hono();
  // Whoever asks for the address that a form has led to.
  routes.get('/sign-in', (context) => context.redirect('./', 303));
  routes.post('/sign-in', async (context) => {
    const body = await forms.read(context.req.raw);
    if (typeof body === 'string') return context.body(null, NO_BODY_STATUS[body]);
    const form = new URLSearchParams(Buffer.from(body).toString());
    const going = ownPath(form.get('going') ?? '');
    const admission = await guard.signIn(context, (form.get('token') ?? '').trim());
    if (admission !== 'in') return refuse(context, admission, { isTried: true, going });
    return context.redirect(`./${encodeURI(going)}`, 303);
  });
  routes.post('/sign-out', (context) => {
    guard.signOut(context);
    return context.redirect('./', 303);
  });

  return {
    routes,
    admission: async (context, next) => {
      const admission = await guard.admit(context);
      if (admission === 'in') return next();
      return refuse(context, admission, { isTried: false, going: ownPath(context.req.path.slice(1)) });
    },
  };
}

/** From the page that was asked for up to the dashboard’s own address. */
export function upFrom({ req }: Context): string {
  return '../'.repeat(req.path.split('/').length - 2);
}

/** Nobody is led elsewhere by what stands in a form. */
function ownPath(path: string): string {
  return /^projects\/[^/?#\\\p{Cc}]+$/u.test(path) ? path : '';
}
