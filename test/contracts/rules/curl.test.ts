/** A command for a shell gives the request again, whatever is in it: a real shell says so. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlOf } from '../../../contracts/rules/curl.ts';
import { placed, plainTrace, type Said } from './plain-trace.ts';

const origin = 'https://vendor.example';

function command(said: Partial<Said> = {}): string {
  const [exchange] = plainTrace([{ ...placed, ...said }]).exchanges;
  if (exchange === undefined) throw new Error('there is no exchange');
  return curlOf(exchange, origin);
}

/** The words that a program is given by a shell: the shell itself prints them, each ended by a NUL. */
function wordsOf(text: string): string[] {
  const program = `curl() { printf '%s\\0' "$@"; }\nCREDENTIALS='Bearer secret'\n${text}`;
  return execFileSync('sh', ['-c', program], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

function bodyOf(text: string): string | undefined {
  const words = wordsOf(text);
  const at = words.findIndex((word) => word.startsWith('--data'));
  return at === -1 ? undefined : words[at + 1];
}

describe('a command', () => {
  it('says method, headers, body and address', () => {
    const words = wordsOf(command({ sent: { a: 1 }, sentHeaders: { accept: 'application/json' } }));
    expect(words).toEqual([
      '-i',
      '-X',
      'POST',
      '-H',
      'content-type: application/json;charset=utf-8',
      '-H',
      'accept: application/json',
      expect.stringMatching(/^--data/),
      '{"a":1}',
      'https://vendor.example/tmf-api/serviceOrdering/v4/serviceOrder',
    ]);
  });

  it('of a GET says neither method nor body', () => {
    const words = wordsOf(command({ method: 'GET', path: '/serviceOrder?a=b&c=$HOME', sent: undefined }));
    expect(words).toEqual(['-i', 'https://vendor.example/tmf-api/serviceOrdering/v4/serviceOrder?a=b&c=$HOME']);
  });

  it('takes credentials from the environment', () => {
    const text = command({ sentHeaders: { authorization: '***' } });
    expect(text).not.toContain('***');
    expect(wordsOf(text)).toContain('authorization: Bearer secret');
  });

  it('cuts a body that is very long', () => {
    const body = bodyOf(command({ sent: { note: 'x'.repeat(10_000) } })) ?? '';
    expect(body.length).toBeLessThan(5_000);
    expect(body.endsWith('...')).toBe(true);
  });

  it.each([
    `it's`,
    `'''`,
    '$HOME `id` $(id)',
    'a\\b\\\\c\\n',
    '"quoted"',
    'line one\nline two\r\n\ttab',
    '!history *?[a]~ #;&|<>',
    'Prüfung ✓ 日本語 🎉',
    '-n --data @/etc/passwd',
    '%s %d \\0',
  ])('gives the body %j again', (text) => {
    expect(bodyOf(command({ sent: text }))).toBe(text);
  });

  it('gives any body again', () => {
    // One shell for many bodies: each would take a process of its own.
    const anything = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .filter((text) => !/[\0\ud800-\udfff]/.test(text));
    const awkward = fc.string({ unit: fc.constantFrom(...`'"\\$\`!\n {}a`), minLength: 1, maxLength: 12 });
    const bodies = fc.sample(fc.oneof(anything, awkward), 600);
    const all = wordsOf(bodies.map((sent) => command({ sent, sentHeaders: { 'content-type': 'x' } })).join('\n'));
    const given = all.flatMap((word, place) =>
      all[place - 1]?.startsWith('--data') && all[place - 2] === 'content-type: x' ? [word] : [],
    );
    expect(given).toEqual(bodies);
  });

  it('gives any path again', () => {
    const path = `/serviceOrder?externalId=it's "$HOME"&x=\`id\``;
    expect(wordsOf(command({ method: 'GET', path, sent: undefined })).at(-1)).toBe(
      `${origin}/tmf-api/serviceOrdering/v4${path}`,
    );
  });

  it('does not have curl read a file', () => {
    expect(wordsOf(command({ sent: '@/etc/passwd' }))).toContain('--data-raw');
  });
});
