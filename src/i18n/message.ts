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

/** What is made once for each language, when it is first asked for: formats of `Intl` take longer to make than to use. */
export function perLocale<T>(make: (locale: Locale) => T): (locale: Locale) => T {
  const made = new Map<Locale, T>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}

const pluralRules = perLocale((locale) => new Intl.PluralRules(locale));
const wholeNumbers = perLocale((locale) => new Intl.NumberFormat(locale));

/** `1 tâche`, `2 tâches`: French counts 0 and 1 as singular, English only 1. */
export function count(locale: Locale, n: number, one: string, many: string): string {
  const plural = pluralRules(locale).select(n) === 'one' ? one : many;
  return `${wholeNumbers(locale).format(n)}\u00a0${plural}`;
}

/** As within a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
