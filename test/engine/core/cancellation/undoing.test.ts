/** What was done is undone: by which tasks, in which order, and what the inventory has in the end. */
import { describe, expect, it } from 'vitest';
import { approve, cancel, decline, linesOf, notesOf, reported } from '../../../support/canceling.ts';
import { LifeWithInventory } from '../../../support/inventory.ts';
import {
  accepted,
  captureOf,
  catalogueOf,
  type Happening,
  type Life,
  policiesOf,
  serviceLineOf,
  statesOf,
} from '../../../support/orders.ts';

const catalogue = catalogueOf({
  catalogue: 'undone',
  requestDefinitions: [{ id: 'port', characteristics: [{ name: 'port', mandatory: true }] }],
  plans: [
    {
      plan: 'built',
      tasks: [
        { task: 'survey' },
        { task: 'reserve', after: ['survey'], undo: { task: 'release', by: 'automatic', takes: 'PT10M' } },
        { task: 'dig', after: ['survey'], undo: { task: 'fill in', requests: 'port' } },
        { task: 'paint', after: ['dig', 'reserve'] },
        { task: 'wire', after: ['paint'], undo: { task: 'unwire' } },
        { task: 'light', after: ['wire'], undo: { task: 'darken' } },
      ],
    },
    {
      plan: 'sent',
      tasks: [
        { task: 'prepare', undo: { task: 'put away' } },
        { task: 'order', by: 'outbound', after: ['prepare'] },
      ],
    },
  ],
  services: [
    { id: 'line', type: 'CFS', plan: 'built', characteristics: [{ name: 'port' }] },
    { id: 'radio', type: 'CFS', plan: 'sent' },
    { id: 'plain', type: 'CFS' },
    {
      id: 'house',
      type: 'CFS',
      plan: 'built',
      characteristics: [{ name: 'port' }],
      relationships: [
        { type: 'Requires', target: 'cellar' },
        { type: 'Requires', target: 'roof', after: ['cellar'] },
      ],
    },
    { id: 'cellar', type: 'RFS', plan: 'built', characteristics: [{ name: 'port' }] },
    { id: 'roof', type: 'RFS', plan: 'built', characteristics: [{ name: 'port' }] },
  ],
});

const policies = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'som', maxRetries: 0 } }] },
});

