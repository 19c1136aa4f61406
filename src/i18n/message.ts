/** The languages in which Jalon speaks to a team. Code, logs and developer documents are in English. */
export const LOCALES = ['fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export function isLocale(text: unknown): text is Locale {
  return LOCALES.includes(text as Locale);
}

type Words<P> = string | ((params: P) => string);

/** One thing that Jalon says, in every language. */
export type Message<P = void> = Readonly<Record<Locale, Words<P>>>;

/** A message whose parameters are known: it only waits for the reader's language. */
export type Said = (locale: Locale) => string;

export function message<P = void>(fr: Words<P>, en: Words<P>): Message<P> {
  return { fr, en };
}

export function say(locale: Locale, message: Message): string;
export function say<P>(locale: Locale, message: Message<P>, params: P): string;
export function say<P>(locale: Locale, message: Message<P>, params?: P): string {
  const words = message[locale];
  return typeof words === 'string' ? words : words(params as P);
}

export function said(message: Message): Said;
export function said<P>(message: Message<P>, params: P): Said;
export function said<P>(message: Message<P>, params?: P): Said {
  return (locale) => say(locale, message, params as P);
}

/** `1 tâche`, `2 tâches`: French counts 0 and 1 as singular, English only 1. */
export function count(locale: Locale, n: number, one: string, many: string): string {
  const plural = new Intl.PluralRules(locale).select(n) === 'one' ? one : many;
  return `${new Intl.NumberFormat(locale).format(n)}\u00a0${plural}`;
}
