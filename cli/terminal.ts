/** What commands write on the terminal, and how they wait on it. */
import { styleText } from 'node:util';
import type { StoryLine } from '../reports/story.ts';

/** The command was not used as it is meant to be. The message says what to do instead. */
export class WrongUse extends Error {}

type Colour = 'red' | 'green' | 'dim' | 'bold';

/** Coloured on a terminal, plain anywhere else and under NO_COLOR. */
export function colour(name: Colour, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(name, text, { stream });
}

export function toned({ tone, text }: Pick<StoryLine, 'tone' | 'text'>): string {
  if (tone === 'good') return colour('green', text);
  return tone === 'bad' ? colour('red', text) : text;
}

export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** A signal that is given at Ctrl-C, or when the process is asked to end. */
export function untilInterrupted(): AbortSignal {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
  return interruption.signal;
}

export function interrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** A port that is taken becomes a sentence with the way out; any other failure stays what it is. */
export function portTaken(failure: unknown, option: string): unknown {
  if (!(failure instanceof Error) || !('code' in failure)) return failure;
  if (failure.code === 'EADDRINUSE' || failure.code === 'EACCES') {
    const why = failure.code === 'EACCES' ? 'may not be used' : 'is taken';
    const port = 'port' in failure ? ` ${failure.port}` : '';
    return new WrongUse(
      `Port${port} ${why}. Choose another with ${option}, or any free one with ${option.split(' ')[0]} 0.`,
    );
  }
  return failure;
}
