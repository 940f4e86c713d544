/**
 * `southbound`: what an engineer embeds. Three doors, from the outermost in: scenarios and their reports, for a test
 * runner of one's own; a world, to drive the parties step by step; the order management alone, on one's own transport
 * and store. A simulated SOM for msw is at `southbound/msw`.
 */

// Scenarios and their reports: findScenarios, readScenario, runScenario, and any report of the records.

export type { ExchangeRecord } from './contracts/records/exchange.ts';
export type { JournalRecord, OrderRecord, RunFinding, RunRecord, StepRecord } from './contracts/records/run.ts';
export { htmlReport } from './reports/html.ts';
export { jsonReport } from './reports/json.ts';
export { junitReport } from './reports/junit.ts';
export { markdownReport } from './reports/markdown.ts';
export { FileProblem, readContent, readDocument } from './scenarios/files.ts';
export { suiteDigest } from './scenarios/journal.ts';
export { type RunOptions, runScenario } from './scenarios/run.ts';
export {
  findScenarios,
  readScenario,
  readScript,
  readStock,
  type Scenario,
  usualPolicies,
} from './scenarios/scenario.ts';

// A world: every party, the wire between them and one clock.

export { type SomScript, usualScript } from './mocks/som-script.ts';
export type { Party, Transport } from './scenarios/network.ts';
export { openWorld, type World, type WorldOptions } from './scenarios/world.ts';

// The order management alone: an endpoint that turns requests into answers, and reaches its targets by a client.

export {
  type AccessToken,
  type Catalogue,
  type CustomerOrder,
  type DomainOrder,
  type Engine,
  type EngineOptions,
  memoryStore,
  type OrderStore,
  openEngine,
  type Policies,
  readCatalogue,
  readPolicies,
  readTokens,
  type TakenStep,
  type Target,
} from './engine/index.ts';
export type { Client, Outcome } from './exchange/client.ts';
export type { Answer, Endpoint } from './exchange/endpoint.ts';
export { fetchClient } from './exchange/fetch.ts';
export { type HttpRequest, type HttpResponse, jsonBody, type ReceivedRequest } from './exchange/message.ts';

// Clocks: time that jumps, time that keeps pace with sockets, and real time.

export { type Kernel, KernelFault } from './kernel/kernel.ts';
export { pacedKernel } from './kernel/paced-kernel.ts';
export { SystemKernel } from './kernel/system-kernel.ts';
export type { TimedKernel } from './kernel/timed-kernel.ts';
export { virtualKernel } from './kernel/virtual-kernel.ts';
