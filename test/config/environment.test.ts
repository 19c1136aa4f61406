import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialsOf, loadEnvironment, readEnvironment } from '#src/config/environment.ts';
import { Variables } from '#src/config/variables.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the environment', () => {
  it('has a default for all that a first try needs', () => {
    const environment = readEnvironment({});

    expect(environment).toMatchObject({
      home: './.jalon',
      projects: './projects',
      locale: 'fr',
      timeZone: 'Europe/Paris',
      now: undefined,
      databaseUrl: undefined,
      notion: { baseUrl: 'https://api.notion.com', ratePerMinute: 180 },
      trello: { baseUrl: 'https://api.trello.com/1', ratePer10Seconds: 100, apiSecrets: [] },
      http: { host: '127.0.0.1', port: 4180 },
      secrets: [],
    });
  });

  it('takes an empty value for none', () => {
    expect(readEnvironment({ HTTP_PORT: '', NOTION_TOKEN: '', JALON_NOW: '' })).toEqual(readEnvironment({}));
  });

  it('reads what is given', () => {
    const environment = readEnvironment({
      JALON_NOW: '2026-11-23T09:00:00+01:00',
      HTTP_PORT: '0',
      NOTION_BASE_URL: 'http://127.0.0.1:4000/',
      WATCH_ALLOW_HOSTS: 'localhost:8080, intranet.example.org,',
      DIGEST_TO: 'claire@example.org',
    });

    expect(environment.now?.toISOString()).toBe('2026-11-23T08:00:00.000Z');
    expect(environment.http.port).toBe(0);
    expect(environment.notion.baseUrl).toBe('http://127.0.0.1:4000');
    expect(environment.watch.allowHosts).toEqual(['localhost:8080', 'intranet.example.org']);
    expect(environment.channels.digestTo).toEqual(['claire@example.org']);
  });

  it('believes the webhooks of every connection, and keeps their tokens secret', () => {
    const tokens = {
      NOTION_WEBHOOK_TOKEN: 'secret_of-everyone',
      NOTION_WEBHOOK_TOKEN_ACME: 'secret_of-acme',
    };

    const environment = readEnvironment({ ...tokens, NOTION_WEBHOOK_TOKEN_OTHER: '' });

    expect(environment.notion.webhookTokens).toEqual(Object.values(tokens));
    expect(environment.secrets).toEqual(Object.values(tokens));
  });

  it('believes what every app of Trello signs, and keeps its secret', () => {
    const secrets = { TRELLO_API_SECRET: 'secret-of-everyone', TRELLO_API_SECRET_ACME: 'secret-of-acme' };

    const environment = readEnvironment(secrets);

    expect(environment.trello.apiSecrets).toEqual(Object.values(secrets));
    expect(environment.secrets).toEqual(Object.values(secrets));
  });

  it('says every wrong value, what was found and what was expected', async () => {
    const wrong = {
      HTTP_PORT: '99999',
      NOTION_RATE_PER_MINUTE: 'beaucoup',
      JALON_LOCALE: 'de',
      JALON_TIMEZONE: 'Paris',
      JALON_NOW: '2026-11-23',
      LOG_LEVEL: 'verbose',
      PUBLIC_URL: 'jalon.example.org',
      DIGEST_TO: 'claire',
      WATCH_ALLOW_HOSTS: 'https://example.org/',
    };

    expect(await refusal(() => readEnvironment(wrong))).toBe(`9 variables d’environnement à corriger :

  NOTION_RATE_PER_MINUTE : trouvé « beaucoup », attendu un nombre entier de 1 à 100 000.
  JALON_LOCALE : trouvé « de », attendu « fr » ou « en ».
  JALON_TIMEZONE : trouvé « Paris », attendu un fuseau horaire tel que Europe/Paris.
  JALON_NOW : trouvé « 2026-11-23 », attendu un instant avec son fuseau, tel que 2026-11-23T09:00:00Z.
  HTTP_PORT : trouvé « 99999 », attendu un nombre entier de 0 à 65 535.
  PUBLIC_URL : trouvé « jalon.example.org », attendu une adresse qui commence par http:// ou https://.
  DIGEST_TO : trouvé « claire », attendu des adresses électroniques séparées par des virgules.
  WATCH_ALLOW_HOSTS : trouvé « https://example.org/ », attendu des noms de machines, avec leur port au besoin, séparés par des virgules.
  LOG_LEVEL : trouvé « verbose », attendu trace, debug, info, warn, error, fatal ou silent.`);
  });

  it('never shows a secret, even a wrong one', async () => {
    const wrong = {
      NOTION_TOKEN: 'ntn_abc def',
      DATABASE_URL: 'mysql://root:abc@host/db',
      SMTP_URL: 'http://root:abc@host',
      SLACK_WEBHOOK_URL: 'abc',
      TRELLO_TOKEN_ACME: 'abc def',
    };

    const words = await refusal(() => readEnvironment(wrong));

    expect(words).not.toContain('abc');
    expect(words).toContain(
      'DATABASE_URL : la valeur, tenue secrète, n’a pas la bonne forme. Attendu : une adresse qui commence par postgres://.',
    );
    expect(words.split('\n')).toHaveLength(2 + 5);
  });

  it('lists its secrets, for the logs to hide', () => {
    const environment = readEnvironment({
      NOTION_TOKEN: 'a',
      NOTION_TOKEN_ACME: 'b',
      TRELLO_API_SECRET: 'c',
      DATABASE_URL: 'postgres://u:p@h/d',
      GITHUB_TOKEN: 'another tool’s',
      JALON_LOCALE: 'en',
    });

    expect(environment.secrets.toSorted()).toEqual(['a', 'b', 'c', 'postgres://u:p@h/d']);
  });
});

