import { type JalonError, NeedsAttention, Refused } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { COMMENT_DIAGNOSES } from '#src/i18n/notion-comments.ts';
import { PLACE_DIAGNOSES, PLACE_ERRORS } from '#src/i18n/notion-home.ts';
import type { Diagnosis } from '../workspace.ts';
import { type NotionConnection, WORKSPACE } from './connection.ts';
import { isHidden, pageUrl } from './locate.ts';
import { titleOf } from './mapping.ts';
import { failureOf } from './outcome.ts';
import { isDenied } from './read-comments.ts';
import type { Requests } from './requests.ts';

/** Files of a Free workspace are held to 5 MiB: it is the one sign of its plan that the API gives. */
const FREE_FILE_BYTES = 5 * 1024 * 1024;

/** Whether the connection may do its work below the parent page. Writes nothing. */
export async function examine(
  connection: NotionConnection,
  requests: Requests,
  parent: string,
): Promise<readonly Diagnosis[]> {
  const me = await connection.me(requests);
  if (me.kind !== 'ok') return [wrong(failureOf(WORKSPACE, me))];
  const url = pageUrl(parent);
  const about: About = { type: 'page', name: url };
  const page = await requests.page(about, parent);
  if (isHidden(page)) return [wrong(new Refused(said(PLACE_ERRORS.parentHidden, { url })))];
  if (page.kind !== 'ok') return [wrong(failureOf(about, page))];
  if (page.value.in_trash) return [wrong(new NeedsAttention(said(PLACE_ERRORS.parentTrashed, { url })))];

  const { bot } = me.value;
  const isFree = bot?.workspace_limits?.max_file_upload_size_in_bytes === FREE_FILE_BYTES;
  const [users, comments] = await Promise.all([
    connection.users(requests),
    requests.comments({ type: 'comment', name: titleOf(page.value) || url }, parent),
  ]);
  const reached = { workspace: bot?.workspace_name ?? 'Notion', page: titleOf(page.value) || url };
  return [
    { level: 'ok', said: said(PLACE_DIAGNOSES.reached, reached) },
    ...(isFree ? [{ level: 'warning' as const, said: said(PLACE_DIAGNOSES.freePlan) }] : []),
    ...(users.kind === 'ok' ? [] : [{ level: 'warning' as const, said: said(PLACE_DIAGNOSES.noUsers) }]),
    ...(isDenied(comments) ? [{ level: 'warning' as const, said: said(COMMENT_DIAGNOSES.notRead) }] : []),
  ];
}

function wrong(error: JalonError): Diagnosis {
  return { level: 'error', said: error.said, error };
}
