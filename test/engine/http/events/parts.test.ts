/** What subscribers at the hubs of TMF652 and TMF697 are told of resource orders and work orders. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../scenarios/files.ts';
import { catalogueOf, policiesOf } from '../../../support/orders.ts';
import { type Heard, openToldEngine, type ToldEngine } from '../../../support/told-engine.ts';

const resourceHub = '/tmf-api/resourceOrderingManagement/v4/hub';
const workHub = '/tmf-api/workOrderManagement/v4/hub';
const inside = { rows: [], default: { outboundEnabled: false } };
/** There is no such system, so that the work waits for somebody. */
const ports = {
  name: 'ports',
  when: { specification: 'optical-port' },
  then: { work: 'Installation', targetSystem: 'wom' },
};

const options = {
  catalogue: catalogueOf(readDocument('scenarios/catalogues/fibre.yaml')),
  policies: policiesOf({ policies: 'p', outbound: inside, workOrders: { domainOrders: { rows: [ports] } } }),
};

async function order(om: ToldEngine): Promise<string> {
  const productOrderItem = [{ id: '1', action: 'add', productOffering: { id: 'fibre-line' } }];
  const { body } = await om.send('POST', '/tmf-api/productOrderingManagement/v4/productOrder', { productOrderItem });
  return body.id;
}

const saidOf = (heard: readonly Heard[]) =>
  heard.map(({ event }) => {
    const resource = event.event.resourceOrder ?? event.event.workOrder;
    return `${event.eventType} ${resource.id.slice(-9)} ${resource.state}`;
  });

describe('listeners of resource orders', () => {
  it('are told of each when it is there, and of every state it comes to', async () => {
    const om = await openToldEngine(options);
    const { url, heard } = om.listener('inventory');
    await om.subscribe(url, { at: resourceHub });
    await order(om);
    await om.later(3 * 60 * 60_000);
    const said = saidOf(heard);
    expect(said.filter((each) => each.startsWith('ResourceOrderCreateEvent'))).toHaveLength(4);
    const strand = heard.find(
      ({ event }) => event.event.resourceOrder.orderItem[0].resourceSpecification.id === 'strand',
    );
    const number = strand?.event.event.resourceOrder.id.slice(-9);
    expect(said.filter((each) => each.includes(number))).toEqual([
      `ResourceOrderCreateEvent ${number} acknowledged`,
      `ResourceOrderStateChangeEvent ${number} inProgress`,
      `ResourceOrderStateChangeEvent ${number} completed`,
    ]);
    expect(new Set(heard.map(({ event }) => event.eventId)).size).toBe(heard.length);
    expect(heard[0]?.request.path).toBe('/listener/resourceOrderCreateEvent');
  });

  it('hear nothing of work, and those of work nothing of resources', async () => {
    const om = await openToldEngine(options);
    const [resources, work] = [om.listener('resources'), om.listener('work')];
    await om.subscribe(resources.url, { at: resourceHub });
    await om.subscribe(work.url, { at: workHub });
    await order(om);
    await om.later(3 * 60 * 60_000);
    expect(resources.heard.every(({ event }) => 'resourceOrder' in event.event)).toBe(true);
    expect(saidOf(work.heard)[0]).toBe('WorkOrderCreateEvent WO0000001 acknowledged');
    expect(work.heard.every(({ event }) => 'workOrder' in event.event)).toBe(true);
  });

  it('hear what they ask for alone', async () => {
    const om = await openToldEngine(options);
    const { url, heard } = om.listener('done');
    const query = 'eventType=ResourceOrderStateChangeEvent&event.resourceOrder.state=completed';
    await om.subscribe(url, { at: resourceHub, query });
    await order(om);
    await om.later(3 * 60 * 60_000);
    expect(heard.length).toBeGreaterThan(0);
    expect(new Set(saidOf(heard).map((each) => each.split(' ').at(-1)))).toEqual(new Set(['completed']));
  });

  it('are told which attributes are others now', async () => {
    const om = await openToldEngine(options);
    const { url, heard } = om.listener('inventory');
    await om.subscribe(url, { at: resourceHub });
    const id = await order(om);
    const { domainOrders } = (await om.engine.order(id)) ?? { domainOrders: [] };
    const open = domainOrders.find(({ specification }) => specification === 'optical-port')?.id ?? '';
    const characteristics = [{ name: 'bandwidth', value: '10 Gbps' }];
    await om.send('PATCH', `/southbound/v1/order/${id}/serviceOrder/${open}`, { characteristics });
    expect(heard.at(-1)?.event).toMatchObject({
      eventType: 'ResourceOrderAttributeValueChangeEvent',
      fieldPath: 'orderItem',
      event: {
        resourceOrder: {
          orderItem: [{ resource: { resourceCharacteristic: [{ name: 'bandwidth', value: '10 Gbps' }] } }],
        },
      },
    });
  });

  it('hear everything once and in order, though the engine dies between a step and its telling', async () => {
    const om = await openToldEngine(options);
    const { url, heard } = om.listener('inventory', [503]);
    await om.subscribe(url, { at: resourceHub });
    const stored: string[] = [];
    const { commit } = om.engine.store;
    // The engine dies as soon as the step is stored in which resource orders come to be.
    om.engine.store.commit = async (step) => {
      const outcome = await commit(step);
      stored.push(...step.effects.map(({ type }) => type));
      if (stored.includes('NotifyOfParts')) om.engine.abandon();
      return outcome;
    };
    await order(om);
    expect(heard).toEqual([]);
    om.engine.store.commit = commit;
    await om.restart();
    await om.later(3 * 60 * 60_000);
    const created = heard.filter(({ event }) => event.eventType === 'ResourceOrderCreateEvent');
    // The first of them was refused once, and came once more.
    expect([created.length, new Set(created.map(({ event }) => event.eventId)).size]).toEqual([5, 4]);
    expect(new Set(saidOf(created)).size).toBe(4);
  });
});

describe('nobody', () => {
  it('is told of resource orders while nobody listens: nothing is stored for it either', async () => {
    const om = await openToldEngine(options);
    const id = await order(om);
    const steps = await om.engine.history(id);
    expect(steps.flatMap(({ story }) => story.moves).some(({ number }) => number.startsWith('RO'))).toBe(true);
    const { url, heard } = om.listener('late');
    await om.subscribe(url, { at: resourceHub });
    await om.restart();
    expect(heard).toEqual([]);
  });
});
