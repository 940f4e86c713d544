/** Targets as people write them: what is read, what is refused, and that a secret is in neither file nor complaint. */
import { describe, expect, it } from 'vitest';
import { findingText } from '../../../contracts/schemas/finding.ts';
import { Secret, type Target } from '../../../engine/model/target.ts';
import { readTargets } from '../../../engine/wire/targets-file.ts';

const environment = {
  TOKEN: 'token-from-outside',
  PASSWORD: 'päss word',
  KEY: 'k-1',
  CLIENT: 'client-7',
  BROKEN: 'a\n',
};
const url = 'https://som.example/tmf-api/serviceOrdering/v4';

function targetOf(written: object): Target {
  const read = readTargets({ som: { url, ...written } }, environment);
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const [target] = read.content;
  if (target === undefined) throw new Error('no target');
  return target;
}

function complaints(written: object): string[] {
  const read = readTargets({ som: { url, ...written } }, environment);
  return read.ok ? [] : read.findings.map(findingText);
}

describe('a targets file', () => {
  it('is read with its usual values filled in', () => {
    const read = readTargets({ som: { url: `${url}//` }, tom: { url: 'http://tom', dialect: 'servicenow' } }, {});
    expect(read).toEqual({
      ok: true,
      content: [
        { name: 'som', baseUrl: url, dialect: 'tmf641-v4.1', reporting: 'events', words: {} },
        { name: 'tom', baseUrl: 'http://tom', dialect: 'servicenow', reporting: 'callback', words: {} },
      ],
    });
  });

  it('says how a target is reached and how it reports', () => {
    const written = {
      reporting: { poll: 'PT30S' },
      requestTimeout: 'PT5S',
      concurrency: 4,
      headers: { 'X-Tenant': 'north', 'X-Vendor-Token': { env: 'TOKEN' } },
    };
    const target = targetOf(written);
    expect(target).toMatchObject({ reporting: { pollEveryMs: 30_000 }, requestTimeoutMs: 5_000, concurrency: 4 });
    expect(target.headers?.['x-tenant']).toBe('north');
    expect(String(target.headers?.['x-vendor-token'])).toBe('[redacted]');
  });

  it.each([
    [
      { basic: { user: 'southbound', password: { env: 'PASSWORD' } } },
      { kind: 'basic', user: 'southbound', password: 'päss word' },
    ],
    [{ bearer: { env: 'TOKEN' } }, { kind: 'bearer', token: 'token-from-outside' }],
    [{ apiKey: { header: 'X-API-Key', key: { env: 'KEY' } } }, { kind: 'apiKey', header: 'x-api-key', key: 'k-1' }],
    [
      {
        oauth2: {
          tokenUrl: 'https://id.example/token',
          clientId: { env: 'CLIENT' },
          clientSecret: { env: 'KEY' },
          scope: 'a b',
        },
      },
      {
        kind: 'oauth2',
        tokenUrl: 'https://id.example/token',
        clientId: 'client-7',
        clientSecret: 'k-1',
        scope: 'a b',
        clientAuthentication: 'basic',
      },
    ],
  ])('takes credentials from the environment: %j', (auth, expected) => {
    const read = Object.entries(targetOf({ auth }).auth ?? {}).map(([name, value]) => [
      name,
      value instanceof Secret ? value.reveal() : value,
    ]);
    expect(Object.fromEntries(read)).toEqual(expected);
  });

  it('gives secrets that print as nothing', () => {
    const target = targetOf({ auth: { bearer: { env: 'TOKEN' } } });
    expect(JSON.stringify(target)).not.toContain('token-from-outside');
    expect(`${target.auth?.kind === 'bearer' && target.auth.token}`).toBe('[redacted]');
  });

  const secretExpected = '{ env: NAME }, the environment variable that holds it: a secret never stands in a file';
  it.each([
    [
      { auth: { bearer: 'hunter2' } },
      `/som/auth/bearer: expected ${secretExpected}, got something else, not shown here (type)`,
    ],
    [
      { auth: { apiKey: { header: 'x-key', key: 'hunter2' } } },
      `/som/auth/apiKey/key: expected ${secretExpected}, got something else, not shown here (type)`,
    ],
    [
      { headers: { 'X-Auth-Token': 'hunter2' } },
      `/som/headers/X-Auth-Token: expected ${secretExpected}, got something else, not shown here (secret-from-environment)`,
    ],
    [
      { auth: 'Bearer hunter2' },
      '/som/auth: expected exactly one of basic, bearer, apiKey, oauth2; nothing of it, where no credentials are asked for, got something else, not shown here (type)',
    ],
    [
      { auth: { bearer: { env: 'hunter2 ' } } },
      '/som/auth/bearer/env: expected the name of an environment variable: letters, digits and _, got something else, not shown here (pattern)',
    ],
    [
      { url: 'https://me:hunter2@som.example/a' },
      '/som/url: expected http or https, without user, password, query and fragment: where its API starts, such as http://som.example/tmf-api/serviceOrdering/v4, got something else, not shown here (pattern)',
    ],
    [
      { auth: { bearer: { env: 'TOKEN', value: 'hunter2' } } },
      '/som/auth/bearer/value: expected no such key, got one (additionalProperties)',
    ],
  ])('is refused for a secret in it, without telling the secret: %j', (written, expected) => {
    expect(complaints(written)).toEqual([expected]);
    expect(expected).not.toContain('hunter2');
  });

  it.each([
    [
      { auth: { bearer: { env: 'ABSENT' } } },
      '/som/auth/bearer/env: expected a secret in the environment variable ABSENT: set it, then start again, got none: the variable is not set (environment-variable)',
    ],
    [
      { auth: { bearer: { env: 'BROKEN' } } },
      '/som/auth/bearer/env: expected printable ASCII in the environment variable BROKEN, which a header can carry, got something else, perhaps a line break at its end (environment-variable)',
    ],
    [
      { headers: { Host: 'x' } },
      '/som/headers/Host: expected the name of a header other than accept, connection, content-*, host and transfer-encoding, got "Host" (header-name)',
    ],
    [{ reporting: 'never' }, '/som/reporting: expected one of "events", "callback", got "never" (enum)'],
    [
      { reporting: { poll: 'PT0S' } },
      '/som/reporting/poll: expected longer than nothing, such as PT30S, got "PT0S" (not)',
    ],
    [{ reporting: { every: 'PT1S' } }, /\/som\/reporting\/poll: expected a value, got nothing/],
    [
      { dialect: 'servicenow', reporting: 'events' },
      '/som/reporting: expected callback or { poll: PT30S }, since the dialect servicenow has no hub, got "events" (has-a-hub)',
    ],
    [{ concurrency: 0 }, '/som/concurrency: expected must be >= 1, got 0 (minimum)'],
    [{ subscribe: true }, '/som/subscribe: expected no such key, got one (additionalProperties)'],
    [
      { auth: { basic: { user: 'u', password: { env: 'KEY' } }, bearer: { env: 'KEY' } } },
      /\/som\/auth: expected exactly one of/,
    ],
  ])('is refused: %j', (written, expected) => {
    const [first] = complaints(written);
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  it('is refused for everything that is wrong with its variables at once', () => {
    const auth = { basic: { user: { env: 'A' }, password: { env: 'B' } } };
    expect(complaints({ auth, headers: { 'X-Token': { env: 'C' } } })).toHaveLength(3);
  });
});

describe('the words of a target', () => {
  it('stand beside those of its dialect', () => {
    const { words } = targetOf({ states: { partial: 'fulfilled' }, actions: { suspend: 'delete' } });
    expect(words?.states).toMatchObject({ partial: 'fulfilled', completed: 'fulfilled', failed: 'error' });
    expect(words?.actions).toMatchObject({ add: 'add', suspend: 'delete' });
    expect(targetOf({ dialect: 'flowone', falloutPhrase: 'stuck' }).words).toEqual({ falloutPhrase: 'stuck' });
    expect(targetOf({ dialect: 'flowone', actions: { add: 'ACTIVATION' } }).words?.actions?.add).toBe('ACTIVATION');
  });

  it.each([
    [
      { states: { done: 'fulfilled' } },
      '/som/states/done: expected a state of tmf641-v4.1: acknowledged, inProgress, pending, held, assessingCancellation, pendingCancellation, completed, failed, rejected, partial, cancelled, got "done" (known-state)',
    ],
    [
      { states: { failed: 'broken' } },
      '/som/states/failed: expected one of "pending", "fulfilled", "error", got "broken" (enum)',
    ],
    [
      { actions: { suspend: 'pause' } },
      '/som/actions/suspend: expected an action of tmf641-v4.1: add, modify, delete, noChange, got "pause" (known-action)',
    ],
    [{ actions: { pause: 'modify' } }, '/som/actions/pause: expected no such key, got one (additionalProperties)'],
    [
      { dialect: 'flowone', actions: { add: 'GETONTSTATUS' } },
      /\/som\/actions\/add: expected an action of flowone: upper-case letters/,
    ],
    [
      { falloutPhrase: 'stuck' },
      '/som/falloutPhrase: expected no such key: the dialect tmf641-v4.1 has a state for what fails, got one (has-a-phrase)',
    ],
  ])('are refused: %j', (written, expected) => {
    const [first, ...more] = complaints(written);
    expect(more).toEqual([]);
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });
});
