import { html } from 'hono/html';
import { frameWords } from '#src/i18n/dashboard.ts';
import { type Locale, say } from '#src/i18n/message.ts';

/** HTML whose texts are escaped already. */
export type Html = ReturnType<typeof html>;

export interface Frame {
  readonly locale: Locale;
  /** The name of the page, for the tab of the browser. */
  readonly title: string;
  /** From this page up to the dashboard's own address: `''`, or `../` from below. Links hold behind any proxy. */
  readonly up: '' | '../';
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
<footer>${footer}</footer>
</body>
</html>
`;
}

/** A page of one sentence. */
export function messagePage(locale: Locale, up: Frame['up'], title: string, text: string): Html {
  return pageOf({ locale, up, title, header: html`<h1>${title}</h1>`, main: html`<p>${text}</p>` });
}

/** A column that holds numbers stands on the right. */
export interface Column {
  readonly title: string;
  readonly isNumber?: boolean;
}

export function table(
  caption: string | undefined,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html {
  const place = (index: number) => (columns[index]?.isNumber ? 'number' : '');
  return html`<div class="wide"><table>
${caption === undefined ? '' : html`<caption>${caption}</caption>`}
<thead><tr>${columns.map(({ title }, index) => html`<th scope="col" class="${place(index)}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (cells) => html`<tr>${cells.map((cell, index) =>
    index === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${place(index)}">${cell}</td>`,
  )}</tr>
`,
)}</tbody>
</table></div>
`;
}
