/** `southbound order`: an operator's view of an order in a running `serve`, and what they do with it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, southbound } from '../support/command.ts';
import { hierarchical } from '../support/orders.ts';
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
