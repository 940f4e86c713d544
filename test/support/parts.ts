/** Engines with resource orders and work orders that somebody waits for. */
import { readDocument } from '../../scenarios/files.ts';
import { catalogueOf, policiesOf } from './orders.ts';
import { openToldEngine, type ToldEngine } from './told-engine.ts';

export const resources = '/tmf-api/resourceOrderingManagement/v4';
export const work = '/tmf-api/workOrderManagement/v4';
export const products = '/tmf-api/productOrderingManagement/v4';
export const services = '/tmf-api/serviceOrdering/v4';
const inside = { rows: [], default: { outboundEnabled: false } };

const row = (when: object, type: string) => ({ name: type, when, then: { work: type, targetSystem: 'wom' } });
export const fibre = {
  catalogue: catalogueOf(readDocument('scenarios/catalogues/fibre.yaml')),
  policies: policiesOf({
    policies: 'somebody patches the port',
    outbound: inside,
    workOrders: { domainOrders: { rows: [row({ specification: 'optical-port' }, 'Patching')] } },
  }),
};
const building = {
  catalogue: catalogueOf(readDocument('scenarios/catalogues/building.yaml')),
  policies: policiesOf({
    policies: 'somebody digs',
    outbound: inside,
    workOrders: { orderTasks: { rows: [row({ task: 'Dig' }, 'Digging')] } },
  }),
};

/** A fibre line whose port waits for work that nobody does; everything else of it is under way. */
export async function fibreLine(): Promise<{ om: ToldEngine; order: string; port: string; patching: string }> {
  const om = await openToldEngine(fibre);
  const productOrderItem = [{ id: '1', action: 'add', productOffering: { id: 'fibre-line' } }];
  const { body } = await om.send('POST', '/tmf-api/productOrderingManagement/v4/productOrder', { productOrderItem });
  const { domainOrders } = (await om.engine.order(body.id)) ?? { domainOrders: [] };
  const port = domainOrders.find(({ specification, kind }) => specification === 'optical-port' && kind === 'resource');
  return {
    om,
    order: body.id,
    port: `${resources}/resourceOrder/${body.id}-${port?.number}`,
    patching: `${work}/workOrder/${body.id}-WO0000001`,
  };
}

/** A line of our own whose survey is done, so that somebody is to dig. There is nobody to be sent: the work is on hold. */
export async function dug(policies = building.policies): Promise<{ om: ToldEngine; order: string; digging: string }> {
  const om = await openToldEngine({ ...building, policies });
  const service = { serviceSpecification: { id: 'own-line' } };
  const serviceOrderItem = [{ id: '1', action: 'add', service }];
  const { body } = await om.send('POST', `${services}/serviceOrder`, { serviceOrderItem });
  const { tasks } = (await om.engine.order(body.id)) ?? { tasks: [] };
  const survey = tasks.find(({ name }) => name === 'Survey the site')?.id;
  const characteristics = [{ name: 'ductFree', value: true }];
  await om.send('POST', `/southbound/v1/order/${body.id}/task/${survey}/close`, { characteristics });
  return { om, order: body.id, digging: `${work}/workOrder/${body.id}-WO0000001` };
}
