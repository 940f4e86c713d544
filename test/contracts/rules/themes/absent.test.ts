/** Rules on what is not there: unknown ids, methods, media types, and orders that were deleted. */
import { describe, expect, it } from 'vitest';
import { order, orderAsked, type Row, refusal, type Said, told, verdict } from '../plain-trace.ts';

describe('unknown-id', () => {
  const asked = (more: Partial<Said>): Said => ({
    method: 'GET',
    path: '/serviceOrder/nobody',
    aim: 'unknown order',
    ...more,
  });
  it.each<Row>([
    ['it is answered 404', 'pass', [asked(refusal(404))]],
    ['it is answered 200', 'fail: found', [asked({ got: {} })]],
    ['it is answered 400', 'fail: 400', [asked(refusal(400))]],
    [
      'it is a patch, and patches are declared not to be offered',
      'inconclusive',
      [asked({ method: 'PATCH', aim: 'unknown patch', ...refusal(405) })],
      { offers: { patch: false } },
    ],
  ])('%s: %s', (_what, expected, said, statement = {}) => {
    expect(verdict('unknown-id', said, { statement })).toBe(expected);
  });
});

describe('method-not-allowed', () => {
  const asked = (more: Partial<Said>): Said => ({
    method: 'PUT',
    path: '/serviceOrder/o1',
    sent: orderAsked,
    aim: 'methods put',
    wrong: 'PUT is no method of TMF641',
    ...more,
  });
  it.each<Row>([
    ['it is answered 405 with Allow', 'pass', [asked({ ...refusal(405), headers: { allow: 'GET' } })]],
    ['it is answered 405 without Allow', 'fail: 405 without Allow', [asked(refusal(405))]],
    ['it is done', 'fail: accepted', [asked({ got: order('acknowledged') })]],
    ['it is answered 500', 'fail: 500', [asked(refusal(500))]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('method-not-allowed', said)).toBe(expected);
  });
});

describe('unsupported-media-type', () => {
  const asked = (more: Partial<Said>): Said => ({
    method: 'POST',
    path: '/serviceOrder',
    sent: orderAsked,
    sentHeaders: { 'content-type': 'text/plain' },
    aim: 'media text',
    wrong: 'its media type is not JSON',
    ...more,
  });
  const left = (...ids: readonly string[]): Said => ({
    method: 'GET',
    path: '/serviceOrder?externalId=e1',
    got: ids.map((id) => order('acknowledged', { id })),
    aim: 'media left',
  });
  it.each<Row>([
    ['it is refused', 'pass', [asked(refusal(415)), left()]],
    ['it is taken', 'fail: accepted', [asked({ status: 201, got: order('acknowledged') })]],
    ['it is refused, and made all the same', 'fail: made all the same', [asked(refusal(415)), left('o9')]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('unsupported-media-type', said)).toBe(expected);
  });
});

describe('deleted-is-gone', () => {
  const deleted = (more: Partial<Said> = {}): Said => ({
    method: 'DELETE',
    path: '/serviceOrder/o1',
    status: 204,
    aim: 'deletion delete',
    ...more,
  });
  const gone = (more: Partial<Said>): Said => ({
    method: 'GET',
    path: '/serviceOrder/o1',
    aim: 'deletion gone',
    ...more,
  });
  const list = (...got: readonly unknown[]): Said => ({
    method: 'GET',
    path: '/serviceOrder',
    got,
    aim: 'deletion list',
  });
  it.each<Row>([
    ['it is not found any more', 'pass', [deleted(), gone(refusal(404)), list()]],
    ['it is still found', 'fail: found', [deleted(), gone({ got: order('completed') })]],
    ['it is still listed', 'fail: listed', [deleted(), gone(refusal(404)), list(order('completed'))]],
    [
      'it is still announced',
      'fail: announced',
      [deleted(), gone(refusal(404)), told('StateChange', 'failed', { eventTime: '2030-01-01T00:00:00Z' })],
    ],
    [
      'it goes on though it was deleted before its end',
      'fail: announced, goes on',
      [
        deleted(),
        deleted({ aim: 'deletion delete-early' }),
        told('StateChange', 'completed', { eventTime: '2030-01-01T00:00:00Z' }),
      ],
    ],
    ['the deletion breaks the server', 'fail: 5xx', [deleted(refusal(500))]],
    ['nothing was deleted', 'not applicable', []],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('deleted-is-gone', said, { statement: { offers: { delete: true } } })).toBe(expected);
  });
});
