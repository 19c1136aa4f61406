import { describe, expect, it } from 'vitest';
import { createPiste } from '#src/watch/piste.ts';
import { Sick } from '#src/watch/sickness.ts';
import { aFetcher } from './guest.ts';
import { OfficialSite } from './official-site.ts';

const credentials = { clientId: 'my-id', clientSecret: 'my-s3cret' };

async function gateway(answer: Parameters<OfficialSite['put']>[1]) {
  const site = await OfficialSite.open();
  site.put('/token', answer);
  let now = new Date('2026-11-23T08:00:00Z');
  const fetcher = aFetcher({ allowHosts: [site.host] });
  const piste = createPiste(credentials, { fetcher, tokenUrl: site.url('/token'), now: () => now });
  return { site, piste, later: (ms: number) => (now = new Date(now.getTime() + ms)) };
}

describe('the gateway PISTE', () => {
  it('gives one token for an hour, for what its form asks', async () => {
    const { site, piste, later } = await gateway(
      '{"access_token":"abc.def","token_type":"Bearer","expires_in":3600}',
    );

    expect([await piste(), await piste()]).toEqual(['Bearer abc.def', 'Bearer abc.def']);
    expect(site.count('/token')).toBe(1);
    expect(site.visits[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials&client_id=my-id&client_secret=my-s3cret&scope=openid',
    });

    later(3_600_000);
    await piste();
    expect(site.count('/token')).toBe(2);
  });

  it.each([
    ['refuses us', { status: 401, body: '{"error":"my-s3cret"}' }, 'credentials'],
    ['answers something else', { body: '<html>my-s3cret</html>' }, 'credentials'],
    [
      'gives a token that would break a header',
      { body: '{"access_token":"a\\r\\nb","expires_in":1}' },
      'credentials',
    ],
    ['is down', { status: 503 }, 'status'],
    ['sends us elsewhere', { status: 302, headers: { location: 'https://else.example/' } }, 'redirects'],
  ])('that %s is told without a secret', async (_what, answer, why) => {
    const { piste } = await gateway(answer);

    const failure = await piste().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Sick);
    expect(JSON.stringify(failure)).not.toContain('s3cret');
    expect(failure).toMatchObject({ sickness: { why } });
  });
});
