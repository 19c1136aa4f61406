import { html } from 'hono/html';
import { frameWords } from '#src/i18n/dashboard.ts';
import { type Locale, say } from '#src/i18n/message.ts';

/** HTML whose texts are escaped already. */
export type Html = ReturnType<typeof html>;

export interface Frame {
  readonly locale: Locale;
  /** The name of the page, for the tab of the browser. */
  readonly title: string;
  /** From this page up to the dashboard’s own address: `''`, `../` and so on. Links hold behind any proxy. */
  readonly up: string;
  readonly header: Html;
  readonly main: Html;
  readonly footer?: Html | undefined;
  /** Asks for the page again after so many seconds. */
  readonly againIn?: number | undefined;
}

export function pageOf({ locale, title, up, header, main, footer, againIn }: Frame): Html {
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${againIn === undefined ? '' : html`<meta http-equiv="refresh" content="${againIn}">`}
<title>${title} – ${say(locale, frameWords.name)}</title>
<link rel="icon" href="${up}icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${up}style.css">
</head>
<body>
<header>${header}</header>
<main>${main}</main>
${footer === undefined ? '' : html`<footer>${footer}</footer>`}
</body>
</html>
`;
}

export interface MessagePage {
  readonly locale: Locale;
  readonly up: string;
  readonly title: string;
  /** May have several lines. */
  readonly text: string;
  readonly againIn?: number | undefined;
}

/** A page that says one thing, and leads back. */
export function messagePage({ locale, up, title, text, againIn }: MessagePage): Html {
  return pageOf({
    ...{ locale, up, title, againIn },
    header: html`${backTo(up, say(locale, frameWords.back))}<h1>${title}</h1>`,
    main: html`<p class="lines">${text}</p>`,
  });
}

/** Leads to the dashboard’s own address. */
export function backTo(up: string, text: string): Html {
  return html`<nav><a href="${up === '' ? './' : up}">${text}</a></nav>`;
}

/** A column that holds numbers stands on the right. */
export interface Column {
  readonly title: string;
  readonly isNumber?: boolean;
}

/**
 * The first cell of a row is its name. Where the screen is narrow, each row becomes a block, in which each cell bears
 * the title of its column.
 */
export function table(
  label: string,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html {
  const place = (index: number) => (columns[index]?.isNumber ? 'number' : '');
  const cell = (content: Html | string | number, index: number) =>
    index === 0
      ? html`<th scope="row">${content}</th>`
      : html`<td class="${place(index)}" data-title="${columns[index]?.title}">${content}</td>`;
  return html`<div class="wide" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${columns.map(({ title }, index) => html`<th scope="col" class="${place(index)}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map((cells) => html`<tr>${cells.map(cell)}</tr>\n`)}</tbody>
</table></div>
`;
}
