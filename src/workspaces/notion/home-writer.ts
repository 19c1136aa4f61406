import { explain, JalonError } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { PLACE_REMARKS } from '#src/i18n/notion-home.ts';
import { createOnce } from '../http/create-once.ts';
import type { WriteOrder } from '../workspace.ts';
import {
  findParts,
  HOME_PARTS,
  type HomePart,
  homeTitle,
  partContent,
  partDigests,
  pictureBlock,
} from './home.ts';
import type { Located, Search } from './locate.ts';
import { failureOf, need, type Outcome } from './outcome.ts';
import type { RememberedHome } from './remembered.ts';

const FILE = 'jalon.png';
const FILE_TYPE = 'image/png';
/** An upload that fails is begun anew, once: what is left of the first expires by itself. */
const MOST_UPLOADS = 2;

export interface HomeOrder extends Search {
  readonly order: WriteOrder;
}

/** Keeps the parts of the home page up to date, each in its own block. */
export class HomeWriter {
  readonly #order: HomeOrder;
  #uploaded: Promise<string | undefined> | undefined;

  constructor(order: HomeOrder) {
    this.#order = order;
  }

  /**
   * Draws the picture and sends it to Notion, once in a run. `undefined` when that cannot be done, which is told: a
   * plan without its picture is still a plan.
   */
  upload(): Promise<string | undefined> {
    this.#uploaded ??= this.#drawAndSend();
    return this.#uploaded;
  }

  async #drawAndSend(): Promise<string | undefined> {
    const { order } = this.#order;
    try {
      const picture = await order.picture('whole');
      return await this.#send(new Blob([new Uint8Array(picture)], { type: FILE_TYPE }));
    } catch (error) {
      order.signal?.throwIfAborted();
      if (!(error instanceof JalonError)) throw error;
      order.tell(said(PLACE_REMARKS.noPicture, explain(error)(order.blueprint.locale)));
      return undefined;
    }
  }

  async #send(file: Blob): Promise<string> {
    const about: About = { type: 'file', name: FILE };
    let last: Exclude<Outcome<never>, { kind: 'ok' }> | undefined;
    for (let attempt = 0; attempt < MOST_UPLOADS; attempt += 1) {
      const { requests } = this.#order;
      const { id } = need(about, await requests.createUpload(about, FILE, FILE_TYPE));
      const sent = await requests.sendUpload(about, id, FILE, file);
      if (sent.kind === 'ok') return id;
      last = sent;
      if (sent.kind !== 'unknown' && sent.kind !== 'committed') break;
    }
    if (!last) throw new TypeError('An upload was neither sent nor refused.');
    throw failureOf(about, last);
  }

  /** Rewrites the parts that show something else than they should. A part that people have taken away stays away. */
  async refresh(home: Located['home'], { overview, blueprint }: WriteOrder): Promise<void> {
    const { remembered } = this.#order;
    const wanted = partDigests(overview, blueprint);
    const before: RememberedHome = remembered.home ?? { ...home, shows: {} };
    const isAway = (part: HomePart) => before.blocks?.[part] === null && before.shows[part] !== undefined;
    const due = HOME_PARTS.filter((part) => before.shows[part] !== wanted[part] && !isAway(part));
    if (due.length === 0) return;
    const blocks = before.blocks ?? (await this.#findBlocks(home));
    const shows = { ...before.shows };
    const left = { ...blocks };
    for (const part of due) {
      const block = blocks[part] ?? null;
      const isNew = part === 'picture' && block === null && before.shows.picture === undefined;
      const done = isNew
        ? await this.#addPicture(home, blocks.figures ?? null)
        : await this.#rewrite(part, block);
      if (done === undefined) continue;
      shows[part] = wanted[part];
      left[part] = done;
    }
    remembered.home = { ...before, blocks: left, shows };
    await remembered.flush();
  }

  async #findBlocks(home: Located['home']) {
    const { requests, blueprint } = this.#order;
    const about: About = { type: 'page', name: homeTitle(blueprint) };
    return findParts((await requests.blocks(about, home.page)).rows);
  }

  /** The block that now shows what it should; `null` when people have taken it away; `undefined`: not this time. */
  async #rewrite(part: HomePart, block: string | null): Promise<string | null | undefined> {
    if (block === null) return null;
    const { requests, blueprint, order } = this.#order;
    const about: About = { type: 'block', name: homeTitle(blueprint) };
    const uploadId = part === 'picture' ? await this.upload() : undefined;
    if (part === 'picture' && uploadId === undefined) return undefined;
    const content = partContent(part, order.overview, blueprint, uploadId);
    const outcome = await requests.updateBlock(about, { block_id: block, ...content });
    const isGone = outcome.kind === 'refused' && ['notShared', 'validation'].includes(outcome.refusal.code);
    if (isGone) return null;
    need(about, outcome);
    return block;
  }

  /** The page was made while no picture could be had: its block comes to stand below the figures. */
  async #addPicture(home: Located['home'], after: string | null): Promise<string | undefined> {
    const { requests, blueprint, order, connection } = this.#order;
    const uploadId = await this.upload();
    if (uploadId === undefined) return undefined;
    const about: About = { type: 'block', name: homeTitle(blueprint) };
    const children = [pictureBlock(order.overview, blueprint.locale, uploadId)];
    const position = after !== null && {
      position: { type: 'after_block' as const, after_block: { id: after } },
    };
    const { outcome } = await createOnce(
      {
        send: async () => {
          const added = await requests.append(about, { block_id: home.page, children, ...position });
          return added.kind === 'ok' ? { kind: 'ok', value: added.value.rows[0]?.id ?? '' } : added;
        },
        find: async () => (await this.#findBlocks(home)).picture ?? undefined,
      },
      connection.time,
      requests.signal,
    );
    return need(about, outcome);
  }
}
