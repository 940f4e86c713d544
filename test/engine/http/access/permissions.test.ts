/** Who may use which route: every route with every role, against a matrix that says it once more. */
import { beforeAll, describe, expect, it } from 'vitest';
import { permissions, permissionsOf } from '../../../../engine/http/access/permissions.ts';
import { knownRoles } from '../../../../engine/model/roles.ts';
import { type GuardedEngine, openGuardedEngine, tokenOf, tokensFor } from '../../../support/guarded-engine.ts';

const managers = ['order_fulfilment_manager', 'service_order_manager'];
const agents = ['order_fulfilment_agent', 'service_order_agent'];
const creators = [...managers, ...agents, 'order_admin', 'order_agent', 'order_creator', 'order_integrator'];
const readers = [...creators, 'order_viewer'];
const operators = [...managers, ...agents, 'order_admin'];
const approvers = [...managers, 'order_admin', 'order_approver'];
const configuring = ['manager', 'admin'];

const products = '/tmf-api/productOrderingManagement/v4';
const fifth = '/productOrderingManagement/v5';
const services = '/tmf-api/serviceOrdering/v4';
const resources = '/tmf-api/resourceOrderingManagement/v4';
const work = '/tmf-api/workOrderManagement/v4';
const questions = '/tmf-api/serviceQualificationManagement/v4';
const native = '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification';
const own = '/southbound/v1';
const order = `${own}/order/{id}`;
const serviceOrder = `${own}/order/{id}/serviceOrder/{serviceOrder}`;

/** Whoever may use these, of all roles that there are; and nobody else. */
const matrix: readonly (readonly [who: readonly string[], routes: readonly string[]])[] = [
  [
    readers,
    [
      `GET ${products}/productOrder`,
      `GET ${products}/productOrder/{id}`,
      `GET ${fifth}/productOrder`,
      `GET ${fifth}/productOrder/{id}`,
      `GET ${fifth}/cancelProductOrder`,
      `GET ${fifth}/cancelProductOrder/{id}`,
      `GET ${services}/serviceOrder`,
      `GET ${resources}/resourceOrder`,
      `GET ${resources}/resourceOrder/{id}`,
      ...['', '/{id}'].map((below) => `GET ${work}/workOrder${below}`),
      ...['', '/{id}'].map((below) => `GET ${resources}/cancelResourceOrder${below}`),
      ...['', '/{id}'].map((below) => `GET ${work}/cancelWorkOrder${below}`),
      `GET ${services}/serviceOrder/{id}`,
      `GET ${products}/cancelProductOrder`,
      `GET ${products}/cancelProductOrder/{id}`,
      `GET ${services}/cancelServiceOrder`,
      `GET ${services}/cancelServiceOrder/{id}`,
      `GET ${own}/order/{id}`,
      `GET ${own}/report`,
      `GET ${own}/subscription`,
      `GET ${own}/deadLetter`,
      `GET ${questions}/checkServiceQualification`,
      `GET ${questions}/checkServiceQualification/{id}`,
      `GET ${questions}/queryServiceQualification`,
      `GET ${questions}/queryServiceQualification/{id}`,
      `GET ${native}`,
      `GET ${native}/{id}`,
      'GET /api/sn_prd_invt/product',
      'GET /api/sn_prd_invt/product/{id}',
    ],
  ],
  [
    creators,
    [
      `POST ${products}/productOrder`,
      `POST ${fifth}/productOrder`,
      `POST ${services}/serviceOrder`,
      `POST ${resources}/resourceOrder`,
      `POST ${questions}/checkServiceQualification`,
      `PATCH ${questions}/checkServiceQualification/{id}`,
      `DELETE ${questions}/checkServiceQualification/{id}`,
      `POST ${questions}/queryServiceQualification`,
      `PATCH ${questions}/queryServiceQualification/{id}`,
      `DELETE ${questions}/queryServiceQualification/{id}`,
      `POST ${native}`,
    ],
  ],
  // A patch may also say that what was missing is there, which agents may say, too; each of them may place orders as well.
  [
    creators,
    [products, fifth]
      .map((base) => `PATCH ${base}/productOrder/{id}`)
      .concat(`PATCH ${services}/serviceOrder/{id}`, `PATCH ${resources}/resourceOrder/{id}`),
  ],
  [
    [...operators, 'order_agent', 'order_integrator'],
    [products, fifth]
      .map((base) => `DELETE ${base}/productOrder/{id}`)
      .concat(
        `DELETE ${services}/serviceOrder/{id}`,
        `DELETE ${resources}/resourceOrder/{id}`,
        `DELETE ${work}/workOrder/{id}`,
      ),
  ],
  [
    ['order_integrator'],
    [
      `POST ${services}/listener`,
      `POST ${services}/listener/{event}`,
      'POST /callback/api/v1/event',
      'POST /api/sn_tmf_api/order/serviceOrder/outboundresponse',
      'POST /api/sn_tmf_api/serviceorder/outboundresponse',
      ...['', '/{event}'].map((event) => `POST ${work}/listener${event}`),
      `POST ${resources}/listener`,
      `POST ${resources}/listener/{event}`,
      `POST ${questions}/listener`,
      `POST ${questions}/listener/{event}`,
      `POST ${native}/processResult`,
    ],
  ],
  [
    ['order_integrator', 'order_admin'],
    [
      ...[products, fifth, services, questions, resources, work].flatMap((base) => [
        `POST ${base}/hub`,
        `DELETE ${base}/hub/{id}`,
      ]),
      `POST ${own}/deadLetter/{id}/redeliver`,
      `DELETE ${own}/deadLetter/{id}`,
    ],
  ],
  [[...approvers, ...agents], [`POST ${own}/order/{id}/approve`]],
  [
    operators,
    [
      `POST ${own}/outboundRequest`,
      `POST ${serviceOrder}/createOutboundRequest`,
      `POST ${serviceOrder}/reviseOutboundRequest`,
      `PATCH ${serviceOrder}`,
      `PATCH ${work}/workOrder/{id}`,
      `POST ${work}/cancelWorkOrder`,
      `POST ${serviceOrder}/forceComplete`,
      `POST ${serviceOrder}/cancel`,
      `POST ${serviceOrder}/forceCancel`,
      `POST ${order}/pointOfNoReturn`,
      `POST ${own}/order/{id}/fallout/{fallout}/resolve`,
      `POST ${own}/order/{id}/qualify`,
      `POST ${serviceOrder}/acceptProposal`,
      `POST ${own}/order/{id}/qualificationResult`,
      `POST ${own}/order/{id}/decideQualification`,
    ],
  ],
  [approvers, [`POST ${order}/reject`, `POST ${order}/decideCancellation`, `POST ${order}/decideRevision`]],
  [
    [...operators, 'order_integrator'],
    [
      `POST ${order}/cancel`,
      `POST ${order}/revise`,
      `POST ${products}/cancelProductOrder`,
      `POST ${fifth}/cancelProductOrder`,
      `POST ${services}/cancelServiceOrder`,
      `POST ${resources}/cancelResourceOrder`,
    ],
  ],
  [
    [...operators, 'order_agent'],
    ['submit', 'reopen', 'hold', 'release', 'requestInformation', 'takeInformation'].map(
      (each) => `POST ${order}/${each}`,
    ),
  ],
  [
    [...managers, 'order_admin'],
    [`POST ${order}/priority`, `POST ${order}/recalculatePriority`],
  ],
  [['order_agent', 'order_admin', 'order_fulfilment_manager'], [`POST ${order}/task`]],
  [
    [...managers, 'order_admin'],
    [`POST ${order}/workOrder`, `POST ${work}/workOrder`],
  ],
  [
    operators,
    ['start', 'close', 'hold', 'release', 'requestInformation', 'takeInformation', 'assign', 'dates'].map(
      (each) => `POST ${order}/task/{task}/${each}`,
    ),
  ],
  [[...managers, ...agents, 'fallout_creator', 'fallout_manager'], [`POST ${order}/task/{task}/fallout`]],
  [
    [...operators, 'fallout_agent', 'fallout_manager'],
    ['assign', 'retry', 'hold', 'release', 'requestInformation', 'takeInformation', 'mend', 'verify', 'reopen'].map(
      (each) => `POST ${order}/fallout/{fallout}/${each}`,
    ),
  ],
  [['order_admin', 'fallout_manager'], [`POST ${order}/fallout/{fallout}/cancel`]],
  [
    [...readers, ...configuring],
    [`GET ${own}`, `GET ${own}/openapi.json`, `GET ${own}/openapi/{api}.json`, `GET ${own}/policies`],
  ],
  [configuring, [`PUT ${own}/policies`]],
];