describe('the credentials of a project', () => {
  const environment = readEnvironment({
    NOTION_TOKEN: 'ours',
    NOTION_TOKEN_ACME: 'theirs',
    TRELLO_API_KEY: 'app',
    TRELLO_TOKEN: 'our-token',
    TRELLO_TOKEN_ACME: 'their-token',
  });

  it('are those of everyone unless it names its own', () => {
    expect(credentialsOf(environment, undefined)).toMatchObject({
      notionToken: 'ours',
      trelloToken: 'our-token',
    });
  });

  it('are its own when it names them, with the key of the shared Trello app', () => {
    expect(credentialsOf(environment, 'ACME')).toEqual({
      notionToken: 'theirs',
      trelloToken: 'their-token',
      trelloApiKey: 'app',
      trelloApiSecret: undefined,
    });
  });

  it('are never those of others when its own are not there', () => {
    expect(credentialsOf(environment, 'OTHER')).toMatchObject({
      notionToken: undefined,
      trelloToken: undefined,
    });
  });
});

describe('the file .env', () => {
  it('completes the process’s environment, which wins and stays as it is', async () => {
    const folder = temporaryFolder({
      '.env': 'JALON_LOCALE=en\nHTTP_PORT=5000\nexport JALON_HOME="./un dossier"\nHTTP_HOST=::1\n',
    });
    const given = { HTTP_PORT: '6000', HTTP_HOST: '' };

    const environment = await loadEnvironment(folder, given);

    expect(environment).toMatchObject({
      locale: 'en',
      home: './un dossier',
      http: { port: 6000, host: '127.0.0.1' },
    });
    expect(given).toEqual({ HTTP_PORT: '6000', HTTP_HOST: '' });
    expect(process.env.JALON_LOCALE).toBeUndefined();
  });

  it('is named with the line of what is wrong in it', async () => {
    const folder = temporaryFolder({ '.env': '# le service\nHTTP_PORT=abc\n' });

    expect(await refusal(() => loadEnvironment(folder, {}))).toBe(
      '1 variable d’environnement à corriger :\n\n  HTTP_PORT (.env:2) : trouvé « abc », attendu un nombre entier de 0 à 65 535.',
    );
  });

  it('may be missing, but not be a folder', async () => {
    expect((await loadEnvironment(temporaryFolder(), {})).locale).toBe('fr');
    expect(await refusal(() => loadEnvironment(temporaryFolder({ '.env/a': '' }), {}))).toBe(
      '1 erreur à corriger :\n\n.env\n  un fichier était attendu, c’est un dossier. Renommez-le ou retirez-le.',
    );
  });

  it('has an example with every variable, that can be used as it is', async () => {
    const example = readFileSync('.env.example', 'utf8');

    const names = [...example.matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name);
    const environment = await loadEnvironment(temporaryFolder({ '.env': example }), {});

    expect(names.toSorted()).toEqual(Object.keys(Variables.shape).toSorted());
    expect(environment).toEqual(readEnvironment({}));
  });
});
