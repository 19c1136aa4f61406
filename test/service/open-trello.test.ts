import { describe, expect, it } from 'vitest';
import { credentialsOf, readEnvironment } from '#src/config/environment.ts';
import { type Project, ProjectFile } from '#src/config/project.ts';
import type { Connections } from '#src/service/connections.ts';
import { trelloPlace } from '#src/service/open-project.ts';
import type { TrelloConnection } from '#src/workspaces/trello/connection.ts';
import type { Blueprint } from '#src/workspaces/workspace.ts';

const CONNECTION = {} as TrelloConnection;
const BLUEPRINT = {} as Blueprint;
const ADDRESS = 'https://jalon.example.org/webhooks/trello';

function projectWith(trello: Record<string, unknown>, more: Record<string, unknown> = {}): Project {
  return ProjectFile.parse({
    company: { name: 'Martin', size: 'micro', vat: 'franchise' },
    start: '2026-11-23',
    template: 'facturation-electronique',
    profile: 'essentiel',
    people: {
      'office-manager': { name: 'Claire', trello: 'claire@example.org' },
      direction: { name: 'Ana' },
    },
    workspaces: [{ kind: 'trello', ...trello }],
    ...more,
  });
}

function open(project: Project, variables: Record<string, string>) {
  const asked: unknown[] = [];
  const connections = {
    trello: async (credentials: unknown) => {
      asked.push(credentials);
      return CONNECTION;
    },
  } as unknown as Connections;
  const [entry] = project.workspaces;
  if (entry?.kind !== 'trello') throw new Error('The project has no board.');
  const environment = readEnvironment(variables);
  const place = trelloPlace(entry, {
    slug: 'martin',
    project,
    blueprint: BLUEPRINT,
    places: {
      projects: '',
      home: '',
      now: () => new Date(0),
      today: () => '2026-11-23',
      timeZone: 'Europe/Paris',
      trelloCallbackURL: ADDRESS,
      connections,
      credentials: (name) => credentialsOf(environment, name),
    },
  });
  return { place, asked };
}

const EVERYONES = { TRELLO_API_KEY: 'key', TRELLO_TOKEN: 'token', TRELLO_API_SECRET: 'secret' };

describe('a board of Trello', () => {
  it('is opened with the place, the meanings and the people that the project gives', async () => {
    const project = projectWith({
      organization: 'https://trello.com/w/Martin/home',
      layout: 'status',
      lists: { 'En attente': 'blocked' },
    });

    const { place, asked } = open(project, EVERYONES);

    expect(await place).toMatchObject({
      connection: CONNECTION,
      missingVariable: '',
      project: 'martin',
      place: { organization: 'martin' },
      layout: 'status',
      lists: { 'En attente': 'blocked' },
      people: [
        { name: 'Claire', trello: 'claire@example.org' },
        { name: 'Ana', trello: undefined },
      ],
      timeZone: 'Europe/Paris',
    });
    expect(asked).toEqual([{ key: 'key', token: 'token', secret: 'secret' }]);
  });

  it.each([
    [EVERYONES, undefined, ADDRESS],
    [{ ...EVERYONES, TRELLO_API_SECRET: '' }, undefined, undefined],
    [{ TRELLO_API_SECRET_ACME: 'theirs' }, 'ACME', ADDRESS],
    [{ TRELLO_API_SECRET_ACME: 'theirs' }, undefined, undefined],
  ])('with %j and credentials %s tells %s of changes', async (variables, credentials, callbackURL) => {
    const { place } = open(projectWith({ organization: 'martin' }, { credentials }), variables);

    expect((await place).callbackURL).toBe(callbackURL);
  });

  it('may be one that exists', async () => {
    const { place } = open(projectWith({ board: 'https://trello.com/b/aBcD1234/plan' }), EVERYONES);

    expect((await place).place).toEqual({ board: 'aBcD1234' });
  });

  it('is opened with the token that the project names, and the key of everyone', async () => {
    const project = projectWith({ organization: 'martin' }, { credentials: 'ACME' });

    const { place, asked } = open(project, { ...EVERYONES, TRELLO_TOKEN_ACME: 'token-of-acme' });
    await place;

    expect(asked).toEqual([{ key: 'key', token: 'token-of-acme', secret: 'secret' }]);
  });

  it.each([
    [{}, undefined, 'TRELLO_API_KEY, TRELLO_TOKEN'],
    [{ TRELLO_API_KEY: 'key' }, undefined, 'TRELLO_TOKEN'],
    [{ TRELLO_TOKEN: 'token' }, undefined, 'TRELLO_API_KEY'],
    [EVERYONES, 'ACME', 'TRELLO_TOKEN_ACME'],
  ])(
    'is opened without a connection where %j leaves %s without %s',
    async (variables, credentials, missing) => {
      const { place, asked } = open(projectWith({ organization: 'martin' }, { credentials }), variables);

      expect(await place).toMatchObject({ connection: undefined, missingVariable: missing });
      expect(asked).toEqual([]);
    },
  );
});
