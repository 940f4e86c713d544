/** `verify` and `recheck` as processes, against vendors on ports. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext, vi } from 'vitest';
import { isLoopback, listenerPlace, plannedAddresses } from '../../cli/verify/listening.ts';
import type { VerifyCommandOptions } from '../../cli/verify/options.ts';
import { recheck } from '../../cli/verify/recheck.ts';
import { verify } from '../../cli/verify/verify.ts';
import type { VerificationRecord } from '../../contracts/records/verification.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { type Ended, Running, southbound } from '../support/command.ts';
import { forwarding, freePort, type ServedTwin, servedTwin } from '../support/served-twin.ts';

const secrets = { SOM_TOKEN: 'token-4711-of-the-vendor', HOOK_SECRET: 'secret-0815-of-callbacks' };

let folder: string;
beforeAll(() => {
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  folder = mkdtempSync(join(tmpdir(), 'southbound-verify-'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Enough for a first order, queries and events. */
const little = ['--budget', 'orders=3'];

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function vendor(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  ...parameters: Parameters<typeof servedTwin>
): Promise<ServedTwin> {
  const served = await servedTwin(...parameters);
  onTestFinished(() => served.close());
  return served;
}

function verified(url: string, ...more: readonly string[]): Promise<Ended> {
  return southbound(['verify', url, ...more]);
}

function recordIn(out: string): VerificationRecord {
  return JSON.parse(readFileSync(join(out, 'verification.json'), 'utf8'));
}

function verdictsIn(out: string): { readonly [rule: string]: string } {
  return Object.fromEntries(recordIn(out).rules.map(({ id, verdict }) => [id, verdict]));
}

