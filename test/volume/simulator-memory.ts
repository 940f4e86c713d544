/** Ten thousand orders go through the simulator; when its world is gone, so is the memory it took. */

import { jsonBody, jsonMediaType } from '../../exchange/message.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { readDocument } from '../../scenarios/files.ts';
import { readScenario } from '../../scenarios/scenario.ts';
import { openWorld } from '../../scenarios/world.ts';
import { heapAfterCollection, shownBytes } from './heap.ts';
import type { VolumeCheck } from './main.ts';

const orders = 10_000;

/**
 * What may stay, in bytes: code the runtime compiled late, and its own tables. A leak of one object of 200 bytes for each
 * order would take as much.
 */
const mayStay = 2_000_000;

export async function simulatorMemory(scale: number): Promise<VolumeCheck> {
  const count = Math.round(orders * scale);
  await liveThrough(500);
  const base = heapAfterCollection();
  const { heap: during, findings } = await liveThrough(count);
  const after = heapAfterCollection();
  const figures = `${count} orders; ${shownBytes(base)} before, ${shownBytes(during)} while the store holds them, ${shownBytes(after)} after`;
  // Less than a kilobyte for each order that is kept would mean that nothing was kept, and nothing measured.
  const measures = during - base > 1000 * count;
  return { ok: findings === 0 && measures && after - base < mayStay, figures };
}

async function liveThrough(count: number): Promise<{ heap: number; findings: number }> {
  const scenario = readScenario('scenarios/suites/spine/hierarchical-async.scenario.yaml');
  const order = readDocument('scenarios/orders/broadband-100.json');
  const kernel = virtualKernel({ seed: 'volume' });
  const world = await openWorld({ ...scenario, kernel, transport: 'direct', keepJournal: false });
  const path = '/tmf-api/productOrderingManagement/v4/productOrder';
  for (let index = 0; index < count; index += 1) {
    const headers = { 'content-type': jsonMediaType };
    await world.ask('crm', { to: 'om', method: 'POST', path, headers, body: jsonBody(order) });
    await kernel.run();
  }
  const heap = heapAfterCollection();
  await world.close();
  return { heap, findings: world.findings.length };
}
