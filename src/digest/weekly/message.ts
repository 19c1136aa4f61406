import { digestMessages as words } from '#src/i18n/digest.ts';
import { say } from '#src/i18n/message.ts';
import type { MessageBlock, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import type { WeeklyDigest } from './digest.ts';
import { firstLines, sectionsOf } from './lines.ts';
import { daysOfWeek } from './week.ts';

/** With the words for whoever does not see it. */
export interface DigestPicture {
  readonly png: Uint8Array;
  readonly alt: string;
}

/** The digest as a message to whoever receives it: its key is the week, so that there is one a week. */
export function digestMessage(digest: WeeklyDigest, picture: DigestPicture | undefined): OutgoingMessage {
  const { week, company, locale, verdict } = digest;
  return {
    key: `digest:${week}`,
    kind: 'digest',
    to: 'subscribers',
    locale,
    subject: say(locale, words.subject, { company, verdict, number: daysOfWeek(week).number }),
    blocks: [...opening(digest), ...sections(digest), ...closing(digest, picture)],
  };
}

function opening({ locale, reason, progress }: WeeklyDigest): readonly MessageBlock[] {
  return [
    { kind: 'paragraph', text: reason },
    ...(progress.total > 0
      ? [{ kind: 'paragraph', text: say(locale, words.progress, progress) } as const]
      : []),
  ];
}

function sections(digest: WeeklyDigest): readonly MessageBlock[] {
  return sectionsOf(digest).flatMap((one): MessageBlock[] => [
    { kind: 'heading', text: one.heading },
    { kind: 'list', lines: firstLines(one, digest.locale) },
  ]);
}

function closing(
  { locale, url, dashboard, late }: WeeklyDigest,
  picture: DigestPicture | undefined,
): readonly MessageBlock[] {
  return [
    ...(picture ? [{ kind: 'picture', ...picture } as const] : []),
    ...linkTo(say(locale, words.openPlan), url),
    ...linkTo(say(locale, words.openDashboard), dashboard),
    ...(late === undefined ? [] : [{ kind: 'smallPrint', text: say(locale, words.late, late) } as const]),
  ];
}

/** Nothing where there is nowhere to go. */
export function linkTo(text: string, link: string | undefined): readonly MessageBlock[] {
  return link === undefined ? [] : [{ kind: 'paragraph', text, link }];
}
