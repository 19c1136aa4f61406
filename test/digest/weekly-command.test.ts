import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Desk } from '../cli/jalon.ts';
import { openMailOffice } from './mail-office.ts';

const NODE_EXTRA_CA_CERTS = fileURLToPath(new URL('tls/localhost.crt', import.meta.url));
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

interface DigestDocument {
  readonly projects: readonly {
    readonly slug: string;
    readonly digest: { readonly week: string; readonly verdict: string } | null;
    readonly errors: readonly { readonly message: string }[];
  }[];
}

/** Small companies that file no VAT return, each with a workbook. */
async function deskWith(slugs: readonly string[], more: readonly string[] = []) {
  const office = await openMailOffice();
  const desk = new Desk({
    NODE_EXTRA_CA_CERTS,
    SMTP_URL: office.url,
    DIGEST_TO: 'direction@example.org',
    LOG_LEVEL: 'silent',
  });
  mkdirSync(desk.path('projects'));
  for (const slug of slugs) {
    const lines = [
      `company: { name: Entreprise ${slug}, size: micro, vat: franchise }`,
      'start: 2026-11-23',
      'template: demenagement-de-bureaux',
      'profile: essentiel',
      `workspaces: [{ kind: excel, file: ${slug}.xlsx }]`,
      ...more,
    ];
    writeFileSync(desk.path('projects', `${slug}.yaml`), `${lines.join('\n')}\n`);
  }
  return { desk, office };
}

describe('jalon digest', () => {
  it('shows what it would say and changes nothing, then says it once', { timeout: 60_000 }, async () => {
    const { desk, office } = await deskWith(['martin']);
    const early = await desk.jalon('digest', '--dry-run');
    await desk.jalon('apply');
    const workbook = () => readFileSync(desk.path('projects', 'martin.xlsx'));
    const before = workbook();

    const dry = await desk.jalon('digest', '--dry-run');
    const untouched = workbook().equals(before);
    const sentDry = office.letters.length;
    const told = await desk.jalon('digest');
    const again = await desk.json<DigestDocument>('digest');

    expect(early.out).toContain('Le plan n’existe encore nulle part.');
    expect([dry.code, told.code, again.code]).toEqual([0, 0, 0]);
    expect(plain(dry.out)).toMatch(/^Entreprise martin : dans les temps – semaine 48\n\nDans les temps/);
    expect([untouched, sentDry]).toEqual([true, 0]);
    expect(told.out).toBe(dry.out);
    expect(office.letters.map(({ subject }) => plain(subject ?? ''))).toEqual([
      'Entreprise martin : dans les temps – semaine 48',
    ]);
    expect(again.document.projects).toMatchObject([
      { slug: 'martin', digest: { week: '2026-W48', verdict: 'on-track' }, errors: [] },
    ]);
  });

  it('sends one portfolio to whoever follows many companies, and shows it on request', {
    timeout: 120_000,
  }, async () => {
    const { desk, office } = await deskWith(['a', 'b', 'c', 'd']);
    await desk.jalon('apply');

    const shown = await desk.jalon('digest', '--portfolio');
    const told = await desk.jalon('digest');
    await desk.jalon('digest', '--project', 'b');
    await desk.jalon('digest');

    expect([shown.code, told.code]).toEqual([0, 0]);
    expect(plain(shown.out)).toContain('Dans les temps (4)');
    expect(told.out).toContain('ils reçoivent un seul message');
    expect(office.letters.map(({ subject, from }) => plain(`${from?.value[0]?.name} | ${subject}`))).toEqual([
      'Jalon · vos entreprises | 4 entreprises : rien ne bloque – semaine 48',
    ]);
  });

  it('goes on with the others when one project cannot be read', { timeout: 60_000 }, async () => {
    const { desk } = await deskWith(['a', 'b']);
    await desk.jalon('apply');
    writeFileSync(desk.path('projects', 'b.yaml'), 'digest: { day: lundi }\n');

    const { code, document } = await desk.json<DigestDocument>('digest');
    const { err } = await desk.jalon('digest', '--dry-run');

    expect(code).toBe(3);
    expect(document.projects.map(({ slug, digest }) => [slug, digest?.week])).toEqual([
      ['a', '2026-W48'],
      ['b', undefined],
    ]);
    expect(document.projects[1]?.errors[0]?.message).toContain('b.yaml');
    expect(err).toMatch(/b\.yaml/);
    expect(err).toContain('monday');
  });
});

describe('jalon start --once', () => {
  it('sends a digest once a week, however often it is called', { timeout: 120_000 }, async () => {
    const { desk, office } = await deskWith(['martin']);
    await desk.jalon('start', '--once');
    await desk.jalon('start', '--once');
    const first = office.letters.length;
    desk.env.JALON_NOW = '2026-11-30T09:00:00+01:00';
    await desk.jalon('start', '--once');
    desk.env.JALON_NOW = '2026-12-02T09:00:00+01:00';
    await desk.jalon('start', '--once');

    const digests = office.letters.filter(({ subject }) => /semaine/.test(subject ?? ''));
    expect(first).toBe(0);
    expect(digests.map(({ subject }) => plain(subject ?? ''))).toEqual([
      expect.stringMatching(/^Entreprise martin : .* – semaine 49$/),
    ]);
  });
});
