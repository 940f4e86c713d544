import { describe, expect, it } from 'vitest';
import { originOf, pathAndQuery, receivedBody } from '../../exchange/message.ts';
import { asksForToken, recordedHeaders, recordedPath, withoutSecrets } from '../../exchange/redact.ts';
import { type Route, routerOf } from '../../exchange/router.ts';

describe('path and query', () => {
  it.each([
    ['http://som.test/a/b', { path: '/a/b', query: {} }],
    ['http://som.test:8621/a?x=1&x=2&y=', { path: '/a', query: { x: ['1', '2'], y: [''] } }],
    ['/a%20b?name=%C3%BC', { path: '/a b', query: { name: ['ü'] } }],
    ['/broken%E0%A4%A', { path: '/broken%E0%A4%A', query: {} }],
    ['?eventType=A', { path: '', query: { eventType: ['A'] } }],
  ])('of %s', (url, expected) => {
    expect(pathAndQuery(url)).toEqual(expected);
  });

  it('takes a parameter called __proto__ for a parameter', () => {
    const { query } = pathAndQuery('/a?__proto__=x');
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
    expect(Object.entries(query)).toEqual([['__proto__', ['x']]]);
  });

  it('knows the origin of a URL', () => {
    expect(originOf('http://127.0.0.1:8620/a/b')).toBe('http://127.0.0.1:8620');
    expect(originOf('https://som.example')).toBe('https://som.example');
  });
});

describe('a received body', () => {
  it('is nothing when it is empty, and keeps text that is not JSON', () => {
    expect(receivedBody('')).toBeUndefined();
    expect(receivedBody('{')).toEqual({ text: '{', json: undefined });
    expect(receivedBody('null')).toEqual({ text: 'null', json: null });
  });
});

describe('what is written down', () => {
  it('keeps headers that a contract names, and blots out credentials', () => {
    const headers = {
      'user-agent': 'node',
      'x-api-key': 'secret',
      authorization: 'Bearer secret',
      'content-type': 'application/json',
      date: 'today',
    };
    expect(recordedHeaders(headers)).toEqual({
      authorization: '[redacted]',
      'content-type': 'application/json',
      'x-api-key': '[redacted]',
    });
    expect(JSON.stringify(recordedHeaders(headers))).not.toContain('secret');
  });

  it('leaves out host, user and password of a URL', () => {
    expect(recordedPath('http://user:secret@som.example/a?b=1')).toBe('/a?b=1');
    expect(recordedPath('http://som.example')).toBe('/');
  });
});

describe('router', () => {
  const routes: Route<string>[] = [
    { method: 'GET', path: '/orders', handle: () => 'list' },
    { method: 'POST', path: '/orders', handle: ({ body }) => `create ${JSON.stringify(body?.json)}` },
    { method: 'GET', path: '/orders/{id}', handle: ({ params }) => `get ${params.id}` },
    { method: 'POST', path: '/orders/{id}/approve', handle: ({ params }) => `approve ${params.id}` },
  ];
  const route = routerOf(routes, ({ status, message, allow }) => `${status} ${allow ?? ''} ${message}`);
  const ask = (method: string, path: string, body?: string, contentType = 'application/json;charset=utf-8') =>
    route({ method, path, query: {}, headers: { 'content-type': contentType }, body: receivedBody(body ?? '') });

  it.each([
    ['GET', '/orders', 'list'],
    ['GET', '/orders/', 'list'],
    ['GET', '/orders/7', 'get 7'],
    ['POST', '/orders/7/approve', 'approve 7'],
  ])('%s %s', (method, path, expected) => {
    expect(ask(method, path)).toBe(expected);
  });

  it('refuses an unknown path', () => {
    expect(ask('GET', '/nowhere')).toMatch(/^404 {2}Nothing is served at \/nowhere/);
    expect(ask('GET', '/orders/7/8')).toMatch(/^404/);
  });

  it('refuses another method, and says which are possible', () => {
    expect(ask('PUT', '/orders')).toMatch(/^405 GET, POST /);
    expect(ask('DELETE', '/orders/7')).toMatch(/^405 GET /);
  });

  it('refuses a body that is not JSON, or does not say so', () => {
    expect(ask('POST', '/orders', '{')).toMatch(/^400 .*not JSON/);
    expect(ask('POST', '/orders', '<a/>', 'application/xml')).toMatch(/^415 .*this is "application\/xml"/);
    expect(ask('POST', '/orders', '[]', 'application/merge-patch+json')).toBe('create []');
  });

  it('refuses a body that is nested too deep, and brackets in texts do not count', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(ask('POST', '/orders', nested(201))).toMatch(/^400 .*more than 200 levels/);
    expect(ask('POST', '/orders', nested(200))).toMatch(/^create/);
    expect(ask('POST', '/orders', JSON.stringify('['.repeat(500)))).toMatch(/^create/);
    expect(ask('POST', '/orders', JSON.stringify(`"\\${'{'.repeat(500)}`))).toMatch(/^create/);
    expect(ask('POST', '/orders', `[${Array(300).fill('{}').join(',')}]`)).toMatch(/^create/);
  });
});

describe('credentials', () => {
  const secret = 'a "b" c/ü';

  it('are blotted out of headers, paths and texts, in every form they are written in', () => {
    const headers = { 'x-vendor-key': secret, link: `<http://som.test?key=${secret}>`, accept: 'application/json' };
    expect(recordedHeaders(headers, [secret])).toEqual({
      accept: 'application/json',
      link: '[redacted]',
      'x-vendor-key': '[redacted]',
    });
    expect(recordedPath(`http://som.test/a?key=${encodeURIComponent(secret)}&b=1`, [secret])).toBe(
      '/a?key=[redacted]&b=1',
    );
    expect(withoutSecrets(JSON.stringify({ message: `bad key ${secret}` }), [secret])).toBe(
      '{"message":"bad key [redacted]"}',
    );
    expect(withoutSecrets(String(new URLSearchParams({ key: 'a b' })), ['a b'])).toBe('key=[redacted]');
  });

  it('leave nothing behind when one is part of another', () => {
    expect(withoutSecrets('key12345 and key123', ['key123', 'key12345'])).toBe('[redacted] and [redacted]');
    expect(withoutSecrets('text', [''])).toBe('text');
  });

  it.each([
    ['grant_type=client_credentials&client_secret=x', 'application/x-www-form-urlencoded;charset=UTF-8', true],
    ['a=b', 'application/x-www-form-urlencoded', false],
    ['{"grant_type":1}', 'application/json', false],
  ])('are asked for by %s', (text, contentType, expected) => {
    expect(asksForToken({ headers: { 'content-type': contentType }, body: receivedBody(text) })).toBe(expected);
    expect(asksForToken({ headers: {} })).toBe(false);
  });
});
