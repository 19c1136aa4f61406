import { html } from 'hono/html';
import type { Locale } from '#src/i18n/message.ts';
import { percent } from '#src/i18n/metrics.ts';
import type { Verdict } from '#src/metrics/verdict.ts';
import type { Html } from './layout.ts';

/** A shape for each, so that the colour is not needed to tell them apart. */
const SIGNS: Readonly<Record<Verdict, string>> = { ahead: '▲', 'on-track': '●', 'at-risk': '◆', late: '■' };

/** The reason names the verdict itself. */
export function verdictMark(verdict: Verdict, reason: string): Html {
  return html`<span class="verdict ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${reason}</span>`;
}

/** A bar with its percentage beside it. */
export function progressBar(locale: Locale, share: number): Html {
  const words = percent(locale, share);
  return html`<span class="share"><progress max="1" value="${share}" aria-hidden="true"></progress> ${words}</span>`;
}