function approved(...specifications: string[]): LifeWithInventory {
  const life = new LifeWithInventory(policies, catalogue);
  life.take(captureOf({ category: 'Service', lines: specifications.map((each) => serviceLineOf(each)) }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

function close(life: Life, ...names: string[]): void {
  for (const name of names) {
    const task = life.order?.tasks.find((each) => each.name === name && each.state !== 'closed_complete');
    const characteristics = name === 'fill in' ? { characteristics: [{ name: 'port', value: '7' }] } : {};
    life.then({ type: 'CloseTask', task: task?.id ?? 'none', ...characteristics } as Happening); // of these two kinds
  }
}

const states = ({ order }: Life) => (order === undefined ? {} : statesOf(order));
const tasksOf = (life: Life) => Object.fromEntries(life.order?.tasks.map(({ name, state }) => [name, state]) ?? []);

function ring(life: Life): void {
  const timers = life.effects.flatMap((effect) => (effect.type === 'SetTimer' ? [effect.timer] : []));
  for (const timer of timers) life.then({ type: 'TimerFired', timer, effectId: 'e' });
}

function canceled(life: Life): void {
  life.then(cancel);
  life.then(approve);
}

describe('tasks that undo', () => {
  it('are there for what was begun and can be undone, the last done first; the rest is canceled', () => {
    const life = approved('line');
    close(life, 'survey', 'reserve', 'dig', 'paint');
    const wire = life.order?.tasks.find(({ name }) => name === 'wire')?.id ?? '';
    life.then({ type: 'StartTask', task: wire });
    canceled(life);
    expect(tasksOf(life)).toEqual({
      survey: 'closed_complete',
      reserve: 'closed_complete',
      dig: 'closed_complete',
      paint: 'closed_complete',
      wire: 'canceled',
      light: 'canceled',
      unwire: 'open',
      'fill in': 'draft',
      release: 'draft',
    });
    expect(life.order?.state).toBe('cancellation_in_progress');
    expect(states(life)).toEqual({ line: 'cancellation_in_progress' });
    close(life, 'unwire');
    expect(tasksOf(life)).toMatchObject({ 'fill in': 'open', release: 'in_progress' });
    ring(life);
    expect(life.order?.state).toBe('cancellation_in_progress');
    close(life, 'fill in');
    expect(states(life)).toEqual({ line: 'canceled' });
    expect(life.order?.state).toBe('canceled');
    expect(life.statuses).toEqual({ line: 'inactive' });
  });

  it('ask for what their plan says', () => {
    const life = approved('line');
    close(life, 'survey', 'dig');
    canceled(life);
    const task = life.order?.tasks.find(({ name }) => name === 'fill in');
    expect(task?.requestDefinition).toBe('port');
    expect(life.order?.tasks.find(({ id }) => id === task?.undoes)?.name).toBe('dig');
    expect(() => life.then({ type: 'CloseTask', task: task?.id ?? '' })).toThrow('taskLacksValues');
  });

  it('are none where nothing was begun: it is canceled at once', () => {
    const life = approved('line');
    canceled(life);
    expect(life.order).toMatchObject({ state: 'canceled', cancellations: [{ state: 'done' }] });
    expect(new Set(Object.values(tasksOf(life)))).toEqual(new Set(['canceled']));
    expect(linesOf(life)).toEqual(['canceled']);
  });

  it('are done where an automatic task ended while it was being assessed, and declined it closes by itself', () => {
    const life = approved('line');
    close(life, 'survey');
    life.then(cancel);
    expect(tasksOf(life)).toMatchObject({ reserve: 'on_hold', dig: 'on_hold' });
    life.then(decline);
    expect(tasksOf(life)).toMatchObject({ survey: 'closed_complete', reserve: 'open', dig: 'open' });
  });

  it('cannot be let go by hand while it is being assessed', () => {
    const life = approved('line');
    life.then(cancel);
    const task = life.order?.tasks[0]?.id ?? '';
    expect(() => life.then({ type: 'ReleaseTask', task })).toThrow('taskHeldFromAbove');
    expect(() => life.then({ type: 'CloseTask', task })).toThrow('taskNotInThisState');
  });
});

describe('domain orders', () => {
  const openOf = (life: Life) => {
    const number = new Map(life.order?.domainOrders.map(({ id, specification }) => [id, specification]));
    return (life.order?.tasks ?? []).flatMap(({ name, state, about }) =>
      state === 'open' && about.kind === 'domainOrder' ? [`${name} ${number.get(about.domainOrder)}`] : [],
    );
  };

  it('are undone in the reverse of the order in which they were made: successors and children first', () => {
    const life = approved('house');
    const closeAll = (specification: string, ...names: string[]) => {
      const domainOrder = life.order?.domainOrders.find((each) => each.specification === specification)?.id;
      for (const name of names) {
        const task = life.order?.tasks.find(
          ({ name: its, about }) => its === name && about.kind === 'domainOrder' && about.domainOrder === domainOrder,
        );
        const characteristics = name === 'fill in' ? { characteristics: [{ name: 'port', value: '7' }] } : {};
        life.then({ type: 'CloseTask', task: task?.id ?? 'none', ...characteristics } as Happening); // of these two kinds
      }
    };
    closeAll('house', 'survey', 'dig');
    closeAll('cellar', 'survey', 'dig', 'reserve', 'paint', 'wire', 'light');
    closeAll('roof', 'survey', 'dig');
    expect(states(life)).toEqual({ house: 'in_progress', cellar: 'closed_complete', roof: 'in_progress' });
    expect(life.statuses.cellar).toBe('active');
    canceled(life);
    expect(openOf(life)).toEqual(['fill in roof']);
    closeAll('roof', 'fill in');
    expect(states(life)).toMatchObject({ roof: 'canceled', cellar: 'closed_complete' });
    expect(openOf(life)).toEqual(['darken cellar']);
    closeAll('cellar', 'darken', 'unwire');
    ring(life);
    expect(life.statuses.cellar).toBe('active');
    closeAll('cellar', 'fill in');
    expect(life.statuses.cellar).toBe('inactive');
    expect(openOf(life)).toEqual(['fill in house']);
    expect(linesOf(life)).toEqual(['cancellation_in_progress']);
    closeAll('house', 'fill in');
    expect(states(life)).toEqual({ house: 'canceled', cellar: 'closed_complete', roof: 'canceled' });
    expect(life.order?.state).toBe('canceled');
    expect(new Set(Object.values(life.statuses))).toEqual(new Set(['inactive']));
  });

  it('wait with their undoing for the outside, which was asked last', () => {
    const life = approved('radio');
    close(life, 'prepare');
    life.then(accepted(life.order?.dispatches[0]?.requestId ?? ''));
    canceled(life);
    expect(tasksOf(life)).toEqual({ prepare: 'closed_complete', order: 'canceled', 'put away': 'draft' });
    expect(life.effect('SendCancellation')).toMatchObject({
      externalOrderId: 'som-1',
      reason: 'moved away',
      target: 'som',
    });
    reported(life, 'error');
    expect(tasksOf(life)['put away']).toBe('open');
    close(life, 'put away');
    expect(life.order?.state).toBe('canceled');
  });

  it('of a line that was completed stay as they are, and what they brought with them', () => {
    const life = approved('radio', 'line');
    close(life, 'prepare');
    life.then(accepted(life.order?.dispatches[0]?.requestId ?? ''));
    reported(life, 'fulfilled');
    expect(linesOf(life)).toEqual(['completed', 'in_progress']);
    canceled(life);
    expect(linesOf(life)).toEqual(['completed', 'canceled']);
    expect(life.order?.state).toBe('canceled');
    expect(life.statuses).toEqual({ radio: 'active', line: 'inactive' });
  });

  it('that the outside fulfilled after all, and that nothing undoes, leave a note', () => {
    const life = approved('plain');
    life.then(accepted(life.order?.dispatches[0]?.requestId ?? ''));
    canceled(life);
    reported(life, 'fulfilled');
    expect(states(life)).toEqual({ plain: 'canceled' });
    expect(life.order?.state).toBe('canceled');
    expect(notesOf(life)).toContain('som has fulfilled it, and no task undoes that: it has to be disconnected there');
  });
});
