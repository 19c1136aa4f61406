import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lobby } from './lobby.ts';

/** The browser of the system: Playwright’s own is not to be had everywhere. */
const CHROMIUM = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = CHROMIUM.find((path) => path !== '' && existsSync(path));
const TOKEN = 'a-long-random-token-of-our-own';

describe.skipIf(executablePath === undefined)('the dashboard in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(() => browser?.close());

  /** With all that the browser complains of: what the page may not load, what is missing. */
  async function open(
    path: string,
    lobby: Lobby,
    width = 1280,
  ): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    await page.goto(`${lobby.url}${path}`);
    return { page, complaints };
  }

  it('is entered with the token, leads to a company and its pictures, and is left again', async () => {
    const lobby = await Lobby.open(
      { durand: 'Pharmacie Durand', martin: 'Boulangerie Martin' },
      { token: TOKEN },
    );
    await lobby.found('durand', 'martin');
    const { page, complaints } = await open('/', lobby);

    await page.getByLabel('Jeton d’accès').fill('wrong');
    await page.getByRole('button', { name: 'Entrer' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('Ce n’est pas le bon jeton.');
    await page.getByLabel('Jeton d’accès').fill(TOKEN);
    await page.getByRole('button', { name: 'Entrer' }).click();

    await page.getByRole('heading', { name: 'Vos entreprises' }).waitFor();
    expect(await page.title()).toBe('Vos entreprises – Jalon');
    await page.getByRole('link', { name: 'Boulangerie Martin' }).click();
    const picture = page.locator('figure img').first();
    await picture.scrollIntoViewIfNeeded();
    // A first picture starts a process, which takes its time on a busy machine.
    await expect
      .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth), {
        timeout: 30_000,
      })
      .toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Toutes les entreprises' }).click();
    await page.getByLabel('Nom').fill('durand');
    await page.getByRole('button', { name: 'Afficher' }).click();
    await page.waitForURL(/name=durand/);
    expect(await page.locator('tbody a').allTextContents()).toEqual(['Pharmacie Durand']);

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByLabel('Jeton d’accès').waitFor();
    // A browser notes each page that was refused: the first, the wrong token, and the one after leaving.
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  }, 60_000);

  it('shows the list of tasks that one asks for, where one is looking', async () => {
    const lobby = await Lobby.open({ martin: 'Boulangerie Martin' });
    await lobby.found('martin');
    const { page } = await open('/', lobby);

    await page.locator('#tasks summary').click();
    await page.getByLabel('État').selectOption({ label: 'Fait' });
    await page.locator('#tasks').getByRole('button', { name: 'Afficher' }).click();

    await page.waitForURL(/status=done/);
    expect(await page.locator('#tasks').getAttribute('open')).toBe('');
    expect(await page.locator('#tasks p').textContent()).toBe('Aucune tâche ne correspond.');
  }, 60_000);

  it('fits the screen of a phone', async () => {
    const lobby = await Lobby.open({ martin: 'Boulangerie Martin' });
    await lobby.found('martin');
    const { page } = await open('/', lobby, 390);

    const width = await page.evaluate('document.documentElement.scrollWidth');

    expect(width).toBe(390);
  }, 60_000);
});
