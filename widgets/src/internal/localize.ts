import { en, type Messages } from '../locales/en.js';

/** Makes a language available; `@cloudact/widgets/locales/de.js` calls this. English is always present. */
export function registerLocale(messages: Messages): void {
  dictionaries.set(messages.code, messages);
}

/** The best dictionary for a BCP 47 tag: `de-CH`, then `de`, then English. */
export function messagesFor(locale: string): Messages {
  return dictionaries.get(locale) ?? dictionaries.get(locale.split('-')[0] ?? '') ?? en;
}

const dictionaries = new Map<string, Messages>([['en', en]]);
