import { domainToASCII } from 'node:url';
import type { ChannelSettings } from '#src/config/channels.ts';

/** What `SMTP_URL` and `SMTP_FROM` say. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). */
  readonly secure: boolean;
  /** Whether to go on only once STARTTLS has encrypted the connection. */
  readonly requireTLS: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
  /** `undefined`: nothing says who writes. */
  readonly from: string | undefined;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/**
 * `undefined` where no server is set. A password travels only encrypted: without `smtps:`, STARTTLS is insisted on as
 * soon as there is one, except on this machine. Without a password, it is used where the server offers it.
 */
export function mailServerOf({ smtpUrl, smtpFrom }: ChannelSettings): MailServer | undefined {
  const url = smtpUrl === undefined ? null : URL.parse(smtpUrl);
  if (!url) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const user = decoded(url.username);
  const secure = url.protocol === 'smtps:';
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && user !== '' && !LOOPBACK.test(host),
    auth: user === '' ? undefined : { user, pass: decoded(url.password) },
    from: smtpFrom ?? (/^[^@\s]+@[^@\s]+$/.test(user) ? user : undefined),
  };
}

/** The domain of an address, as headers take it. */
export function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
