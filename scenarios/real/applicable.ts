/** Whether a scenario can be run with real systems in it: what only a script can do, nobody can ask of a real system. */
import { textOfDurationMs } from '../../contracts/schemas/text.ts';
import { targetsOf } from '../../engine/index.ts';
import type { ScriptedAnswer } from '../../mocks/script/answer.ts';
import type { Latency } from '../../mocks/script/latency.ts';
import type { Step } from '../../mocks/script/step.ts';
import type { Behaviour, Course, SomScript } from '../../mocks/som-script.ts';
import type { Party } from '../network.ts';
import type { Scenario } from '../scenario.ts';
import type { ExpectedOutcome, ScenarioStep } from '../step.ts';

/**
 * A script that takes longer for its answer tells a story about slow answers. Longer would let such stories be judged
 * against a system that answers at once; shorter would keep out scripts that are only as slow as a real system.
 */
const longestPlainLatencyMs = 5_000;

/**
 * Every reason why the scenario cannot be run; none when it can.
 * @param real the systems that are real.
 * @param patienceMs how long anything may take.
 */
export function reasonsAgainst(scenario: Scenario, real: readonly Party[], patienceMs: number): string[] {
  const { start, forecast, steps, then } = scenario;
  const used = systemsUsed(scenario);
  const replaced = real.filter((name) => used.includes(name));
  if (replaced.length === 0) return [`it sends nothing to ${real.join(' or ')}`];
  const simulated = used.filter((name) => !real.includes(name));
  return [
    ...(start === undefined ? [] : ['it begins at a time of its own, and a real system lives now']),
    ...(forecast === undefined ? [] : ['it makes weather, and what travels to a real system is left alone']),
    ...(steps.some(({ kind }) => kind === 'restart')
      ? ['the order management dies in it, and here it stands on a port that others know']
      : []),
    ...replaced.flatMap((name) => aboutReplaced(name, scenario)),
    ...simulated.flatMap((name) => aboutSimulated(name, scenario, patienceMs)),
    ...aboutWaits(steps, patienceMs),
    ...aboutSends(steps, replaced),
    ...aboutExchanges([then, ...steps.flatMap((step) => (step.kind === 'now' ? [step.expected] : []))], replaced),
  ];
}

/** Those that any policies of the story send to, and that it has something for: orders, or questions. */
function systemsUsed({ policies, steps, inventories }: Scenario): Party[] {
  const later = steps.flatMap((step) => (step.kind === 'policies' ? [step.policies] : []));
  const asked = Object.keys(inventories).filter((name) => 'qualifies' in (inventories[name]?.target ?? {}));
  const asks = steps.some(({ kind }) => kind === 'question');
  const orders = !asks || steps.some(({ kind }) => kind === 'order');
  const named = new Set([...[policies, ...later].flatMap(targetsOf), ...asked]);
  return [...named].filter((name) => (name in inventories ? asks : orders));
}

function aboutReplaced(name: Party, { systems, inventories }: Scenario): string[] {
  const inventory = inventories[name];
  if (inventory !== undefined) {
    const { qualifies: _theirs, ...target } = (inventory.target ?? {}) as { qualifies?: object }; // by its schema
    return [
      ...(Object.keys(target).length === 0 ? [] : [`it says itself how ${name} is reached`]),
      ...(inventory.stock.behaviours.length === 0 ? [] : [`only a script answers as that of ${name} does`]),
    ];
  }
  const system = systems[name];
  if (system === undefined) return [];
  const target = system.target === undefined ? [] : [`it says itself how ${name} is reached`];
  const what = unusual(system.script);
  return what.length === 0
    ? target
    : [...target, `only a script does what that of ${name} does: it ${what.join(', ')}`];
}

/** What of a script is more than acceptance and progress; nothing of one that any system could have. */
function unusual({ behaviours, inFlight }: SomScript): string[] {
  const answers = Object.values(inFlight).filter((answer) => !isPlain(answer));
  const found = [...behaviours.flatMap(unusualBehaviour), ...(answers.length === 0 ? [] : ['refuses changes'])];
  return [...new Set(found)];
}

function unusualBehaviour({ when, courses }: Behaviour): string[] {
  return [
    ...(when.attempt === undefined ? [] : ['counts attempts']),
    ...(courses.length === 1 ? [] : ['draws lots']),
    ...courses.flatMap(unusualCourse),
  ];
}

