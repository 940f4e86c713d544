/** The options about tokens: what is asked for where, and what is said when that cannot be. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoopback, tokenFrom, tokensWanted } from '../../../cli/access/tokens.ts';
import { WrongUse } from '../../../cli/terminal.ts';

const environment = {
  CRM: 'token-of-the-crm-0123456789',
  EMPTY: '',
  BROKEN: 'token-of-the-crm\n',
  SPACED: 'two words',
};

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-tokens-'));
  file = join(folder, 'tokens.yaml');
  writeFileSync(file, '- { name: crm, token: { env: CRM }, roles: [order_integrator], expires: 2027-06-30 }\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('tokens', () => {
  it('are those of the file, wherever it listens', () => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      expect(tokensWanted({ auth: file }, host, environment)).toMatchObject([
        { name: 'crm', roles: ['order_integrator'], expiresAt: Date.parse('2027-06-30T00:00:00Z') },
      ]);
    }
  });

  it('are not asked for where only this machine comes in, or where the risk is taken', () => {
    expect(tokensWanted({}, '127.0.0.1', environment)).toBeUndefined();
    expect(tokensWanted({ insecure: true }, '0.0.0.0', environment)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof tokensWanted>[0], string, RegExp]>([
    ['none where others come in', {}, '0.0.0.0', /Say with --auth tokens\.yaml who may/],
    ['insecure said to be no', { insecure: false }, '192.168.0.7', /On 192\.168\.0\.7 others than this machine/],
    ['a file, and the risk taken', { auth: 'x', insecure: true }, '::', /--auth and --insecure exclude each other/],
    ['no such file', { auth: 'gone.yaml' }, '127.0.0.1', /gone\.yaml: there is no such file/],
  ])('%s: says no', (_what, options, host, expected) => {
    expect(() => tokensWanted(options, host, environment)).toThrow(expected);
  });

  it('whose variable is not set are named, with the file', () => {
    expect(() => tokensWanted({ auth: file }, '127.0.0.1', {})).toThrow(
      /tokens\.yaml: \/0\/token\/env: .*variable CRM/,
    );
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['127.example.org', false],
  ['', false],
])('%j is reached from this machine only: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

describe('a variable', () => {
  it('gives its token', () => {
    expect(tokenFrom('--token-from', 'CRM', environment)).toBe(environment.CRM);
  });

  it.each([
    ['UNSET', 'there is no variable UNSET in the environment.'],
    ['EMPTY', 'there is no variable EMPTY in the environment.'],
    ['BROKEN', 'what BROKEN holds is no token; perhaps there is a line break at its end.'],
    ['SPACED', 'what SPACED holds is no token; perhaps there is a line break at its end.'],
  ])('%s without one is named', (name, expected) => {
    const asked = () => tokenFrom('--token-from', name, environment);
    expect(asked).toThrow(WrongUse);
    expect(asked).toThrow(`--token-from ${name}: ${expected}`);
  });
});
