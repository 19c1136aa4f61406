import * as clack from '@clack/prompts';
import { EXIT, JalonError } from '#src/errors.ts';
import { questions, remarks } from '#src/i18n/init.ts';
import { type Locale, said, say } from '#src/i18n/message.ts';
import type { Answer } from './answers.ts';

/** Someone who answers questions: a person at a terminal, or a test. Every method may throw `Cancelled`. */
export interface Prompts {
  open(title: string): void;
  close(words: string): void;
  tell(words: string, level: 'info' | 'warning'): void;
  /** Asks until the text can be read. `initial` is there already, to be kept with Enter. */
  ask<T>(question: TextQuestion<T>): Promise<T>;
  choose<T extends string>(question: ChoiceQuestion<T>): Promise<T>;
  confirm(question: string, initial: boolean): Promise<boolean>;
}

export interface TextQuestion<T> {
  readonly question: string;
  readonly initial?: string;
  readonly read: (text: string) => Answer<T>;
}

export interface ChoiceQuestion<T> {
  readonly question: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint: string }[];
  readonly initial: T;
}

/** The person pressed Ctrl-C or Escape: they asked for nothing to happen, and nothing has. */
export class Cancelled extends JalonError {
  override readonly exitCode = EXIT.done;

  constructor() {
    super(said(remarks.cancelled));
  }
}

/** What clack draws at the left of each line. */
const GUIDE_WIDTH = 3;

/** Questions on a terminal, in the person's language. */
export function terminalPrompts(locale: Locale): Prompts {
  return {
    open: (title) => clack.intro(title),
    close: (words) => clack.outro(words),
    tell: (words, level) => {
      const lines = wrap(words, (process.stdout.columns ?? 80) - GUIDE_WIDTH);
      if (level === 'info') clack.log.info(lines);
      else clack.log.warn(lines);
    },

    async ask({ question, initial, read }) {
      const typed = await clack.text({
        message: question,
        ...(initial === undefined ? {} : { initialValue: initial }),
        validate: (text) => {
          const answer = read(text ?? '');
          return 'problem' in answer ? answer.problem(locale) : undefined;
        },
      });
      const answer = read(kept(typed) ?? '');
      if ('problem' in answer) throw new TypeError('A text that was accepted is refused when read again');
      return answer.value;
    },

    async choose({ question, options, initial }) {
      // The instructions that clack adds below a list are in English only.
      const chosen = await clack.select<string>({
        message: question,
        options: [...options],
        initialValue: initial,
        showInstructions: false,
      });
      const value = kept(chosen);
      return options.find((option) => option.value === value)?.value ?? initial;
    },

    async confirm(question, initial) {
      const words = { active: say(locale, questions.yes), inactive: say(locale, questions.no) };
      return kept(await clack.confirm({ message: question, initialValue: initial, ...words }));
    },
  };
}

function kept<T>(answer: T | typeof clack.CANCEL_SYMBOL): T {
  if (clack.isCancel(answer)) throw new Cancelled();
  return answer as T;
}

/** Clack wraps questions but not remarks, whose second line would then stand outside its guide. */
function wrap(words: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  // Only at plain spaces: a no-break space is there to hold.
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