function unusualCourse({ answer, latency, steps }: Course): string[] {
  if (!isPlain(answer))
    return [
      {
        accept: 'answers unusually',
        refuse: 'refuses orders',
        text: 'answers in its own words',
        silence: 'is silent',
        reset: 'breaks connections',
      }[answer.kind],
    ];
  return [
    ...(longestMs(latency) > longestPlainLatencyMs
      ? [`answers after up to ${textOfDurationMs(longestMs(latency))}`]
      : []),
    ...(steps.some(({ deed }) => deed.kind === 'change' && deed.state === 'completed')
      ? []
      : ['never completes an order']),
    ...steps.flatMap(unusualStep),
  ];
}

function isPlain(answer: ScriptedAnswer): boolean {
  const { kind } = answer;
  return (
    kind === 'accept' && answer.state === 'acknowledged' && answer.broken === undefined && answer.lose === undefined
  );
}

const progress: readonly string[] = ['acknowledged', 'inProgress', 'completed'];

function unusualStep({ since, deed, telling }: Step): string[] {
  return [
    ...(deed.kind === 'change'
      ? progress.includes(deed.state) && !deed.regardless
        ? []
        : [`makes orders ${deed.state}`]
      : [
          {
            say: 'says what is not so',
            attributes: 'changes attributes',
            milestone: 'tells milestones',
            jeopardy: 'tells jeopardy',
            informationRequired: 'asks for information',
            fallout: 'tells fallout',
            hold: 'waits to be released',
          }[deed.kind],
        ]),
    ...(since === 'request' ? ['acts before it answers'] : []),
    ...(telling.tell === 'nothing' ? ['tells nothing'] : []),
    ...(telling.times === 1 ? [] : ['says things more than once']),
    ...(telling.delay === undefined ? [] : ['tells late']),
    ...(telling.only === undefined && telling.wrong === undefined ? [] : ['tells less than is so']),
  ];
}

/** A system that is still simulated does as its script says, in real time. */
function aboutSimulated(name: Party, { systems, inventories }: Scenario, patienceMs: number): string[] {
  const courses = systems[name]?.script.behaviours.flatMap((behaviour) => behaviour.courses) ?? [];
  const answers = inventories[name]?.stock.behaviours ?? [];
  const longest = Math.max(0, ...[...courses, ...answers].map(lifeMs));
  if (longest <= patienceMs) return [];
  return [
    `the simulated ${name} takes ${textOfDurationMs(longest)}, longer than the patience of ${textOfDurationMs(patienceMs)}`,
  ];
}

function lifeMs({ latency, steps }: { latency: Latency; steps: readonly { after: Latency }[] }): number {
  return steps.reduce((sum, { after }) => sum + longestMs(after), longestMs(latency));
}

/** At the end of a distribution without one, ten times its median stands for the longest. */
function longestMs(latency: Latency): number {
  if (typeof latency === 'number') return latency;
  if (latency.kind === 'uniform') return latency.mostMs;
  return Math.min(latency.mostMs, 10 * latency.medianMs);
}

function aboutWaits(steps: readonly ScenarioStep[], patienceMs: number): string[] {
  const waits = steps.reduce((sum, step) => sum + (step.kind === 'wait' ? step.forMs : 0), 0);
  if (waits <= patienceMs) return [];
  return [`it waits ${textOfDurationMs(waits)}, longer than the patience of ${textOfDurationMs(patienceMs)}`];
}

function aboutSends(steps: readonly ScenarioStep[], real: readonly Party[]): string[] {
  const sends = steps.filter((step) => step.kind === 'send');
  return real.flatMap((name) => [
    ...reasonAt(
      `it says itself what ${name} sends`,
      sends.filter(({ from }) => from === name),
    ),
    ...reasonAt(
      `it sends to ${name} past the order management`,
      sends.filter(({ to }) => to === name),
    ),
  ]);
}

function reasonAt(reason: string, steps: readonly ScenarioStep[]): string[] {
  return steps.length === 0 ? [] : [`${reason} (${steps.map(({ pointer }) => pointer).join(', ')})`];
}

/** How many messages a system sends is its own affair, and nobody can look into its stock. */
function aboutExchanges(expected: readonly ExpectedOutcome[], real: readonly Party[]): string[] {
  const exchanges = expected.flatMap((each) => each.exchanges ?? []);
  const isCounted = (name: Party) =>
    exchanges.some(({ from, to }) => from === name || (from === undefined && to === 'om'));
  const isLookedInto = (name: Party) => expected.some(({ inventories = {} }) => name in inventories);
  return [
    ...real.filter(isCounted).map((name) => `it counts the messages of ${name}`),
    ...real.filter(isLookedInto).map((name) => `it looks into the stock of ${name}`),
  ];
}
