/** Clock, timers and chance live in kernel/: anywhere else the same seed would no longer give the same bytes. */
import { describe, expect, it } from 'vitest';
import { readSources } from './sources.ts';

const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\(|\bnew Date\(\)|\bDate\(\)/, 'ask the kernel: kernel.now(); in the core, take `at` from the input'],
  [/\bperformance\b/, 'ask the kernel: kernel.now()'],
  [/\bset(?:Timeout|Interval|Immediate)\(|\bAbortSignal\.timeout\(|node:timers/, 'use kernel.schedule or kernel.alarm'],
  [
    /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(|\bgetRandomValues\(/,
    'draw from a named stream: kernel.chance(name)',
  ],
  [/\bdelay\(/, 'how long an answer takes is data: give `afterMs`'],
];

/** Effects that a pure part must not have either. */
const impure: readonly (readonly [RegExp, string])[] = [
  [/\basync\b|\bawait\b|\bPromise\b/, 'pure parts are synchronous; the shell waits'],
  [/\bfrom 'node:/, 'pure parts use no runtime module'],
  [/\bconsole\b|\bprocess\b|\bfetch\(/, 'hand it out as an effect, and let the shell perform it'],
  [/\bthrow new (?!Error\()/, 'say no with a refusal; throw only for a bug, as a plain Error'],
];

function offences(where: readonly string[], patterns: typeof forbidden): string[] {
  return readSources(where).flatMap(({ file, text }) =>
    withoutComments(text)
      .split('\n')
      .flatMap((line, index) =>
        patterns
          .filter(([pattern]) => pattern.test(line))
          .map(([, instead]) => `${file}:${index + 1} ${line.trim()}: ${instead}`),
      ),
  );
}

function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/\/\/.*$/gm, '');
}

describe('purity', () => {
  it('keeps clock, timers and chance in kernel/', () => {
    expect(offences(['exchange', 'contracts', 'engine', 'mocks', 'scenarios', 'reports', 'cli'], forbidden)).toEqual(
      [],
    );
  });

  it('keeps the core, the words and the wire free of effects', () => {
    expect(offences(['engine/core', 'engine/model', 'engine/wire'], impure)).toEqual([]);
  });

  it('keeps reports, rules and what they are written in synchronous', () => {
    const pure = ['reports', ...['pacts', 'profile', 'records', 'rules', 'schemas'].map((part) => `contracts/${part}`)];
    expect(offences(pure, impure.slice(0, 1))).toEqual([]);
  });

  it('would notice', () => {
    const seen = ['const at = Date.now();', 'setTimeout(f, 1)', 'await delay(5)', 'Math.random()'].map((line) =>
      forbidden.some(([pattern]) => pattern.test(line)),
    );
    expect(seen).toEqual([true, true, true, true]);
  });
});
