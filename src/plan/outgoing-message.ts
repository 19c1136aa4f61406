import type { Locale } from '#src/i18n/message.ts';

/** A message to people, whatever the way it takes to them. Its texts are in the team's language already. */
export interface OutgoingMessage {
  /**
   * Stable and unique in a project, e.g. `digest:2026-W48`: a message whose key was stored before is the same
   * message, and is not sent again.
   */
  readonly key: string;
  readonly kind: MessageKind;
  readonly to: Recipients;
  /** In whose name it comes, beside Jalon's; absent: in that of the company. */
  readonly sender?: string | undefined;
  readonly locale: Locale;
  /** One line. */
  readonly subject: string;
  readonly blocks: readonly MessageBlock[];
}

export type MessageKind = 'reminder' | 'digest' | 'notice' | 'automation';

/**
 * `subscribers`: whoever is to receive the digest (`DIGEST_TO`). A list: persons of the project, each by the role or
 * by the name that the project's file gives; in a channel that many read, they are addressed by name.
 */
export type Recipients = 'subscribers' | readonly string[];

/** Texts are plain: nothing in them is markup, whatever it looks like. */
export type MessageBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | ({ readonly kind: 'paragraph' } & MessageLine)
  | { readonly kind: 'list'; readonly lines: readonly MessageLine[] }
  /** `alt` says what the picture shows, for whoever does not see it; only e-mail carries the picture itself. */
  | { readonly kind: 'picture'; readonly png: Uint8Array; readonly alt: string }
  | { readonly kind: 'smallPrint'; readonly text: string };

export interface MessageLine {
  readonly text: string;
  /** An `http:` or `https:` address; anything else is shown as text only. */
  readonly link?: string | undefined;
}

/** The ways that a message can take. */
export const CHANNELS = ['email', 'slack', 'teams'] as const;
export type Channel = (typeof CHANNELS)[number];

/** A message with the ways that it takes; none: it is not sent. */
export interface AddressedMessage extends OutgoingMessage {
  readonly channels: readonly Channel[];
}
