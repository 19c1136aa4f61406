import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { lookUpCompany } from '#src/config/company-api.ts';

const SIREN = '812809234';
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A server on loopback that is told what to answer and remembers what it was asked. */
async function register(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    answer(response, request);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function json(body: unknown, status = 200) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

function lookUp(baseUrl: string, { timeoutMs = 2000, siren = SIREN } = {}) {
  return lookUpCompany(siren, { baseUrl, fetch: globalThis.fetch, timeoutMs });
}

/** One company as the register shows it. */
function unit(fields: Record<string, unknown> = {}) {
  return {
    siren: SIREN,
    nom_complet: 'ATELIER DU PARC (LE PARC)',
    nom_raison_sociale: 'ATELIER DU PARC',
    categorie_entreprise: 'PME',
    etat_administratif: 'A',
    statut_diffusion: 'O',
    tva: ['FR04812809234'],
    ...fields,
  };
}

function page(...results: unknown[]) {
  return { results, total_results: results.length, page: 1, per_page: 10, total_pages: 1 };
}

describe('config/company-api', () => {
  it('tells the name, the size hint, the state and the VAT number of a company', async () => {
    const { baseUrl } = await register(json(page(unit())));

    expect(await lookUp(baseUrl)).toEqual({
      outcome: 'found',
      name: 'ATELIER DU PARC',
      sizeHint: 'pme',
      state: 'active',
      vatNumbers: ['FR04812809234'],
    });
  });

  it('asks once, for the least that is useful, and says who asks', async () => {
    const { baseUrl, requests } = await register(json(page(unit())));

    await lookUp(`${baseUrl}/`);

    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe(`/search?q=${SIREN}&minimal=true&include=tva`);
    expect(requests[0]?.headers['user-agent']).toBe('jalon');
  });

  it('keeps nothing of the directors', async () => {
    const directors = [
      { nom: 'MARTIN', prenoms: 'CLAIRE', date_de_naissance: '1980-01', annee_de_naissance: '1980' },
    ];
    const { baseUrl } = await register(json(page(unit({ dirigeants: directors }))));

    expect(JSON.stringify(await lookUp(baseUrl))).not.toMatch(/CLAIRE|1980/);
  });

  it.each([
    ['ETI', 'eti'],
    ['GE', 'ge'],
  ])('reads the category %s', async (category, size) => {
    const { baseUrl } = await register(json(page(unit({ categorie_entreprise: category }))));

    expect(await lookUp(baseUrl)).toMatchObject({ sizeHint: size });
  });

  it('gives no size hint for a category that is missing or new', async () => {
    const missing = await register(json(page(unit({ categorie_entreprise: null }))));
    const unheardOf = await register(json(page(unit({ categorie_entreprise: 'MIC' }))));

    expect(await lookUp(missing.baseUrl)).not.toHaveProperty('sizeHint');
    expect(await lookUp(unheardOf.baseUrl)).not.toHaveProperty('sizeHint');
  });

  it('says that a company has ceased', async () => {
    const { baseUrl } = await register(json(page(unit({ etat_administratif: 'C', tva: null }))));

    expect(await lookUp(baseUrl)).toMatchObject({ outcome: 'found', state: 'ceased', vatNumbers: [] });
  });

  it('takes the full name of a person who has no company name', async () => {
    const { baseUrl } = await register(
      json(page(unit({ nom_raison_sociale: null, nom_complet: 'ZOE MARTIN' }))),
    );

    expect(await lookUp(baseUrl)).toMatchObject({ name: 'ZOE MARTIN' });
  });

  it('says that a company is masked, with what may still be known', async () => {
    const hidden = unit({
      nom_complet: '[NON-DIFFUSIBLE]',
      nom_raison_sociale: '[NON-DIFFUSIBLE]',
      statut_diffusion: 'P',
    });
    const { baseUrl } = await register(json(page(hidden)));

    expect(await lookUp(baseUrl)).toEqual({
      outcome: 'masked',
      sizeHint: 'pme',
      state: 'active',
      vatNumbers: ['FR04812809234'],
    });
  });

  it('cleans a name of what could command a terminal', async () => {
    const { baseUrl } = await register(
      json(page(unit({ nom_raison_sociale: 'AT\u001b[2JELIER\u202e\r\n' }))),
    );

    expect(await lookUp(baseUrl)).toMatchObject({ name: 'AT [2JELIER' });
  });

  it('finds nothing on an empty page, and takes no other company for the one asked for', async () => {
    const empty = await register(json(page()));
    const other = await register(json(page(unit({ siren: '552100554' }), 'noise', null)));

    expect(await lookUp(empty.baseUrl)).toEqual({ outcome: 'notFound' });
    expect(await lookUp(other.baseUrl)).toEqual({ outcome: 'notFound' });
  });

  it('bears fields that it does not know and harmless ones of another type', async () => {
    const odd = unit({ nom_complet: 12, tva: 'FR04812809234', categorie_entreprise: {}, brand_new: [1] });
    const { baseUrl } = await register(json({ ...page(odd), more: true }));

    expect(await lookUp(baseUrl)).toEqual({
      outcome: 'found',
      name: 'ATELIER DU PARC',
      state: 'active',
      vatNumbers: [],
    });
  });

  it.each([
    ['HTML by a proxy', 'text/html', '<html><h1>429 Too Many Requests</h1></html>'],
    ['text by the application', 'text/plain', 'Too many requests'],
  ])('is told that it asks too much in %s', async (_, type, body) => {
    const { baseUrl } = await register((response) => {
      response.writeHead(429, { 'content-type': type, 'retry-after': '3' }).end(body);
    });

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'busy', status: 429 });
  });

  it.each([400, 403, 404, 500, 502, 503, 504])('gives up at once on status %i', async (status) => {
    const { baseUrl, requests } = await register(json({ erreur: 'Ressource non trouvée.' }, status));

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'status', status });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['a page of a captive portal', '<html>Connectez-vous</html>'],
    ['nothing', ''],
    ['JSON that stops in the middle', '{"results":[{"siren":"8128'],
    ['a list', '[]'],
    ['an error with status 200', '{"erreur":"Veuillez indiquer au moins un paramètre de recherche."}'],
    ['results that are no list', '{"results":{"siren":"812809234"}}'],
    ['null', 'null'],
  ])('cannot read %s', async (_, body) => {
    const { baseUrl } = await register((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'unreadable', status: 200 });
  });

  it('does not follow a redirect to elsewhere', async () => {
    const elsewhere = await register(json(page(unit({ nom_raison_sociale: 'IMPOSTOR' }))));
    const { baseUrl } = await register((response) => {
      response.writeHead(302, { location: `${elsewhere.baseUrl}/search` }).end();
    });

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'redirect', status: 302 });
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('stops reading a body that does not end', async () => {
    const { baseUrl } = await register((response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'tooLarge' });
  });

  it('measures a compressed body by what it unfolds to', async () => {
    const { baseUrl } = await register((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(' '.repeat(5_000_000)));
    });

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'tooLarge' });
  });

  it('takes a body cut short for an unusable network', async () => {
    const { baseUrl } = await register((response) => {
      response.writeHead(200, { 'content-length': '5000' }).flushHeaders();
      response.write('{"results":[', () => response.destroy());
    });

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'network' });
  });

  it.each([
    ['never answers', () => {}],
    [
      'sends its headers and falls silent',
      (response: ServerResponse) => {
        response.writeHead(200);
        response.write('{"results":');
      },
    ],
  ])('waits no longer than asked for a server that %s', async (_, answer) => {
    const { baseUrl } = await register(answer);

    expect(await lookUp(baseUrl, { timeoutMs: 80 })).toEqual({ outcome: 'unreachable', reason: 'timeout' });
  });

  it('says that there is no network when nobody listens', async () => {
    const { baseUrl } = await register(() => {});
    await Promise.all(closing.splice(0).map((close) => close()));

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'network' });
  });

  it('says the same of a connection that is reset', async () => {
    const { baseUrl } = await register((response) => response.socket?.resetAndDestroy());

    expect(await lookUp(baseUrl)).toEqual({ outcome: 'unreachable', reason: 'network' });
  });

  it('closes the connection when it gives up', async () => {
    let closed: Promise<unknown> | undefined;
    const { baseUrl } = await register((response, request) => {
      closed = once(request.socket, 'close');
      response.writeHead(200);
      response.write('{');
    });

    await lookUp(baseUrl, { timeoutMs: 50 });

    await expect(closed).resolves.toBeDefined();
  });
});
