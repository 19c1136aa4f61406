import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderEmail } from '#src/digest/send/render-email.ts';
import { renderSlack } from '#src/digest/send/render-slack.ts';
import { renderTeams } from '#src/digest/send/render-teams.ts';
import type { MessageBlock, MessageLine } from '#src/plan/outgoing-message.ts';
import { aMessage, PNG } from './messages.ts';
import { slackRefusal, teamsRefusal } from './webhook-services.ts';

const CUT = 'La suite est trop longue.';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('a & b < c > d', '*gras* _it_ ~x~ `c`', '<!channel> <@U1>', '&amp;', '# [x](javascript:1)'),
  fc.nat(9_000).map((length) => '<é&'.repeat(length / 3)),
);
const link = fc.option(
  fc.oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.constantFrom('javascript:alert(1)', 'no address', 'https://x.org/a|b>c'),
  ),
  { nil: undefined },
);
const line: fc.Arbitrary<MessageLine> = fc.record({ text, link });
const block: fc.Arbitrary<MessageBlock> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text }),
  line.map((one) => ({ kind: 'paragraph' as const, ...one })),
  fc.record({ kind: fc.constant('list' as const), lines: fc.array(line, { maxLength: 80 }) }),
  fc.record({ kind: fc.constant('picture' as const), png: fc.constant(PNG), alt: text }),
  fc.record({ kind: fc.constant('smallPrint' as const), text }),
);
const message = fc
  .record({
    subject: fc.string({ minLength: 1, maxLength: 400 }).filter((s) => s.trim() !== ''),
    blocks: fc.array(block, { maxLength: 60 }),
  })
  .map((over) => aMessage(over));

describe('any message', () => {
  it('fits what Slack takes', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(slackRefusal(renderSlack(one, CUT))).toBeUndefined();
      }),
    );
  });

  it('fits what Teams takes', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(teamsRefusal(renderTeams(one, CUT))).toBeUndefined();
      }),
    );
  });

  it('brings no markup and no address of its own into an e-mail', () => {
    fc.assert(
      fc.property(message, (one) => {
        const { html, subject } = renderEmail(one, 'example.org');

        const tags = [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name);
        expect(
          tags.filter((name) => !/^(html|head|meta|title|body|div|h2|p|ul|li|a|br|img)$/i.test(name ?? '')),
        ).toEqual([]);
        expect(html).not.toMatch(/href="(?!https?:)/);
        expect(subject).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

describe('a message in Slack', () => {
  it('has its subject as the title, its links in words, and what a picture shows', () => {
    const { blocks, text } = renderSlack(aMessage(), CUT);

    expect(text).toBe('Où en sommes-nous\u00a0? Semaine 48');
    expect(blocks).toEqual([
      { type: 'header', text: { type: 'plain_text', text, emoji: false } },
      { type: 'header', text: { type: 'plain_text', text: 'À faire cette semaine', emoji: false } },
      {
        type: 'section',
        text: { type: 'plain_text', text: 'Trois tâches <b>urgentes</b> & deux autres.', emoji: false },
      },
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: '• <https://www.notion.so/page?a=1&amp;b=2|Choisir la plateforme>\n• Appeler l’expert-comptable',
          verbatim: true,
        },
      },
      {
        type: 'section',
        text: { type: 'plain_text', text: 'Trois tâches sur dix sont faites', emoji: false },
      },
      { type: 'context', elements: [{ type: 'plain_text', text: 'Envoyé par Jalon.', emoji: false }] },
    ]);
  });

  it('says so when the rest is too long', () => {
    const lines = Array.from({ length: 500 }, (_, n) => ({ text: `Tâche ${n}: ${'x'.repeat(50)}` }));

    const { blocks } = renderSlack(aMessage({ blocks: [{ kind: 'list', lines }] }), CUT);

    expect(blocks.at(-1)).toEqual({
      type: 'context',
      elements: [{ type: 'plain_text', text: CUT, emoji: false }],
    });
  });

  it('shows stars and underscores at the edge of words as what looks alike, and not as markup', () => {
    const lines = [{ text: '*tout* verified_on _x_ 3*4', link: 'https://example.org/' }];

    const { blocks } = renderSlack(aMessage({ blocks: [{ kind: 'list', lines }] }), CUT);

    expect(blocks[1]).toMatchObject({
      text: { text: '• <https://example.org/|∗tout∗ verified_on ˍxˍ 3*4>' },
    });
  });
});

describe('a message in Teams', () => {
  it('has its subject as the title, and its links behind the words', () => {
    const [{ content }] = renderTeams(aMessage(), CUT).attachments;

    const runs = content.body.map(({ inlines }) => inlines.map(({ text }) => text).join(''));
    expect(runs).toEqual([
      'Où en sommes-nous\u00a0? Semaine 48',
      'À faire cette semaine',
      'Trois tâches <b>urgentes</b> & deux autres.',
      '• Choisir la plateforme',
      '• Appeler l’expert-comptable',
      'Trois tâches sur dix sont faites',
      'Envoyé par Jalon.',
    ]);
    expect(content.lang).toBe('fr');
    expect(content.body[3]?.inlines[1]?.selectAction).toEqual({
      type: 'Action.OpenUrl',
      url: 'https://www.notion.so/page?a=1&b=2',
    });
  });

  it('says so when the rest is too long', () => {
    const lines = Array.from({ length: 500 }, (_, n) => ({ text: `Tâche ${n}: ${'é'.repeat(50)}` }));

    const [{ content }] = renderTeams(aMessage({ blocks: [{ kind: 'list', lines }] }), CUT).attachments;

    expect(content.body.at(-1)?.inlines[0]?.text).toBe(CUT);
  });
});
