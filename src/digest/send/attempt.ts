/** What became of one try to send a message. */
export type Attempt =
  /** Somebody took it. `refused`: addresses refused for good; `later`: addresses that may be tried again. */
  | {
      readonly kind: 'sent';
      readonly refused?: readonly string[] | undefined;
      readonly later?: readonly string[] | undefined;
      readonly detail?: string | undefined;
    }
  /** Nobody took it, surely: trying again later does no harm. */
  | {
      readonly kind: 'notNow';
      readonly why: WhyNotNow;
      readonly detail?: string | undefined;
      readonly retryAfterMs?: number | undefined;
    }
  /** Nobody took it, and nobody will as it is. */
  | {
      readonly kind: 'refused';
      readonly why: WhyRefused;
      readonly detail?: string | undefined;
      readonly refused?: readonly string[] | undefined;
    }
  /** It was handed over, and whether it was taken cannot be asked: it is not sent again by itself. */
  | { readonly kind: 'unknown'; readonly why: WhyUnknown; readonly detail?: string | undefined };

export type WhyNotNow =
  | 'noSender'
  | 'notSetUp'
  | 'noRecipient'
  | 'unreachable'
  | 'notLetIn'
  | 'insecure'
  | 'busy'
  | 'notThere';
export type WhyRefused = 'refused' | 'allRefused';
export type WhyUnknown = 'cut' | 'noClearAnswer';

/** Told in the outbox only: a process ended while it was sending, or tries came to an end. */
export type WhyTold = WhyNotNow | WhyRefused | WhyUnknown | 'interrupted';
