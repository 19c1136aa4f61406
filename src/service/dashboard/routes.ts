import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import { JalonError } from '#src/errors.ts';
import { frameWords } from '#src/i18n/dashboard.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { momentText } from '#src/i18n/moment.ts';
import { VERDICTS } from '#src/metrics/verdict.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { Drawing } from '../drawing.ts';
import type { Guard } from '../guard.ts';
import type { CycleFailure } from '../report.ts';
import type { CycleDeps, RunningProject } from '../running-project.ts';
import { companiesPage } from './companies-page.ts';
import { showCompany } from './company-route.ts';
import { entrance, upFrom } from './entrance.ts';
import { type Html, messagePage } from './layout.ts';
import { createPictureDesk } from './pictures.ts';
import type { Standings } from './standings.ts';
import { ICON, styleSheet } from './style.ts';
import { whyText } from './why.ts';

export interface DashboardOptions {
  readonly guard: Guard;
  readonly standings: Standings;
  readonly projects: () => Promise<readonly string[]>;
  readonly open: (slug: string) => Promise<RunningProject>;
  readonly cycle: CycleDeps;
  readonly drawing: () => Promise<Pick<Drawing, 'svg'>>;
  /** What went wrong in the last cycle of a project. */
  readonly failuresOf: (slug: string) => readonly CycleFailure[];
  /** When the places were last looked at, as an ISO instant; `undefined`: not yet. */
  readonly lastSync: () => string | undefined;
  /** Of the pages that concern no company in particular. */
  readonly locale: Locale;
  readonly time: Time;
  readonly log: Logger;
}

/** After so long the page shows what is known, and completes itself. */
const PATIENCE_MS = 2000;
const YEAR_S = 31_536_000;

/**
 * The dashboard: all companies at `/`, or the only one; each at `/projects/<slug>`. Pages run no script and load nothing
 * from elsewhere. They read what was last agreed; no plan and no place is changed by looking.
 */
export function dashboardRoutes(options: DashboardOptions): Hono {
  const { projects, open, cycle, locale, log } = options;
  const pictures = createPictureDesk(options);
  const { routes: signing, admission } = entrance(options);
  const app = new Hono();
  app.use(compress(), headers());
  app.get('/style.css', etag(), async (context) =>
    context.body(await styleSheet(), 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  app.get('/icon.svg', etag(), (context) => context.body(ICON, 200, { 'content-type': 'image/svg+xml' }));
  app.route('/', signing);

  app.get('/', admission, async (context) => {
    context.header('cache-control', 'no-store');
    const slugs = await projects();
    const [only] = slugs;
    if (only !== undefined && slugs.length === 1) return company(context, only, false);
    const seen = await options.standings.look(PATIENCE_MS);
    const { name = '', verdict = '' } = context.req.query();
    const filter = { name, verdict: VERDICTS.find((one) => one === verdict) };
    const hasTrouble = (slug: string) => options.failuresOf(slug).length > 0;
    return context.html(companiesPage({ locale, seen, filter, hasTrouble, footer: footer(context, locale) }));
  });

  app.get('/projects/:slug', admission, async (context) => {
    context.header('cache-control', 'no-store');
    const slugs = await projects();
    const slug = context.req.param('slug');
    if (!slugs.includes(slug)) return missing(context, say(locale, frameWords.noSuchProject, slug));
    return company(context, slug, slugs.length > 1);
  });

  app.get('/projects/:slug/charts/:file', admission, async (context) => {
    const { slug, file } = context.req.param();
    const name = /^(.+)\.svg$/.exec(file)?.[1];
    const isKnown = name !== undefined && (await projects()).includes(slug);
    const picture = isKnown ? await pictures.draw(slug, name) : undefined;
    if (!picture) return context.body(null, 404);
    // An address that names another state of the plan than is drawn here must not stand for it.
    const isItsOwn = context.req.query('v') === picture.version;
    return context.body(picture.svg, 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': isItsOwn ? `private, max-age=${YEAR_S}, immutable` : 'no-store',
    });
  });

  app.notFound((context) => missing(context, say(locale, frameWords.notFound)));
  app.onError((error, context) => {
    if (!(error instanceof JalonError))
      log.error({ err: error, path: context.req.path }, 'a page of the dashboard failed');
    context.header('cache-control', 'no-store');
    const title = say(locale, frameWords.name);
    const page = messagePage({ locale, up: upFrom(context), title, text: whyText(error, locale) });
    return context.html(page, error instanceof JalonError ? 503 : 500);
  });
  return app;

  async function company(context: Context, slug: string, isOneOfMany: boolean) {
    const up = upFrom(context);
    let project: RunningProject;
    try {
      project = await open(slug);
    } catch (error) {
      if (!(error instanceof JalonError)) log.error({ err: error, project: slug }, 'project not opened');
      return context.html(messagePage({ locale, up, title: slug, text: whyText(error, locale) }), 503);
    }
    const { status = '', who = '' } = context.req.query();
    return context.html(
      await showCompany({
        ...{ project, cycle, up, isOneOfMany },
        failures: options.failuresOf(slug),
        filter: { status, who },
        footer: (teams) => footer(context, teams),
      }),
    );
  }

  function missing(context: Context, text: string) {
    context.header('cache-control', 'no-store');
    const title = say(locale, frameWords.name);
    return context.html(messagePage({ locale, up: upFrom(context), title, text }), 404);
  }

  function footer(context: Context, reader: Locale): Html {
    const at = (instant: string) => momentText(reader, { at: instant, timeZone: cycle.timeZone });
    const last = options.lastSync();
    const looked =
      last === undefined ? say(reader, frameWords.noSync) : say(reader, frameWords.lastSync, at(last));
    return html`<p>${say(reader, frameWords.asOf, at(cycle.now().toISOString()))} ${looked}</p>
${options.guard.hasToken ? signOutForm(reader, upFrom(context)) : ''}`;
  }
}

function signOutForm(locale: Locale, up: string): Html {
  return html`<form method="post" action="${up}sign-out"><button type="submit">${say(locale, frameWords.signOut)}</button></form>`;
}

function headers() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      imgSrc: ["'self'"],
      styleSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // Whether a name is only ever reached over TLS is for whoever set that up to say.
    strictTransportSecurity: false,
  });
}
