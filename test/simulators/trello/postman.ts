import { createHmac } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import { namesModel } from './actions.ts';
import type { Action, Webhook } from './records.ts';
import { renderAction, renderCard, renderList, renderMember, renderWebhook } from './render.ts';
import { renderBoard } from './render-board.ts';
import { renderOrganization } from './render-organization.ts';
import type { World } from './world.ts';

/** What Trello has to tell one webhook of one action. */
export interface Delivery {
  readonly webhook: Webhook;
  readonly action: Action;
  /** As it is posted, byte for byte, each time. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the callback answered so far; undefined where it could not be reached. */
  readonly answers: (number | undefined)[];
}

/** Trello tries three times more after the first, 30, 60 and 120 s later. */
export const MAX_TRIES = 4;
const MIN_FAILURES_TO_DISABLE = 1000;
const DAYS_TO_DISABLE = 30;
const DAY_MS = 86_400_000;

/** Keeps what is to be posted to webhooks until a test says when, in which order, and how often. */
export class Postman {
  readonly #world: World;
  #waiting: Delivery[] = [];

  constructor(world: World) {
    this.#world = world;
    world.onAction = (action) => this.#prepare(action);
  }

  /** What is still to be posted, in the order in which it was done. */
  waiting(): readonly Delivery[] {
    return this.#waiting;
  }

  /** Posts what waits, one after the other. @param order of the deliveries; without it, as they came. */
  async deliverAll(
    order: (waiting: readonly Delivery[]) => readonly Delivery[] = (all) => all,
  ): Promise<void> {
    for (const delivery of order([...this.#waiting])) await this.deliver(delivery);
  }

  /**
   * Posts one, also one that was posted before. It waits on as long as it was refused and may be tried again.
   * @returns what was answered; undefined when nobody answered.
   */
  async deliver(delivery: Delivery): Promise<number | undefined> {
    const { webhook, body, headers } = delivery;
    const status = await fetch(webhook.callbackURL, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
    }).then(
      (answer) => answer.status,
      () => undefined,
    );
    delivery.answers.push(status);
    this.#note(webhook, status);
    const done = status === 200 || status === 410 || delivery.answers.length >= MAX_TRIES;
    if (done) this.drop(delivery);
    return status;
  }

  /** It is never posted, as happens. */
  drop(delivery: Delivery): void {
    this.#waiting = this.#waiting.filter((one) => one !== delivery);
  }

  dropAll(): void {
    this.#waiting = [];
  }

  /** A callback that says 410 has no use for the webhook any more; one that fails long enough is switched off. */
  #note(webhook: Webhook, status: number | undefined): void {
    if (status === 410) this.#world.webhooks.delete(webhook.id);
    if (status === 200) {
      webhook.failures = 0;
      webhook.failingSince = null;
      return;
    }
    webhook.failures += 1;
    webhook.failingSince ??= this.#world.now();
    const failingMs = this.#world.now() - webhook.failingSince;
    if (webhook.failures > MIN_FAILURES_TO_DISABLE && failingMs > DAYS_TO_DISABLE * DAY_MS) {
      webhook.active = false;
    }
  }

  #prepare(action: Action): void {
    for (const webhook of this.#world.webhooks.values()) {
      if (!webhook.active || !this.#concerns(action, webhook)) continue;
      const model = this.#modelOf(webhook.idModel);
      if (model === undefined) continue;
      const told = { action: renderAction(this.#world, action), model, webhook: renderWebhook(webhook) };
      const body = JSON.stringify(told);
      this.#waiting.push({
        webhook,
        action,
        body,
        headers: this.#headersFor(action, webhook, body),
        answers: [],
      });
    }
  }

  #headersFor(action: Action, webhook: Webhook, body: string): Record<string, string> {
    const { appSecret } = this.#world.settings;
    return {
      'content-type': 'application/json',
      'user-agent': 'Trello',
      'x-trello-webhook': signatureOf(body, webhook.callbackURL, appSecret),
      ...(action.clientIdentifier === undefined
        ? {}
        : { 'x-trello-client-identifier': action.clientIdentifier }),
    };
  }

  #concerns(action: Action, { idModel }: Webhook): boolean {
    const isAbout = ['board', 'list', 'listBefore', 'listAfter', 'card'].some((kind) =>
      namesModel(action, kind, idModel),
    );
    if (isAbout || action.memberId === idModel || action.aboutMemberId === idModel) return true;
    const board = this.#world.get('board', String(Object(action.data.board).id));
    return board?.idOrganization === idModel;
  }

  #modelOf(id: string): JsonObject | undefined {
    const world = this.#world;
    const thing = world.byId(id);
    if (thing?.kind === 'board') return renderBoard(world, thing);
    if (thing?.kind === 'list') return renderList(thing);
    if (thing?.kind === 'card') return renderCard(world, thing);
    const member = world.members.get(id);
    if (member !== undefined) return renderMember(world, member);
    const organization = world.organizations.get(id);
    return organization && renderOrganization(world, organization);
  }
}

/** What stands in X-Trello-Webhook: HMAC-SHA1 over the body and the address exactly as it was registered. */
export function signatureOf(body: string, callbackURL: string, appSecret: string): string {
  return createHmac('sha1', appSecret).update(`${body}${callbackURL}`).digest('base64');
}
