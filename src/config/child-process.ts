import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';

/** Where our own code stands: the `import.meta` of whoever asks. */
type Here = Pick<ImportMeta, 'filename' | 'url'>;

/**
 * Starts a program of our own that stands beside the caller, in a process of its own: what it needs of memory goes back
 * when it ends. It ends by itself once the one that started it lets it go, or dies, and keeps no program from ending
 * unless it is being asked something.
 */
export function startChild(name: string, here: Here, execArgv: readonly string[] = []): ChildProcess {
  const child = fork(childFile(name, here), {
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  letGo(child);
  return child;
}

export type Answer<T> = { readonly answer: T } | { readonly failure: string };

/** One question, whose answer is the next message. A child that takes longer is killed: it would hold up all that follow. */
export async function askChild<T>(
  child: ChildProcess,
  question: object,
  patienceMs: number,
): Promise<Answer<T>> {
  child.ref();
  child.channel?.ref();
  const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  try {
    return await answerOf<T>(child, question);
  } finally {
    clearTimeout(impatience);
    letGo(child);
  }
}

/** In a checkout beside the caller; built, the caller may be in a chunk, one folder below. */
function childFile(name: string, { filename, url }: Here): URL {
  const file = `${name}${extname(filename)}`;
  const beside = new URL(file, url);
  return existsSync(beside) ? beside : new URL(`../${file}`, url);
}

function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function answerOf<T>(child: ChildProcess, question: object): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const settle = (answer: Answer<T>) => {
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(answer);
    };
    const onMessage = (message: unknown) => settle({ answer: message as T });
    const onExit = (code: number | null, signal: string | null) =>
      settle({ failure: `exit ${signal ?? code}` });
    const onError = (error: Error) => settle({ failure: error.message });
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(question, (error) => error && onError(error));
  });
}
