/** `southbound order`: an operator's view of an order in a running `serve`, and what they do with it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, southbound } from '../support/command.ts';
import { hierarchical, policiesOf } from '../support/orders.ts';
import { type ServedEngine, serveEngine } from '../support/served-engine.ts';

let om: ServedEngine;
let id: string;
beforeAll(async () => {
  om = await serveEngine(hierarchical);
  const item = { id: '1', action: 'add', productOffering: { id: 'broadband-100' } };
  const path = '/tmf-api/productOrderingManagement/v4/productOrder';
  id = (await om.request('POST', path, { productOrderItem: [item] })).body.id;
});
afterAll(() => om.close());

const order = (...args: string[]): Promise<Ended> => southbound(['order', ...args, '--url', om.url]);

describe('southbound order', () => {
  it('approves it for who may, and shows it as a tree with what can be done', async () => {
    const refused = await order(id, 'approve', '--as', 'order_viewer');
    expect([refused.code, refused.error]).toEqual([
      2,
      expect.stringContaining('needs one of the roles order_approver'),
    ]);
    const { code, out } = await order(id, 'approve', '--as', 'order_approver');
    expect(code).toBe(0);
    expect(out).toMatch(/^ORD0000001 {2}in_progress\n {2}PO0000001 {2}broadband: in_progress\n {4}SO0000001/);
  });

  it('updates a service order, named by its specification', async () => {
    expect((await order(id, 'update', 'access-line', 'downstreamSpeed=1 Gbps')).code).toBe(0);
    const wrong = await order(id, 'update', 'access-line', 'downstreamSpeed=fast');
    expect([wrong.code, wrong.error]).toEqual([2, expect.stringContaining('downstreamSpeed cannot be "fast"')]);
  });

  it('says of each row what became of it, and ends with 1 when one was refused', async () => {
    const { code, out } = await order(id, 'create', 'SO0000001', 'access-line');
    expect(code).toBe(1);
    expect(out).toMatch(/^SO0000001 {2}Create Outbound Fulfillment Request is not possible.*\nSO0000002 /);
  });

  it.each([
    [['nothing'], 'Order nothing does not exist'],
    [['ID', 'paint'], 'There is no command "paint"'],
    [['ID', 'revise', 'cable'], 'ORD0000001 has no service order "cable". There are: SO0000001 (internet-access)'],
    [['ID', 'update', 'access-line', 'fast'], 'Write a characteristic as name=value; "fast" is none'],
    [['ID', 'resolve', 'FO0000009', '--note', 'x'], 'ORD0000001 has no fallout FO0000009. There are: none'],
    [['ID', 'complete', 'access-line'], 'needs a note that says why'],
  ])('%j: says what is wrong', async (args, message) => {
    const { code, error } = await order(...args.map((arg) => (arg === 'ID' ? id : arg)));
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  it('says that nobody answers', async () => {
    const { code, error } = await southbound(['order', id, '--url', 'http://127.0.0.1:1']);
    expect([code, error]).toEqual([2, expect.stringContaining('Is "southbound serve" running there?')]);
  });
});

describe('southbound order, of an order that asks', () => {
  let asking: ServedEngine;
  let question: string;
  beforeAll(async () => {
    const proposed = {
      result: 'alternate',
      reasons: [{ label: 'No port' }],
      proposals: [{ specification: 'wireless-line' }],
    };
    asking = await serveEngine(
      policiesOf({
        policies: 'a wireless line instead',
        outbound: { rows: [] },
        adapters: [
          {
            name: 'Demo Order Qualification (Mock Response)',
            mockResponse: { rules: [{ when: { specification: 'access-line' }, then: proposed }] },
          },
        ],
      }),
    );
    const service = { place: [{ id: 'station-road-7' }], serviceSpecification: { id: 'internet-access' } };
    const path = '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification';
    const asked = { relatedParty: [{ id: 'customer-1' }], serviceQualificationItem: [{ id: '1', service }] };
    question = (await asking.request('POST', path, asked)).body.id;
  });
  afterAll(() => asking.close());

  const ask = (...args: string[]): Promise<Ended> => southbound(['order', question, ...args, '--url', asking.url]);

  it('asks, and shows what was found', async () => {
    await ask('qualify');
    const { code, out } = await ask();
    expect(code).toBe(0);
    expect(out).toMatch(/^ORD0000001 {2}in_progress, alternate\n/);
    expect(out).toMatch(
      /SO0000002 {2}access-line: in_progress {2}\(alternate, No port; proposed: AP0000001 wireless-line\)\n/,
    );
    expect(out).toMatch(/ Demo Order Qualification \(Mock Response\) was asked whether it can be had: answered\n/);
  });

  it('says what there is, of lines and proposals', async () => {
    const wrong = await ask('qualify', 'nothing');
    expect([wrong.code, wrong.error]).toEqual([
      2,
      'ORD0000001 has no line "nothing". There are: ORDL0000001 (internet-access)\n',
    ]);
    const { code, error } = await ask('accept-proposal', 'access-line', 'AP0000009');
    expect([code, error]).toEqual([2, expect.stringContaining('has no proposal AP0000009')]);
  });

  it('takes what is proposed, sets a result by hand, and decides', async () => {
    const { code, out } = await ask('accept-proposal', 'access-line');
    expect([code, out]).toEqual([0, expect.stringContaining('  wireless-line: in_progress')]);
    expect((await ask('set-result', 'wireless-line', 'unqualified')).out).toMatch(
      /^ORD0000001 {2}in_progress, unqualified\n/,
    );
    expect((await ask('set-result', 'ORDL0000001', 'qualified')).out).toMatch(
      /^ORD0000001 {2}in_progress, qualified\n/,
    );
    expect((await ask('decide', 'accept', 'ORDL0000001', '--note', 'radio will do')).out).toMatch(
      /^ORD0000001 {2}completed, qualified\n/,
    );
    const { error } = await ask('decide', 'accept');
    expect(error).toContain('Order ORD0000001 asks nothing now: it is completed');
  });
});
