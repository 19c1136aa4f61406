/** Why nothing can be said of a source this time. Never a change. */
export type Sickness =
  /** It answered with that status. */
  | { readonly why: 'status'; readonly status: number }
  /** No whole answer within so many seconds. */
  | { readonly why: 'timeout'; readonly seconds: number }
  /** More than so many megabytes, packed or unpacked. */
  | { readonly why: 'too-large'; readonly megabytes: number }
  | { readonly why: 'broken' }
  /** No connection: the system's word for why. */
  | { readonly why: 'unreachable'; readonly code: string }
  /** Plain http, or an address of a private network, and `WATCH_ALLOW_HOSTS` does not name the host. */
  | { readonly why: 'insecure' | 'private' | 'closed'; readonly host: string }
  | { readonly why: 'redirects' }
  /** It says that nothing has changed since what we never saw. */
  | { readonly why: 'unasked-304' }
  | { readonly why: 'empty' | 'maintenance' | 'shrunk' }
  /** What came is not what the source should be. */
  | { readonly why: 'unreadable'; readonly expected: 'feed' | 'json' | 'html' | 'pdf' | 'xlsx' }
  /** The selector finds nothing. */
  | { readonly why: 'selector' }
  /** PISTE did not take our credentials. */
  | { readonly why: 'credentials' };

export class Sick extends Error {
  readonly sickness: Sickness;

  constructor(sickness: Sickness) {
    super(sickness.why);
    this.name = 'Sick';
    this.sickness = sickness;
  }
}
