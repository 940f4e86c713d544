/** Everything that would be sent to a vendor, before anything is: experiments in their phases. */
import { cancelExperiments } from './experiments/cancels.ts';
import { creates } from './experiments/creates.ts';
import type { Draft, Experiment, PlannedStep } from './experiments/experiment.ts';
import { hubExperiments, listenerExperiments, watch } from './experiments/hub.ts';
import { firstLife, lives } from './experiments/lives.ts';
import { patchExperiments } from './experiments/patches.ts';
import { protocolExperiments } from './experiments/protocol.ts';
import { queries } from './experiments/queries.ts';
import { deletion, lastLook, load, restarting, tokenExpiry } from './experiments/running.ts';

export interface PlannedExperiment {
  readonly experiment: Experiment;
  readonly steps: readonly PlannedStep[];
}

/** Experiments that may run at once; the next phase begins when all of them have ended. */
export interface Phase {
  readonly about: string;
  readonly experiments: readonly PlannedExperiment[];
}

/** @param restart what restarts the vendor, where that can be done. */
export function planOf(draft: Draft, restart?: () => Promise<void>): Phase[] {
  const phases: readonly (readonly [string, readonly Experiment[]])[] = [
    ['subscribes to everything', [watch]],
    ['the first order', [firstLife]],
    [
      'orders, patches and cancels',
      [...creates, ...lives, ...patchExperiments, ...cancelExperiments, ...hubExperiments, ...protocolExperiments],
    ],
    ['lists, when nothing changes any more', [queries]],
    // One after another: a vendor that is held up by one of these would be slow in the others.
    ...listenerExperiments.map((experiment) => ['a listener that fails or is slow', [experiment]] as const),
    ['how it holds up', [load, tokenExpiry, deletion]],
    ['a restart', [restarting(restart)]],
    ['a last look at every order', [lastLook]],
  ];
  return phases
    .map(([about, experiments]) => ({
      about,
      experiments: experiments
        .map((experiment) => ({ experiment, steps: experiment.plan(draft) }))
        .filter(({ steps }) => steps.length > 0),
    }))
    .filter(({ experiments }) => experiments.length > 0);
}

/** A plan as text: one line for each request. */
export function planLines(phases: readonly Phase[]): string[] {
  return phases.flatMap(({ about, experiments }) => [
    '',
    `# ${about}`,
    ...experiments.flatMap(({ experiment, steps }) => [
      '',
      `${experiment.name}: ${experiment.about}`,
      ...steps.map(stepLine),
    ]),
  ]);
}

function stepLine({ step, method, path, body, text, wrong, repeated, contentType }: PlannedStep): string {
  const notes = [
    ...(repeated === undefined ? [] : [repeated]),
    ...(wrong === undefined ? [] : [`wrong on purpose: ${wrong}`]),
    ...(contentType === undefined ? [] : [contentType]),
  ];
  const said = text === undefined ? (body === undefined ? '' : JSON.stringify(body)) : text;
  const shown = said.length > longestBody ? `${said.slice(0, longestBody)}... (${said.length} characters)` : said;
  return `  ${step}: ${method} ${path}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}${shown === '' ? '' : `\n    ${shown}`}`;
}

/** Longer bodies are cut: a plan is read by people. */
const longestBody = 400;
