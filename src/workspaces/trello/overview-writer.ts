import { explain, JalonError } from '#src/errors.ts';
import { said, say } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { BOARD_REMARKS } from '#src/i18n/trello-place.ts';
import { OVERVIEW_CARD } from '#src/i18n/trello-words.ts';
import { createOnce } from '../http/create-once.ts';
import type { WriteOrder } from '../workspace.ts';
import { call, type Desk } from './desk.ts';
import {
  createCard,
  getCard,
  getCardAttachments,
  removeAttachment,
  updateCard,
  uploadAttachment,
} from './endpoints/cards.ts';
import { wantedLists } from './lists.ts';
import { isGone, unlessGone } from './locate.ts';
import { readMarker } from './marker.ts';
import { need } from './outcome.ts';
import { isPicture, OVERVIEW_KEY, overviewText, pictureDigest, pictureName } from './overview.ts';
import type { RememberedOverview } from './remembered.ts';
import type { Structure } from './structure.ts';
import type { Survey } from './survey.ts';
import { fetchBoard } from './whole-board.ts';

/** Above the first card of its list. */
const TOP = 1;

/**
 * Keeps the card up to date that shows how the plan is going. Once people have archived or deleted it, it stays away;
 * a picture that cannot be drawn or sent is told, and tried again by the next run.
 */
export async function refreshOverview(
  desk: Desk,
  structure: Structure,
  survey: Survey | undefined,
  order: WriteOrder,
): Promise<void> {
  const { remembered, blueprint } = desk;
  if (remembered.overview === null) return;
  const text = overviewText(order.overview, blueprint);
  const picture = pictureDigest(order.overview, blueprint);
  const before = remembered.overview ?? found(survey);
  if (before && (await isAway(desk, before.card, survey))) {
    remembered.overview = null;
    return;
  }
  const card = before ?? (await make(desk, structure, text));
  if (!card) return;
  remembered.overview = card;
  await remembered.flush();
  const now = { ...card };
  if (card.text !== text) {
    const outcome = await call(desk, updateCard(card.card, { desc: text }));
    if (!isGone(outcome)) need(aboutCard(desk), outcome);
    now.text = text;
  }
  if (card.picture !== picture && (await showPicture(desk, card.card, picture, order))) now.picture = picture;
  remembered.overview = now;
  await remembered.flush();
}

function found(survey: Survey | undefined): RememberedOverview | undefined {
  const card = survey?.bundle.cards.rows.find(({ desc }) => readMarker(desc).key === OVERVIEW_KEY);
  return card && { card: card.id, text: card.desc };
}

/** A card that the board does not show is asked for itself: a fresh one may be shown late. */
async function isAway(desk: Desk, id: string, survey: Survey | undefined): Promise<boolean> {
  if (!survey) return false;
  const { id: board, cards } = survey.bundle;
  const card =
    cards.rows.find((one) => one.id === id) ?? unlessGone(aboutCard(desk), await call(desk, getCard(id)));
  return !card || card.closed || (card.idBoard ?? board) !== board;
}

function aboutCard({ blueprint }: Desk): About {
  return { type: 'card', name: say(blueprint.locale, OVERVIEW_CARD) };
}

async function make(
  desk: Desk,
  { board, lists }: Structure,
  desc: string,
): Promise<RememberedOverview | undefined> {
  const first = wantedLists(desk.blueprint, desk.layout).map(({ ref }) => lists.get(ref));
  const idList = first.find((id) => id !== undefined);
  if (idList === undefined) return undefined;
  const about = aboutCard(desk);
  const { outcome } = await createOnce(
    {
      send: () => call(desk, createCard({ idList, name: about.name, desc, pos: TOP })),
      find: async () => {
        const bundle = need(about, await fetchBoard(desk, board.id));
        return bundle.cards.rows.find((card) => readMarker(card.desc).key === OVERVIEW_KEY);
      },
    },
    desk.connection.time,
    desk.signal,
  );
  return { card: need(about, outcome).id, text: desc };
}

/** The new picture comes before the old one goes, so that the card is never without. */
async function showPicture(desk: Desk, card: string, digest: string, order: WriteOrder): Promise<boolean> {
  const about: About = { type: 'file', name: pictureName(digest) };
  const attachments = async () => need(about, await call(desk, getCardAttachments(card))).rows;
  try {
    const before = await attachments();
    if (!before.some(({ name }) => name === about.name)) {
      const bytes = new Uint8Array(await order.picture('whole'));
      const upload = { bytes, name: about.name, mimeType: 'image/png', setCover: true };
      const { outcome } = await createOnce(
        {
          send: () => call(desk, uploadAttachment(card, upload)),
          find: async () => (await attachments()).find(({ name }) => name === about.name),
        },
        desk.connection.time,
        desk.signal,
      );
      need(about, outcome);
    }
    for (const old of before.filter((one) => isPicture(one) && one.name !== about.name)) {
      const removed = await call(desk, removeAttachment(card, old.id));
      if (!isGone(removed)) need(about, removed);
    }
    return true;
  } catch (error) {
    order.signal?.throwIfAborted();
    if (!(error instanceof JalonError)) throw error;
    order.tell(said(BOARD_REMARKS.noPicture, explain(error)(desk.blueprint.locale)));
    return false;
  }
}
