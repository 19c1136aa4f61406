import { describe, expect, it } from 'vitest';
import { dashboardFindings } from '#src/cli/dashboard-findings.ts';
import { readEnvironment } from '#src/config/environment.ts';

const TOKEN = 'a-long-random-token';

describe('what doctor says of the dashboard', () => {
  it.each([
    [{}, ['ok', 'on this machine only']],
    [{ HTTP_TOKEN: TOKEN }, ['ok', 'asks for its token']],
    [{ PUBLIC_URL: 'https://jalon.example.org' }, ['warning', 'stays closed']],
    [{ HTTP_HOST: '0.0.0.0' }, ['warning', 'stays closed']],
    [{ HTTP_HOST: '0.0.0.0', HTTP_TOKEN: TOKEN }, ['warning', 'in the clear']],
    [{ PUBLIC_URL: 'http://jalon.example.org', HTTP_TOKEN: TOKEN }, ['warning', 'in the clear']],
    [{ PUBLIC_URL: 'https://jalon.example.org', HTTP_TOKEN: TOKEN }, ['ok', 'asks for its token']],
    [{ HTTP_TOKEN: 'short' }, ['warning', 'at least 16 random characters']],
  ])('%o', (variables, [level, words]) => {
    const [finding, ...more] = dashboardFindings(readEnvironment(variables));

    expect(finding?.level).toBe(level);
    expect(finding?.said('en')).toContain(words);
    expect(more).toEqual([]);
  });

  it('says of a token that is short and travels in the clear both, and never the token', () => {
    const findings = dashboardFindings(readEnvironment({ HTTP_HOST: '0.0.0.0', HTTP_TOKEN: 'hunter2' }));

    expect(findings).toHaveLength(2);
    expect(findings.map(({ said }) => said('fr')).join()).not.toContain('hunter2');
  });
});
