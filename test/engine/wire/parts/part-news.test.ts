/** What a step makes of resource orders and work orders, to whoever reads them from outside. */
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../engine/model/catalogue.ts';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import type { StateChange } from '../../../../engine/model/outcome.ts';
import type { PartNews } from '../../../../engine/model/parts/news.ts';
import { partNews } from '../../../../engine/wire/north/parts/part-news.ts';
import { readDocument } from '../../../../scenarios/files.ts';
import {
  captureOf,
  catalogueOf,
  type Happening,
  Life,
  lineOf,
  policiesOf,
  serviceLineOf,
} from '../../../support/orders.ts';

const fibre = catalogueOf(readDocument('scenarios/catalogues/fibre.yaml'));
const building = catalogueOf(readDocument('scenarios/catalogues/building.yaml'));
const inside = { rows: [], default: { outboundEnabled: false } };

/** Each piece of news in a line. */
function told(order: CustomerOrder, news: readonly PartNews[]): string[] {
  const numberOf = (id: string) => order.domainOrders.find((each) => each.id === id)?.number ?? id;
  return news.map((each) => {
    if (each.kind === 'deleted') return `deleted ${each.was.number}`;
    const what = 'state' in each ? each.state : each.attributes.join(',');
    return `${each.kind} ${numberOf(each.part)} ${what}`;
  });
}

/** What a step of that life is to whoever listens. */
function newsOf(life: Life, catalogue: Catalogue, happening: Happening): string[] {
  const before = life.order;
  if (before === undefined) throw new Error('nothing is captured');
  const order = life.then(happening);
  return told(order, partNews({ before, order, story: { moves: life.moves }, catalogue, isRemoved: false }));
}

/** Its port is done by somebody outside, who does not answer; all else by itself. */
function fibreLine(): Life {
  const ports = {
    name: 'ports',
    when: { kind: 'resource', specification: 'optical-port' },
    then: { outboundEnabled: true, targetSystem: 'rom' },
  };
  const outbound = { ...inside, rows: [ports] };
  const life = new Life(policiesOf({ policies: 'p', approval: 'manual', outbound }), fibre);
  life.take(captureOf({ lines: [lineOf({ offering: 'fibre-line' })] }));
  return life;
}

function digging(): Life {
  const row = { name: 'digging', when: { task: 'Dig' }, then: { work: 'Digging', targetSystem: 'wom' } };
  const workOrders = { orderTasks: { rows: [row] } };
  const life = new Life(policiesOf({ policies: 'p', approval: 'manual', outbound: inside, workOrders }), building);
  life.take(captureOf({ category: 'Service', lines: [serviceLineOf('own-line')] }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

function taskOf({ order }: Life, name: string): string {
  return order?.tasks.find((each) => each.name === name)?.id ?? '';
}

describe('the news of a step', () => {
  it('is that each resource order is there, and every state it came to by then, in the order of the story', () => {
    const life = fibreLine();
    const news = newsOf(life, fibre, { type: 'ApproveOrder' });
    for (const number of ['RO0000001', 'RO0000002', 'RO0000003', 'RO0000004'])
      expect(news).toContain(`created ${number} acknowledged`);
    const begun = news.indexOf('stateChanged RO0000001 inProgress');
    expect(begun).toBeGreaterThan(news.indexOf('created RO0000001 acknowledged'));
    expect(news.some((each) => each.includes('SO') || each.includes('PO'))).toBe(false);
  });

  it('is the names of what is shown otherwise', () => {
    const life = fibreLine();
    life.then({ type: 'ApproveOrder' });
    const port = life.order?.domainOrders.find(({ specification }) => specification === 'optical-port')?.id ?? '';
    const characteristics = [{ name: 'bandwidth', value: '10 Gbps' }];
    expect(newsOf(life, fibre, { type: 'UpdateServiceOrder', serviceOrder: port, characteristics })).toEqual([
      'attributesChanged RO0000001 orderItem',
    ]);
  });

  it('is of work that is raised, asked to wait, and let go on: which makes no move of its own', () => {
    const life = digging();
    const survey = taskOf(life, 'Survey the site');
    const characteristics = [{ name: 'ductFree', value: true }];
    expect(newsOf(life, building, { type: 'CloseTask', task: survey, characteristics })).toEqual([
      'created WO0000001 acknowledged',
      'stateChanged WO0000001 inProgress',
    ]);
    const dig = taskOf(life, 'Dig');
    expect(newsOf(life, building, { type: 'HoldTask', task: dig, note: 'Rain' })).toEqual([
      'stateChanged WO0000001 held',
    ]);
    expect(newsOf(life, building, { type: 'ReleaseTask', task: dig })).toEqual(['stateChanged WO0000001 inProgress']);
  });

  it('is one when it is done, and no other for the date that goes with that', () => {
    const life = digging();
    const survey = taskOf(life, 'Survey the site');
    life.then({ type: 'CloseTask', task: survey, characteristics: [{ name: 'ductFree', value: true }] });
    const work = life.order?.domainOrders.find(({ kind }) => kind === 'work')?.id ?? '';
    const done = { type: 'ForceCompleteServiceOrder', serviceOrder: work, note: 'Dug' } as const;
    expect(newsOf(life, building, done)).toEqual(['stateChanged WO0000001 completed']);
  });

  it('is of work as well when what it is for has other values', () => {
    const life = digging();
    const survey = taskOf(life, 'Survey the site');
    life.then({ type: 'CloseTask', task: survey, characteristics: [{ name: 'ductFree', value: true }] });
    const line = life.order?.domainOrders.find(({ kind }) => kind === 'service')?.id ?? '';
    const characteristics = [{ name: 'floor', value: '4' }];
    expect(newsOf(life, building, { type: 'UpdateServiceOrder', serviceOrder: line, characteristics })).toEqual([
      'attributesChanged WO0000001 workOrderItem',
    ]);
  });

  it('is nothing where nothing is shown otherwise', () => {
    const life = digging();
    expect(newsOf(life, building, { type: 'StartTask', task: taskOf(life, 'Survey the site') })).toEqual([]);
  });

  it('is what is gone, as it was, once nothing of the order stays', () => {
    const life = fibreLine();
    const order = life.then({ type: 'ApproveOrder' });
    const news = partNews({ before: order, order, story: { moves: [] }, catalogue: fibre, isRemoved: true });
    expect(told(order, news)).toEqual(
      ['RO0000001', 'RO0000002', 'RO0000003', 'RO0000004'].map((each) => `deleted ${each}`),
    );
  });

  it('is what has been left out of an order', () => {
    const life = fibreLine();
    const before = life.then({ type: 'ApproveOrder' });
    const [gone] = before.domainOrders.filter(({ kind }) => kind === 'resource');
    const order = { ...before, domainOrders: before.domainOrders.filter((each) => each !== gone) };
    const moves: StateChange[] = [];
    const news = partNews({ before, order, story: { moves }, catalogue: fibre, isRemoved: false });
    expect(news).toEqual([{ kind: 'deleted', was: gone }]);
  });
});
