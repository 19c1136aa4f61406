import { type Said, said } from '#src/i18n/message.ts';
import { TRELLO_REMARKS } from '#src/i18n/trello-words.ts';
import { ARCHIVED, type Fields, type Status, type Value } from '#src/plan/item.ts';
import type { ShownItem } from '../workspace.ts';
import { dayOf } from './dates.ts';
import { type KeptEntries, readTask } from './description.ts';
import type { Desk } from './desk.ts';
import type { Line } from './identify.ts';
import { readLabels } from './labels.ts';
import { readStatus, stepOfList } from './lists.ts';
import { fitLine } from './markdown.ts';
import { readPeople } from './people.ts';
import { type KeptRow, readRowFields } from './read-row.ts';
import { isUntitled } from './register-card.ts';
import type { Card } from './schema.ts';
import { cardUrl, type Survey } from './survey.ts';

/** What a description holds of the team's own, to be written again with the rest. */
export interface Kept {
  readonly entries?: KeptEntries | undefined;
  readonly row?: KeptRow | undefined;
}

export interface LineRead {
  readonly item: ShownItem;
  readonly kept: Kept;
  readonly status?: Status | undefined;
  readonly remarks: readonly Said[];
}

/** What a card shows of its item. A field of which it says nothing is left out. */
export function readLine(line: Line, survey: Survey, desk: Desk): LineRead {
  return line.kind === 'task' ? readTaskCard(line, survey, desk) : readRowCard(line, survey, desk);
}

function readTaskCard(line: Line, survey: Survey, desk: Desk): LineRead {
  const { card, key } = line;
  const { layout, remembered } = desk;
  const description = readTask(card.desc, survey.context, desk.known.get(key)?.fields);
  const labels = readLabels(card, survey.wantedLabels, survey.labels, unsaidLabels(line, survey, desk));
  const signs = { idList: card.idList, dueComplete: card.dueComplete, labels: labels.statuses };
  const status = readStatus(signs, survey.places, layout, remembered.card(key)?.status);
  const step = layout === 'steps' ? stepOfList(card.idList, survey.places) : undefined;
  const isBlank = isUntitled(card.name);
  const fields: Record<string, Value> = {
    ...description.fields,
    ...labels.fields,
    ...(step !== undefined && { step }),
    ...(isBlank ? {} : { title: fitLine(card.name) }),
    status,
    start: dayIn(card.start, desk),
    due: dayIn(card.due, desk),
    ...(description.others && {
      people: readPeople({ idMembers: card.idMembers, others: description.others }, survey.people),
    }),
    [ARCHIVED]: card.closed,
  };
  if (!line.stamped && fields.step === undefined) fields.step = desk.blueprint.steps[0]?.key ?? '';
  return {
    item: itemOf(line, fields),
    kept: { entries: description.kept },
    status,
    remarks: [...labels.remarks, ...(isBlank ? [untitled(card)] : [])],
  };
}

/**
 * Labels whose absence says nothing: those that people deleted; and, on a card of the team's own that is to stand for a
 * task of the plan, those that no run of ours has yet put on cards to the last of them.
 */
function unsaidLabels(
  { key, stamped }: Line,
  { labels, restored }: Survey,
  { remembered, known }: Desk,
): ReadonlySet<string> {
  if (stamped || !known.has(key)) return restored;
  const settled = remembered.labels;
  return new Set([...restored, ...[...labels.keys()].filter((ref) => settled[ref] === undefined)]);
}

function dayIn(instant: string | null | undefined, { timeZone }: Desk): string | null {
  return instant ? (dayOf(instant, timeZone) ?? null) : null;
}

function readRowCard(line: Line, survey: Survey, desk: Desk): LineRead {
  const { card, parent } = line;
  const register = desk.blueprint.registers.find(({ key }) => key === parent);
  if (!register) return { item: itemOf(line, { [ARCHIVED]: card.closed }), kept: {}, remarks: [] };
  const { fields, kept, remarks } = readRowFields(line, register, survey.fields.present, desk);
  return {
    item: itemOf(line, { ...fields, [ARCHIVED]: card.closed }),
    kept: { row: kept },
    remarks,
  };
}

function itemOf({ card, key, kind, parent }: Line, fields: Fields): ShownItem {
  const { dateLastActivity } = card;
  return { key, kind, parent, fields, ...(dateLastActivity !== undefined && { editedAt: dateLastActivity }) };
}

function untitled({ shortLink }: Card): Said {
  return said(TRELLO_REMARKS.untitled, { url: cardUrl(shortLink) });
}