const routes = matrix.flatMap(([who, some]) => some.map((route) => [route, who] as const));

let om: GuardedEngine;
beforeAll(async () => {
  om = await openGuardedEngine(tokensFor({ ...Object.fromEntries(knownRoles.map((role) => [role, [role]])) }));
});

function asking(route: string): [method: string, path: string] {
  const [method = '', template = ''] = route.split(' ');
  return [method, template.replaceAll(/\{\w+\}/g, 'none')];
}

describe('the permissions', () => {
  it('are those of the matrix, and of no other route', () => {
    expect(Object.keys(permissions).toSorted()).toEqual(routes.map(([route]) => route).toSorted());
  });

  it('are asked of every route when an engine is opened: one that nobody thought about is a bug', () => {
    expect(() => permissionsOf({ method: 'GET', path: '/new' })).toThrow(
      'nobody says who may use GET /new; put it into engine/http/access/permissions.ts',
    );
  });

  it('know every role that the matrix names', () => {
    expect(matrix.flatMap(([who]) => who).filter((role) => !knownRoles.includes(role))).toEqual([]);
  });

  it.each(routes)('%s', async (route, who) => {
    const [method, path] = asking(route);
    expect((await om.ask(method, path)).status).toBe(401);
    const letIn: string[] = [];
    for (const role of knownRoles) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      const { status, body: answer } = await om.ask(method, path, { token: tokenOf(role), ...body });
      expect([405, 401], `${route} as ${role}`).not.toContain(status);
      expect(answer?.message ?? '').not.toContain('Nothing is served');
      if (status !== 403) letIn.push(role);
      else expect(answer).toMatchObject({ code: '52', reason: 'Forbidden' });
    }
    expect(letIn.toSorted()).toEqual(who.toSorted());
  });

  it.each(routes)('%s: who is kept out is told which roles would do', async (route, who) => {
    const [method, path] = asking(route);
    const nobody = tokenOf('inbound_queue_read');
    const { body } = await om.ask(method, path, { token: nobody, ...(method === 'GET' ? {} : { body: {} }) });
    const named = knownRoles.filter((role) => new RegExp(`\\b${role}\\b`).test(body.message));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((role) => !who.includes(role))).toEqual([]);
  });
});
