import { html } from 'hono/html';
import { signInWords as words } from '#src/i18n/dashboard.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import type { Admission } from '../guard.ts';
import { type Html, pageOf } from './layout.ts';

export interface SignInPage {
  readonly locale: Locale;
  readonly up: string;
  readonly admission: Exclude<Admission, 'in'>;
  /** Whether a token was given just now. */
  readonly isTried: boolean;
  /** Where the reader was going, as a path below the dashboard’s own. */
  readonly going: string;
}

/** Asks for the token, or says why there is nothing to ask for. */
export function signInPage({ locale, up, admission, isTried, going }: SignInPage): Html {
  const title = say(locale, words.title);
  return pageOf({
    ...{ locale, up, title },
    header: html`<h1>${title}</h1>`,
    main:
      admission === 'closed' || admission === 'misnamed'
        ? html`<p>${say(locale, words[admission])}</p>`
        : html`<form method="post" action="${up}sign-in" class="narrow">
<input type="hidden" name="going" value="${going}">
<label>${say(locale, words.token)}
<input type="password" name="token" required autofocus autocomplete="current-password" aria-describedby="where"></label>
<button type="submit">${say(locale, words.enter)}</button>
${problemOf(locale, admission, isTried)}
<p id="where"><small>${say(locale, words.where)}</small></p>
</form>`,
  });
}

function problemOf(locale: Locale, admission: 'stranger' | 'later', isTried: boolean): Html | string {
  if (admission === 'later') return html`<p role="alert">${say(locale, words.later)}</p>`;
  return isTried ? html`<p role="alert">${say(locale, words.wrong)}</p>` : '';
}
