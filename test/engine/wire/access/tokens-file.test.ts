/** Tokens as people write them: what is read, what is refused, and that no token is in file or complaint. */
import { describe, expect, it } from 'vitest';
import { findingText } from '../../../../contracts/schemas/finding.ts';
import { Secret } from '../../../../engine/model/target.ts';
import { readTokens } from '../../../../engine/wire/access/tokens-file.ts';

const token = 'f3b1c0ffee-f3b1c0ffee';
const sha256 = 'AB'.repeat(32);
const environment = { CRM_TOKEN: token, SHORT: 'hunter2', BROKEN: `${token}\n`, EMPTY: '', QUOTED: `"${token}"` };
const roles = ['order_viewer'];
const crm = { name: 'crm', token: { env: 'CRM_TOKEN' }, roles };

function complaints(file: unknown): string[] {
  const read = readTokens(file, environment);
  return read.ok ? [] : read.findings.map(findingText);
}

describe('a tokens file', () => {
  it('is read: texts from the environment, hashes as they are, days from their beginning', () => {
    const read = readTokens(
      [
        { ...crm, roles: ['sn_ind_tmt_orm.order_integrator', 'fulfillment_manager'], expires: '2027-06-30' },
        { name: 'noc', tokenSha256: sha256, roles: ['sn_appss.manager'], expires: '2027-06-30T18:00:00+02:00' },
        { name: 'eye', tokenSha256: '0'.repeat(64), roles },
      ],
      environment,
    );
    if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
    const [first, ...others] = read.content;
    expect(first?.token).toBeInstanceOf(Secret);
    expect(first?.token instanceof Secret && first.token.reveal()).toBe(token);
    expect(first?.expiresAt).toBe(Date.parse('2027-06-30T00:00:00Z'));
    expect(others).toEqual([
      {
        name: 'noc',
        token: { sha256: sha256.toLowerCase() },
        roles: ['sn_appss.manager'],
        expiresAt: Date.parse('2027-06-30T16:00:00Z'),
      },
      { name: 'eye', token: { sha256: '0'.repeat(64) }, roles },
    ]);
    expect(JSON.stringify(read.content)).not.toContain(token);
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', { tokens: [crm] }, /^\(whole body\): expected array/],
    ['an empty list, which would let nobody in', [], /^\(whole body\): /],
    ['no name', [{ token: crm.token, roles }], /^\/0\/name: expected a value, got nothing/],
    ['no roles', [{ ...crm, roles: [] }], /^\/0\/roles: /],
    ['a role that nobody knows', [{ ...crm, roles: ['order_viewr'] }], /^\/0\/roles\/0: .*order_viewer.*"order_viewr"/],
    ['a role called like what every object has', [{ ...crm, roles: ['constructor'] }], /known-role/],
    ['nothing that shows the token', [{ name: 'crm', roles }], /^\/0\/token: expected a value/],
    [
      'two ways of showing it',
      [{ ...crm, tokenSha256: sha256 }],
      /^\/0: expected .*exactly one of token and tokenSha256/,
    ],
    ['a key that there is not', [{ ...crm, scope: 'x' }], /^\/0\/scope: expected no such key/],
    [
      'a day that there is not',
      [{ ...crm, expires: '2027-02-30' }],
      /^\/0\/expires: expected a date, got "2027-02-30"/,
    ],
    [
      'an instant without an offset',
      [{ ...crm, expires: '2027-02-01T10:00:00' }],
      /^\/0\/expires: expected a date-time/,
    ],
    ['a variable that is not set', [{ ...crm, token: { env: 'UNSET' } }], /^\/0\/token\/env: .*variable UNSET: set it/],
    ['a variable that is empty', [{ ...crm, token: { env: 'EMPTY' } }], /^\/0\/token\/env: .*the variable is empty/],
    ['a token that can be guessed', [{ ...crm, token: { env: 'SHORT' } }], /^\/0\/token\/env: expected at least 16 /],
    ['a line break in it', [{ ...crm, token: { env: 'BROKEN' } }], /openssl rand -hex 32/],
    ['quotes around it', [{ ...crm, token: { env: 'QUOTED' } }], /openssl rand -hex 32/],
    [
      'the same name',
      [crm, { name: 'crm', tokenSha256: sha256, roles }],
      /^\/1\/name: expected each name once, got "crm"/,
    ],
    ['the same token', [crm, { ...crm, name: 'b' }], /^\/1: expected each token once, got that of an entry before it/],
    [
      'the same hash, in other letters',
      [
        { name: 'a', tokenSha256: sha256, roles },
        { name: 'b', tokenSha256: sha256.toLowerCase(), roles },
      ],
      /^\/1: expected each token once/,
    ],
  ])('with %s is refused', (_what, file, expected) => {
    const said = complaints(file);
    expect(
      said.some((text) => expected.test(text)),
      said.join('\n'),
    ).toBe(true);
    expect(said.join('\n')).not.toContain(token);
    expect(said.join('\n')).not.toContain('hunter2');
  });

  it.each<[string, object]>([
    ['as the token', { token: 'hunter2-hunter2-hunter2' }],
    ['as the variable', { token: { env: 'hunter2-hunter2-hunter2' } }],
    ['as the hash', { token: undefined, tokenSha256: 'hunter2-hunter2-hunter2' }],
    ['beside a hash', { tokenSha256: 'hunter2-hunter2-hunter2' }],
  ])('with a token in it %s is refused, and not repeated', (_where, written) => {
    const said = complaints([JSON.parse(JSON.stringify({ ...crm, ...written }))]);
    expect(said.length).toBeGreaterThan(0);
    expect(said.join('\n')).not.toContain('hunter2');
  });

  it('says everything that is wrong with it', () => {
    const said = complaints([
      { ...crm, roles: ['boss'] },
      { name: 'b', token: { env: 'SHORT' }, roles: ['chief'] },
    ]);
    expect(said.map((text) => text.split(':')[0])).toEqual(['/0/roles/0', '/1/roles/0', '/1/token/env']);
  });
});
