/** The listener that subscribes to the order management: what it takes, and how it can be told not to. */
import { describe, expect, it } from 'vitest';
import { jsonBody, type ReceivedRequest } from '../../exchange/message.ts';
import { type ListenerMood, openListener } from '../../mocks/listener.ts';

function eventOf(eventId: string | undefined, state = 'held'): ReceivedRequest {
  const body = jsonBody({ ...(eventId === undefined ? {} : { eventId }), eventType: 'X', event: { order: { state } } });
  return { method: 'POST', path: '/listener/x', query: {}, headers: {}, body };
}

describe('a listener', () => {
  it('hears each event once, however often it comes', async () => {
    const listener = openListener();
    for (const event of [eventOf('1', 'held'), eventOf('2', 'completed'), eventOf('1', 'held')]) {
      expect(await listener.endpoint(event)).toMatchObject({ kind: 'reply', response: { status: 201 } });
    }
    expect(listener.heard.map(({ state }) => state)).toEqual(['held', 'completed']);
    expect(listener.repeated).toBe(1);
  });

  it('hears events without an id every time: nothing says that they are the same', async () => {
    const listener = openListener();
    for (const event of [eventOf(undefined), eventOf(undefined)]) await listener.endpoint(event);
    expect(listener.heard).toHaveLength(2);
  });

  it.each<[ListenerMood, object]>([
    ['away', { kind: 'reset' }],
    ['silent', { kind: 'silence' }],
    [422, { kind: 'reply', response: { status: 422, body: { json: { status: '422' } } } }],
    [410, { response: { status: 410, headers: { 'x-southbound-fault': expect.any(String) } } }],
  ])('that is told to be %s takes nothing until it is back', async (mood, answer) => {
    const listener = openListener();
    listener.mood = mood;
    expect(await listener.endpoint(eventOf('1'))).toMatchObject(answer);
    expect(listener.heard).toEqual([]);
    listener.mood = 'back';
    await listener.endpoint(eventOf('1'));
    expect([listener.heard.length, listener.repeated]).toEqual([1, 0]);
  });
});
