/** Rules on references: href and Location lead to the resource that they are of. */
import { breach, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { objectOf, textOf } from '../../view/json.ts';
import { answerHeader, decoded, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export const hrefResolves: Rule = {
  id: 'href-resolves',
  level: 'SHOULD',
  title: 'A GET of href gives the resource itself.',
  clause: 'TMF630: every resource has an href that identifies it',
  remedy: 'Make href the address at which the resource is served, as it is seen from outside.',
  *check(view) {
    for (const followed of view.asked.filter(({ exchange }) => exchange.aim?.step.startsWith('href'))) {
      const { experiment = '', step } = followed.exchange.aim ?? {};
      const isTask = step === 'href-task';
      const operation = isTask ? 'createCancelServiceOrder' : 'createServiceOrder';
      const created = view.steps(experiment).find((seen) => seen.operation === operation && isSuccess(seen));
      const path = `${isTask ? 'CancelServiceOrder' : 'ServiceOrder'} /href${step === 'href-ended' ? ' (ended)' : ''}`;
      if (created !== undefined) yield leadsTo(created, followed, path, followed.exchange.request.path);
    }
  },
};

export const locationHeader: Rule = {
  id: 'location-header',
  level: 'SHOULD',
  title: 'A create is answered with Location, which leads to the new resource.',
  clause: 'TMF630: POST that creates a resource returns Location; RFC 9110, 10.2.2',
  remedy: 'Send Location with every 201.',
  *check(view) {
    const known = new Set(view.orders.map(({ id }) => id));
    for (const { created, id } of view.orders) {
      if (created?.status !== 201) continue;
      const said = answerHeader(created, 'location');
      const last = decoded(said?.split(/[?#]/)[0]?.split('/').at(-1) ?? '');
      const path = 'POST /serviceOrder location';
      if (said === undefined) {
        yield breach({ path, valueClass: 'missing', message: 'a 201 has no Location', evidence: [created], order: id });
      } else if (last !== id && known.has(last)) {
        const message = `Location of a new order leads to another one: ${said}`;
        yield breach({ path, valueClass: 'leads elsewhere', message, evidence: [created], order: id });
      } else yield kept;
    }
    yield* followedLocation(view);
  },
};

function* followedLocation(view: View): Iterable<Observation> {
  const [created] = view.step('minimal', 'create');
  const [followed] = view.step('minimal', 'location');
  if (created?.status !== 201 || followed === undefined) return;
  yield leadsTo(created, followed, 'POST /serviceOrder location', answerHeader(created, 'location') ?? '');
}

function leadsTo(created: Seen, followed: Seen, path: string, reference: string): Observation {
  const order = textOf(objectOf(created.got).id);
  const isElsewhere =
    followed.status !== undefined && [301, 302, 303, 304, 307, 308, 401, 403].includes(followed.status);
  if (isElsewhere) return undecided(`${reference} was answered ${outcomeText(followed)}`);
  if (!isSuccess(followed)) {
    const message = `${reference} was answered: ${outcomeText(followed)}`;
    return breach({ path, valueClass: 'leads nowhere', message, evidence: [created, followed], order });
  }
  if (objectOf(followed.got).id === objectOf(created.got).id) return kept;
  const message = `${reference} leads to another resource`;
  return breach({ path, valueClass: 'leads elsewhere', message, evidence: [created, followed], order });
}
