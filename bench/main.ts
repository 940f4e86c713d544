/** `npm run bench`: what is measured, side by side in one run. What the figures show and do not show is in README.md. */
import { parseArgs } from 'node:util';
import { type Figures, shownFigures } from './figures.ts';
import { measureMockServer } from './mock-server.ts';
import { measurePeers } from './peers.ts';
import { measureSimulator } from './simulator.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, peers: { type: 'boolean', default: false } },
});

console.log(`node ${process.version}, ${process.platform} ${process.arch}; median (least to most) of the rounds\n`);
await benchSimulator(values.quick ? { rounds: 3, orders: 50 } : { rounds: 21, orders: 200 });
for (const items of values.quick ? (['all'] as const) : (['one', 'all'] as const)) {
  await benchMockServer({ ...(values.quick ? { rounds: 1, seconds: 1 } : { rounds: 7, seconds: 2 }), items });
}

if (values.peers) await benchPeers(values.quick ? { rounds: 1, seconds: 1 } : { rounds: 5, seconds: 3 });

async function benchPeers(options: { rounds: number; seconds: number }): Promise<void> {
  console.log(`Mock servers on the same stub; orders of one item; ${options.rounds} rounds of ${options.seconds} s`);
  for (const { name, perSecond } of await measurePeers(options)) {
    console.log(`  ${name.padEnd(15)} ${shownFigures(perSecond, 0, ' requests/s')}`);
  }
}

async function benchSimulator(options: { rounds: number; orders: number }): Promise<void> {
  const { domainOrders, messages, bytes, lifeMs, floorMs, ratio } = await measureSimulator(options);
  console.log(`Simulated life of an order: ${domainOrders}; ${options.rounds} rounds of ${options.orders} orders`);
  console.log(`  on the wire  ${messages} messages, ${bytes} bytes, as the journal has them`);
  console.log(`  life         ${shownFigures(lifeMs, 3, ' ms')}, ${perSecond(lifeMs)} orders/s`);
  console.log(`  floor        ${shownFigures(floorMs, 3, ' ms')}, ${perSecond(floorMs)} orders/s`);
  console.log(`  life/floor   ${shownFigures(ratio, 2, '')}\n`);
}

function perSecond({ median }: Figures): string {
  return Math.round(1000 / median).toString();
}

async function benchMockServer(options: { rounds: number; seconds: number; items: 'all' | 'one' }): Promise<void> {
  const { requestBytes, answerBytes, som, bare, percent } = await measureMockServer(options);
  const { rounds, seconds, items } = options;
  console.log(
    `Simulated SOM over HTTP, beside bare fastify; orders of ${items} item${items === 'one' ? '' : 's'}; ${rounds} rounds of ${seconds} s`,
  );
  console.log(`  a request    ${requestBytes} bytes, answered by ${answerBytes}`);
  for (const [name, { perSecond, cpuUs }] of [
    ['SOM', som],
    ['bare fastify', bare],
  ] as const) {
    const shown = [shownFigures(perSecond, 0, ' requests/s'), shownFigures(cpuUs, 1, ' us of processor each')];
    console.log(`  ${name.padEnd(12)} ${shown.join(', ')}`);
  }
  console.log(`  SOM/bare     ${shownFigures(percent, 0, ' %')}\n`);
}
