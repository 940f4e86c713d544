/** The listener: how it answers at each of its addresses. */
import { describe, expect, it } from 'vitest';
import { openListener } from '../../../contracts/verify/listener.ts';
import type { Answer } from '../../../exchange/endpoint.ts';
import { jsonBody } from '../../../exchange/message.ts';

function opened(path = '/events') {
  const listener = openListener(path);
  const post = async (name: string, eventId: string | undefined, below = ''): Promise<Answer> =>
    listener.endpoint({
      method: 'POST',
      path: `${path}/${name}${below}`,
      query: {},
      headers: {},
      body: jsonBody(eventId === undefined ? { some: 'thing' } : { eventId }),
    });
  const statusOf = (answer: Answer) => (answer.kind === 'reply' ? answer.response.status : answer.kind);
  const told = async (name: string, ...ids: readonly string[]) => {
    const answers = [];
    for (const id of ids) answers.push(statusOf(await post(name, id)));
    return answers;
  };
  return { ...listener, post, told };
}

describe('a listener', () => {
  it('takes everything, again and again, at the callback and below it', async () => {
    const { told, post } = opened();
    expect(await told('watch', 'a', 'b', 'a')).toEqual([201, 201, 201]);
    expect(await post('watch', 'c', '/listener/serviceOrderCreateEvent')).toMatchObject({ kind: 'reply', afterMs: 0 });
  });

  it('is not there beside its path', async () => {
    const { endpoint } = opened('/events');
    for (const path of ['/', '/events', '/eventsandmore/watch', '/other/watch']) {
      const answer = await endpoint({ method: 'POST', path, query: {}, headers: {} });
      expect(answer).toMatchObject({ kind: 'reply', response: { status: 404 } });
    }
  });

  it('that fails refuses every second event when it comes first, and takes it when it comes again', async () => {
    const { told, behave } = opened();
    behave('x', { kind: 'failing' });
    expect(await told('x', 'a', 'b', 'a', 'c', 'c', 'd')).toEqual([503, 201, 201, 503, 201, 201]);
  });

  it('that fails knows when all of it has come again', async () => {
    const { told, behave, hasAll } = opened();
    behave('x', { kind: 'failing' });
    expect(hasAll('x')).toBe(false);
    await told('x', 'a', 'b');
    expect(hasAll('x')).toBe(false);
    await told('x', 'a');
    expect(hasAll('x')).toBe(true);
  });

  it('that is silent does not answer the first event, and takes it when it comes again', async () => {
    const { told, behave, hasAll } = opened();
    behave('x', { kind: 'silent' });
    expect(await told('x', 'a', 'b')).toEqual(['silence', 201]);
    expect(hasAll('x')).toBe(false);
    expect(await told('x', 'a', 'a')).toEqual([201, 201]);
    expect(hasAll('x')).toBe(true);
  });

  it('that is slow takes everything after a while', async () => {
    const { post, behave } = opened();
    behave('x', { kind: 'slow', afterMs: 3_000 });
    expect(await post('x', 'a')).toMatchObject({ kind: 'reply', afterMs: 3_000, response: { status: 201 } });
  });

  it('behaves at one address as it does not at another, and otherwise from now on', async () => {
    const { told, behave } = opened();
    behave('x', { kind: 'failing' });
    expect(await told('y', 'a')).toEqual([201]);
    expect(await told('xy', 'a')).toEqual([201]);
    behave('x', { kind: 'willing' });
    expect(await told('x', 'a')).toEqual([201]);
  });

  it('knows an event without an id by what it says', async () => {
    const { post, behave } = opened();
    behave('x', { kind: 'failing' });
    expect(await post('x', undefined)).toMatchObject({ response: { status: 503 } });
    expect(await post('x', undefined)).toMatchObject({ response: { status: 201 } });
  });
});
