/** TMF645 Service Qualification v4.0, northbound: whether services can be had, asked before there is any order. */
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { Policies } from '../../model/policies.ts';
import { type Editions, openEditions } from '../../shell/editions.ts';
import { memoryStore } from '../../shell/memory-store.ts';
import type { OrderStore } from '../../shell/store.ts';
import { listedQuestion } from '../../wire/qualification/listed-questions.ts';
import { renderQuestionEvent } from '../../wire/qualification/question-events.ts';
import { questionPolicies } from '../../wire/qualification/question-policies.ts';
import { answeredOfCheck, readCheckQuestion, renderCheck } from '../../wire/qualification/tmf645-v4-check.ts';
import { answeredOfQuery, readQueryQuestion, renderQuery } from '../../wire/qualification/tmf645-v4-query.ts';
import { serviceQualificationBase } from '../../wire/qualification/tmf645-v4-south.ts';
import type { Route } from '../answers.ts';
import { Hub, type HubParts } from '../events/hub.ts';
import { QuestionDesk, type QuestionDeskParts } from './question-desk.ts';
import { type QuestionApi, questionRoutes } from './question-routes.ts';

export interface Questions {
  readonly routes: Route[];
  readonly desks: readonly QuestionDesk[];
  usePolicies(policies: Policies): Promise<void>;
  abandon(): void;
}

export interface QuestionParts {
  readonly kernel: Kernel;
  /** How listeners are told. */
  readonly telling: HubParts;
  readonly publicUrl: string;
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** The store of the orders, for its inventory: questions may be about what is there. */
  readonly orders: Pick<OrderStore, 'inventory'>;
  readonly asking: QuestionDeskParts['asking'];
}

/** Checks and queries, each kind at a desk of its own: neither is ever among the orders. */
export async function openQuestions(parts: QuestionParts): Promise<Questions> {
  const hub = new Hub({
    ...parts.telling,
    api: 'TMF645',
    base: serviceQualificationBase,
    subscription: { asked: 'EventSubscriptionInput' },
  });
  const checks = await openDesk(checkApi, parts, hub);
  const queries = await openDesk(queryApi, parts, hub);
  const desks = [checks.desk, queries.desk];
  return {
    routes: [...checks.routes, ...queries.routes, ...hub.routes],
    desks,
    usePolicies: async (policies) => {
      for (const { editions } of [checks, queries]) await editions.usePolicies(questionPolicies(policies));
    },
    abandon: () => {
      for (const desk of desks) desk.abandon();
    },
  };
}

const checkApi: QuestionApi = {
  resource: 'CheckServiceQualification',
  collection: `${serviceQualificationBase}/checkServiceQualification`,
  read: readCheckQuestion,
  render: renderCheck,
  answered: answeredOfCheck,
  asked: ['serviceQualificationItem'],
  patchable: [
    'description',
    'expectedQualificationDate',
    'externalId',
    'provideAlternative',
    'provideUnavailabilityReason',
    'relatedParty',
  ],
  tellsOfAttributes: true,
  askedAt: 'checkServiceQualificationDate',
};

const queryApi: QuestionApi = {
  resource: 'QueryServiceQualification',
  collection: `${serviceQualificationBase}/queryServiceQualification`,
  read: readQueryQuestion,
  render: renderQuery,
  answered: answeredOfQuery,
  asked: ['searchCriteria'],
  patchable: ['description', 'expectedQualificationDate', 'externalId', 'relatedParty'],
  // TMF645 has no such event for queries.
  tellsOfAttributes: false,
  askedAt: 'queryServiceQualificationDate',
};

async function openDesk(
  api: QuestionApi,
  parts: QuestionParts,
  hub: Hub,
): Promise<{ desk: QuestionDesk; editions: Editions; routes: Route[] }> {
  const { kernel, publicUrl, catalogue, asking, orders } = parts;
  const store: OrderStore = {
    ...memoryStore(),
    // Looked up each time: the store of the orders decides which it is.
    get inventory() {
      return orders.inventory;
    },
  };
  const editions = await openEditions(store, catalogue, questionPolicies(parts.policies));
  const desk = new QuestionDesk({
    kernel,
    store,
    editions,
    asking,
    name: `engine.${api.resource}`,
    listedOf: (order) => listedQuestion(order, api.askedAt),
    tell: (order, news) =>
      hub.publish((envelope) => renderQuestionEvent(api.resource, api.render(order, publicUrl), news, envelope)),
  });
  return { desk, editions, routes: questionRoutes(api, { desk, kernel, catalogue, publicUrl }) };
}
