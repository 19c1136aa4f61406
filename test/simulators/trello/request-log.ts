import { type Logged, LoggedRequests } from '../logged-requests.ts';
import type { RouteName } from './routes.ts';

interface Carried {
  /** Whether a key, a token or the secret of the application stood in the URL, where every proxy notes it. */
  readonly secretInUrl: boolean;
  /** X-Trello-Client-Identifier. */
  readonly clientIdentifier: string | undefined;
}

export type LoggedRequest = Logged<RouteName> & Carried;

export class RequestLog extends LoggedRequests<RouteName, Carried> {
  /** Requests that carried a secret in their URL: a client of ours has none. */
  withSecretInUrl(): LoggedRequest[] {
    return this.all().filter(({ secretInUrl }) => secretInUrl);
  }

  /** Requests that change something, whatever became of them. */
  writes(): LoggedRequest[] {
    return this.all().filter(({ method }) => method !== 'GET');
  }
}
