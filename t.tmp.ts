import { readScenario } from './scenarios/scenario.ts';
import { runScenario } from './scenarios/run.ts';
const s = readScenario('scenarios/suites/spine/hierarchical-async.scenario.yaml');
for (const transport of ['direct','direct','msw','sockets'] as const) {
  const r = await runScenario(s, { seed: '1', transport });
  console.log(transport, r.verdict, r.digest.slice(0,16)); }
