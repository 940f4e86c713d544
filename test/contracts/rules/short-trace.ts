/** A scene as the trace that a verifier would have written of it. */
import type { Trace, TracedExchange } from '../../../contracts/records/trace.ts';
import type { Look, Scene, Told } from './oracle.ts';

const basePath = '/tmf-api/serviceOrdering/v4';
const origin = 1_767_225_600_000;

/** @param items what items each look shows, in the order of looks; the create comes first. */
export function traceOfScene(scene: Scene, itemsOf: (look: Look) => readonly object[] = () => []): Trace {
  const { created, looks, told, cancels } = scene;
  const order = (look: Look) => ({ id: 'o1', state: look.state, ...shownItems(itemsOf(look)) });
  const watching = { callback: 'http://verifier.test/events/watch' };
  const exchanges = [
    ...(told === undefined
      ? []
      : [
          asked(-2, -1, { method: 'POST', path: '/hub', sent: watching }, 201, { id: 's1', ...watching }),
          callback('Create', { at: created.from + 0.1, state: 'acknowledged' }, 'e-created'),
        ]),
    asked(created.from, created.to, { method: 'POST', path: '/serviceOrder', sent: {} }, 201, order(created)),
    ...looks.map((look) => asked(look.from, look.to, { method: 'GET', path: '/serviceOrder/o1' }, 200, order(look))),
    ...cancels.map(({ from, to }, place) => {
      const sent = { serviceOrder: { id: 'o1' } };
      const task = { id: `c${place}`, state: 'accepted', serviceOrder: { id: 'o1' } };
      return asked(from, to, { method: 'POST', path: '/cancelServiceOrder', sent }, 201, task);
    }),
    ...(told ?? []).map((event, place) => callback('StateChange', event, `e${place}`)),
  ];
  const ordered = exchanges.toSorted((one, other) => one.sentOrder - other.sentOrder);
  return {
    basePath,
    listenerPath: '/events',
    namespace: 'southbound-',
    exchanges: ordered.map((each, place) => ({ ...each, id: `x${place}` })),
  };
}

function shownItems(items: readonly object[]): { serviceOrderItem?: readonly object[] } {
  return items.length === 0 ? {} : { serviceOrderItem: items };
}

/** Places are spread, so that a callback can begin and end at one. */
function asked(
  from: number,
  to: number,
  request: { method: string; path: string; sent?: object },
  status: number,
  got: object,
): TracedExchange {
  const { method, path, sent } = request;
  return {
    id: '',
    from: 'verifier',
    to: 'vendor',
    sentAt: origin + 10 * from,
    endedAt: origin + 10 * to,
    sentOrder: 10 * from,
    endedOrder: 10 * to,
    request: {
      method,
      path: `${basePath}${path}`,
      headers: {},
      ...(sent === undefined ? {} : { body: { text: JSON.stringify(sent) } }),
    },
    outcome: { kind: 'answered', status, headers: {}, body: { text: JSON.stringify(got) } },
    ...(path === '/hub' ? { aim: { experiment: 'watch', step: 'register' } } : {}),
  };
}

function callback(change: string, { at, state, time }: Told, eventId: string): TracedExchange {
  const event = {
    eventId,
    eventType: `ServiceOrder${change}Event`,
    ...(time === undefined ? {} : { eventTime: new Date(origin + time).toISOString() }),
    event: { serviceOrder: { id: 'o1', state } },
  };
  return {
    id: '',
    from: 'vendor',
    to: 'verifier',
    sentAt: origin + 10 * at,
    endedAt: origin + 10 * at + 1,
    sentOrder: 10 * at,
    endedOrder: 10 * at + 1,
    request: { method: 'POST', path: '/events/watch', headers: {}, body: { text: JSON.stringify(event) } },
    outcome: { kind: 'answered', status: 201, headers: {} },
  };
}

/** A scene in one line, for whoever has to look into it. */
export function sceneText({ looks, told, cancels }: Scene): string {
  const events = told?.map(
    ({ at, state, time }) => `told ${state} at ${at}${time === undefined ? '' : ` (eventTime ${time})`}`,
  );
  return [
    ...looks.map(({ from, to, state }) => `look ${state} ${from}-${to}`),
    ...(events ?? ['nobody listens']),
    ...cancels.map(({ from, to }) => `cancel ${from}-${to}`),
  ].join(', ');
}