describe('verify, of a vendor without a fault', () => {
  it('passes, writes every report without a secret, leaves no subscription, and can be rechecked', async (test) => {
    const claims = {
      auth: { scheme: 'bearer' },
      events: { credentialsHeader: 'x-hook-secret', within: 'PT0.5S' },
    } as const;
    const { url, asked, subscriptions } = await vendor(test, {
      claims,
      callbackSecret: secrets.HOOK_SECRET,
      credentials: { token: secrets.SOM_TOKEN },
    });
    const out = join(folder, 'pass');
    const given = ['--auth', 'bearer=SOM_TOKEN', '--callback-secret-from', 'HOOK_SECRET', '--out', out];
    const capabilities = ['--capabilities', file('claims.json', claims)];
    const { code, out: said, error } = await verified(url, ...little, ...capabilities, ...given, '--seed', '7');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(said).toContain(`verifies ${url}, seed 7\n  at most   3 orders, 2000 requests, 50 a second`);
    expect(said).toMatch(/\nPASS: None of \d+ judged rules is broken\n/);
    expect(said).toContain('the budget of 3 orders is spent');
    expect(verdictsIn(out)).toMatchObject({ 'callback-credentials': 'pass' });
    expect(new Set(asked.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${secrets.SOM_TOKEN}`]),
    );
    expect([asked.some(({ path }) => path.endsWith('/hub')), subscriptions.size]).toEqual([true, 0]);
    expect(asked.filter(({ method, path }) => method === 'DELETE' && !path.includes('/hub/'))).toEqual([]);

    const names = [
      'evidence.bundle',
      'junit.xml',
      'verification.html',
      'verification.json',
      'verification.md',
      'verification.sarif',
    ];
    expect(readdirSync(out).toSorted()).toEqual(names);
    const written = [said, ...names.map((name) => readFileSync(join(out, name), 'utf8'))];
    for (const secret of Object.values(secrets)) expect(written.filter((text) => text.includes(secret))).toEqual([]);

    const bundle = join(out, 'evidence.bundle');
    const changed = join(folder, 'changed.bundle');
    writeFileSync(changed, readFileSync(bundle, 'utf8').replace('acknowledged', 'Acknowledged'));
    expect(await southbound(['recheck', bundle])).toMatchObject({
      code: 0,
      out: expect.stringContaining('every verdict is reproduced'),
    });
    expect(() => recheck(changed)).toThrow('it was changed: its SHA-256 is');
    expect(() => recheck(join(out, 'junit.xml'))).toThrow('it is no evidence bundle');
    expect(() => recheck(join(out, 'nothing'))).toThrow('there is no such file');
  });

  it('is undecided where a MUST of what it declares was not seen, and only then', async (test) => {
    const { url } = await vendor(test);
    const declared = file('declared.json', { offers: { cancel: true } });
    const [undecided, judged] = await Promise.all([
      verified(url, ...little, '--capabilities', declared, '--only', 'cancel-outcome'),
      verified(url, ...little, '--capabilities', declared, '--only', 'initial-state,media-type'),
    ]);
    expect([undecided?.code, judged?.code]).toEqual([3, 0]);
    expect(undecided?.out).toMatch(/\nINCONCLUSIVE: /);
    expect(judged?.out).toContain('None of 2 judged rules is broken\n2 kept\n');
  });

  it('is told an address of its own, which somebody passes on to the listener', async (test) => {
    const { url, asked } = await vendor(test);
    const port = await freePort();
    const gateway = await forwarding(`http://127.0.0.1:${port}`);
    test.onTestFinished(gateway.close);
    const out = join(folder, 'forwarded');
    const where = ['--callback-url', `${gateway.url}/from/outside/`, '--listen', `127.0.0.1:${port}`];
    const { code, out: said } = await verified(url, ...little, ...where, '--out', out);
    expect([code, said]).toEqual([0, expect.stringContaining(`callbacks ${gateway.url}/from/outside\n`)]);
    const callbacks = asked.flatMap(({ method, path, body }) =>
      method === 'POST' && path.endsWith('/hub') ? [String(Object(body?.json).callback)] : [],
    );
    const wellFormed = callbacks.filter((each) => each.startsWith('http'));
    expect(wellFormed.filter((each) => !each.startsWith(`${gateway.url}/from/outside/`))).toEqual([]);
    expect(gateway.passed).toContain('/from/outside/watch/listener/serviceOrderCreateEvent');
    expect(verdictsIn(out)).toMatchObject({ 'event-schema': 'pass', 'change-announced': 'pass' });
  });

  it('is asked nothing at the hub when it could not reach the listener', async (test) => {
    const { url, asked } = await vendor(test);
    const out = join(folder, 'unreachable');
    // The same machine by an address that does not say so.
    const { code, out: said } = await verified(url.replace('127.0.0.1', '0.0.0.0'), ...little, '--out', out);
    expect([code, said]).toEqual([0, expect.stringContaining('callbacks none')]);
    expect(verdictsIn(out)).toMatchObject({
      'event-schema': 'inconclusive',
      'change-announced': 'inconclusive',
      'initial-state': 'pass',
    });
    expect(asked.filter(({ body }) => Object(body?.json).callback !== undefined)).toEqual([]);
  });

  it('is left without a subscription when the verification is broken off', async (test) => {
    const { url, heard, subscriptions } = await vendor(test);
    const running = new Running(['verify', url]);
    await heard(({ path }) => path.endsWith('/cancelServiceOrder'));
    expect(subscriptions.size).toBeGreaterThan(0);
    const { code, error } = await running.end('SIGINT');
    expect([code, error]).toEqual([2, expect.stringContaining('Broken off, without a verdict.')]);
    expect([...subscriptions]).toEqual([]);
  });
});

describe('verify, of a vendor with a fault', () => {
  /** A create is answered 200. */
  const habits = {
    createAnswer: ({ document }: { document: object }) => jsonResponse(200, document),
  };

  it('says where, in what, and what to do; and accepts what is waived until its day', async (test) => {
    const { url } = await vendor(test, { habits });
    const waiver = (until: string) =>
      file(`waivers-${until}.json`, [{ finding: 'status-documented', reason: 'Mended in their release 4', until }]);
    const out = join(folder, 'waived');
    const [waived, expired] = await Promise.all([
      verified(url, ...little, '--waivers', waiver('2999-12-31'), '--out', out),
      verified(url, ...little, '--waivers', waiver('2020-12-31')),
    ]);
    expect([waived.code, expired.code]).toEqual([0, 1]);
    expect(expired.out).toMatch(/\nFAIL: 1 of \d+ judged rules is broken: 1 MUST\n/);
    expect(expired.out).toMatch(
      /\n1\. MUST status-documented\n[\s\S]*?\n {2}Where +POST \/serviceOrder.*\n {2}How often [\s\S]*Seen in [\s\S]*What to do [\s\S]*Clause [\s\S]*Id +status-documented-[0-9a-f]{8}\n {2}Try\ncurl -i -X POST /,
    );
    expect(waived.out).toMatch(
      /1\. MUST status-documented \(waived\)[\s\S]*until 2999-12-31: Mended in their release 4/,
    );
    expect(recordIn(out)).toMatchObject({ verdict: 'pass', findings: [{ waiver: { until: '2999-12-31' } }] });
  });
});

describe('verify, where there is nothing to judge', () => {
  it('says why, and what to do', async (test) => {
    const open = await vendor(test);
    const closed = await vendor(test, { claims: { auth: { scheme: 'bearer' } }, credentials: { token: 't' } });
    const choosy = await vendor(test, {
      habits: { refusalOfCreate: () => ({ status: 422, body: { code: '9', reason: 'No such product' } }) },
    });
    const [nobody, elsewhere, locked, refused] = await Promise.all([
      verified(`http://127.0.0.1:${await freePort()}/tmf-api/serviceOrdering/v4`),
      verified(open.url.replace('/v4', '/v5')),
      verified(closed.url),
      verified(choosy.url),
    ]);
    for (const { code, out } of [nobody, elsewhere, locked, refused]) {
      expect(code).toBe(2);
      expect(out).not.toMatch(/PASS|FAIL|INCONCLUSIVE/);
    }
    expect(nobody.error).toMatch(/nobody answers there \(no connection\)\. Is it running/);
    expect(elsewhere.error).toMatch(/was answered 404\. Give where the API starts/);
    expect(locked.error).toMatch(/answered 401\. Give credentials with --auth/);
    expect(refused.error).toMatch(/answered 422: .*No such product.* Say with --capabilities what can be ordered/);
    // A handful of requests is enough to find out.
    for (const { asked } of [open, closed, choosy]) expect(asked.length).toBeLessThan(10);
  });
});

describe('what was asked for wrongly', () => {
  const url = 'http://127.0.0.1:9/tmf-api/serviceOrdering/v4';
  const withAuth = { auth: { scheme: 'basic' } };
  const withSecret = { events: { credentialsHeader: 'x-hook' } };

  it.each<readonly [string, VerifyCommandOptions & { url?: string; statement?: object; waived?: object }, RegExp]>([
    ['no URL', { url: 'som.example' }, /no URL/],
    ['credentials in the URL', { url: 'http://me:secret@som.example/v4' }, /with --auth, not in the URL/],
    ['a statement that is none', { statement: { offers: { cancel: 'yes' } } }, /\.json: .*\/offers\/cancel/],
    ['a waiver of nothing', { waived: [{ finding: 'nonsense', reason: 'x', until: '2999-01-01' }] }, /\/0\/finding/],
    ['no such rule', { only: 'initial-state,nonsense' }, /no rule nonsense\. The rules are .*initial-state/],
    ['no such budget', { budget: 'orders=many' }, /--budget "orders=many": give orders=N/],
    ['no such port', { listen: '127.0.0.1:99999' }, /--listen/],
    ['no such scheme', { auth: 'digest=ME' }, /--auth takes bearer=TOKEN/],
    ['no such variable', { auth: 'bearer=NOT_THERE_4711' }, /no variable NOT_THERE_4711/],
    ['credentials that are missing', { statement: withAuth }, /asks for credentials \(basic\)\. Give them with --auth/],
    ['a secret that is missing', { statement: withSecret }, /x-hook.*--callback-secret-from/],
    ['a secret nobody carries', { callbackSecretFrom: 'PATH' }, /needs the header that carries it/],
    ['a callback that is none', { callbackUrl: 'me.example:80' }, /--callback-url/],
    ['https without a listener', { callbackUrl: 'https://me.example/x' }, /Say with --listen/],
  ])('is told before anything is sent: %s', async (name, { url: other, statement, waived, ...options }, message) => {
    const slug = name.replaceAll(' ', '-');
    const given = {
      ...options,
      ...(statement && { capabilities: file(`${slug}.json`, statement) }),
      ...(waived && { waivers: file(`${slug}.json`, waived) }),
    };
    await expect(verify(other ?? url, given)).rejects.toThrow(message);
  });

  it('ends with 2, also when the folder for reports cannot be made', async () => {
    mkdirSync(join(folder, 'taken'));
    const inTheWay = file('taken/report', {});
    const { code, error } = await verified(url, '--out', inTheWay);
    expect([code, error]).toEqual([2, expect.stringContaining('the folder cannot be made')]);
  });
});

describe('verify --plan', () => {
  it('sends nothing, and says the same for the same seed', async (test) => {
    const { url, asked } = await vendor(test);
    const plan = (...more: readonly string[]) => verified(url, '--plan', ...more);
    const [one, same, few] = await Promise.all([
      plan('--seed', '7'),
      plan('--seed', '7'),
      plan('--auth', 'bearer=NOT_THERE_4711', '--allow-delete', '--budget', 'orders=5'),
    ]);
    expect([one.code, one.error, one.out === same.out]).toEqual([0, '', true]);
    expect(one.out).toContain('  create: POST /serviceOrder\n');
    expect(one.out).not.toContain('DELETE /serviceOrder');
    expect(few.out).toContain('at most   5 orders');
    expect(few.out).toContain('DELETE /serviceOrder/{order}');
    expect(asked).toEqual([]);
  });
});

describe('where the listener stands, and where it is reached', () => {
  const far = 'https://som.example/v4';
  const near = 'http://localhost:8621/v4';

  it.each([
    [near, {}, { host: '127.0.0.1', port: 0 }, 'http://127.0.0.1:PORT/events'],
    [near, { listen: '8090' }, { host: '127.0.0.1', port: 8090 }, 'http://127.0.0.1:PORT/events'],
    [far, {}, { host: '127.0.0.1', port: 0 }, undefined],
    [far, { callbackUrl: 'http://me.example:8090/x/' }, { host: '0.0.0.0', port: 8090 }, 'http://me.example:8090/x'],
    [far, { callbackUrl: 'http://me.example' }, { host: '0.0.0.0', port: 80 }, 'http://me.example'],
    [
      far,
      { callbackUrl: 'https://me.example/x', listen: '8090' },
      { host: '0.0.0.0', port: 8090 },
      'https://me.example/x',
    ],
    [
      far,
      { callbackUrl: 'https://me.example/x', listen: '[::1]:8090' },
      { host: '::1', port: 8090 },
      'https://me.example/x',
    ],
  ])('%s %o', (target, options, where, callbackUrl) => {
    const place = listenerPlace(target, options, {});
    expect(place).toMatchObject(where);
    expect(plannedAddresses(place).callbackUrl).toBe(callbackUrl);
  });

  it('has a second one with a certificate that nobody should trust, where that can be reached and is of use', () => {
    const untrusted = (...[target, options, statement]: Parameters<typeof listenerPlace>) =>
      plannedAddresses(listenerPlace(target, options, statement)).untrustedUrl;
    expect(untrusted(near, {}, {})).toBe('https://127.0.0.1:PORT/events');
    expect(untrusted(near, {}, { events: { checksCertificates: false } })).toBeUndefined();
    expect(untrusted(near, {}, { offers: { hub: false } })).toBeUndefined();
    const callbackUrl = 'http://me.example:8090/x';
    expect(untrusted(far, { callbackUrl }, {})).toBeUndefined();
    const untrustedCallbackUrl = 'https://me.example:8443';
    expect(untrusted(far, { callbackUrl, untrustedCallbackUrl }, {})).toBe('https://me.example:8443/x');
    expect(() => untrusted(far, { callbackUrl, untrustedCallbackUrl: 'http://me.example' }, {})).toThrow('https');
  });

  it('knows which addresses are of this machine only', () => {
    const urls = ['http://localhost/', 'http://127.0.0.9/', 'http://[::1]:80/', 'http://127.0.0.1.example/', far];
    expect(urls.map(isLoopback)).toEqual([true, true, true, false, false]);
  });
});
