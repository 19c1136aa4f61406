import { describe, expect, it } from 'vitest';
import { listeningText } from '#src/cli/listening-text.ts';
import { readEnvironment } from '#src/config/environment.ts';

const TOKEN = { HTTP_TOKEN: 'a-long-random-token' };

describe('what a service says when it has begun', () => {
  it.each([
    [{}, 'http://127.0.0.1:4180', 'http://127.0.0.1:4180'],
    [{ HTTP_HOST: '192.168.1.7', ...TOKEN }, 'http://192.168.1.7:4180', 'http://192.168.1.7:4180'],
    [{ HTTP_HOST: '0.0.0.0', ...TOKEN }, 'http://0.0.0.0:4333', 'http://127.0.0.1:4333'],
    [{ HTTP_HOST: '::', ...TOKEN }, 'http://[::]:4333', 'http://[::1]:4333'],
    [
      { HTTP_HOST: '0.0.0.0', PUBLIC_URL: 'https://jalon.example.org', ...TOKEN },
      'http://0.0.0.0:4333',
      'https://jalon.example.org',
    ],
  ])('with %o is an address to open', (variables, listensOn, address) => {
    const text = listeningText(readEnvironment(variables), listensOn, 'en');

    expect(text).toBe(
      `The service is running and carries your edits. Dashboard: ${address} (Ctrl-C to stop).`,
    );
  });

  it.each([{ HTTP_HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://jalon.example.org' }])(
    'with %o is that the dashboard stays closed, and no address',
    (variables) => {
      const text = listeningText(readEnvironment(variables), 'http://0.0.0.0:4333', 'fr');

      expect(text).toContain('Le tableau de bord reste fermé');
      expect(text).toContain('HTTP_TOKEN');
      expect(text).not.toContain('://');
    },
  );
});
