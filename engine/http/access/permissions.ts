/** What each route is, to those who decide who may use it. A route that is not here is a bug: nobody could say. */
import { type Permission, rolesFor } from '../../model/roles.ts';
import { cancelTaskCollection } from '../../wire/cancellation/cancel-task.ts';
import { resourceOrderingBase, workOrderBase } from '../../wire/north/domain-orders.ts';
import { collectionOf } from '../../wire/north/order-api.ts';
import { orderApis } from '../../wire/north/order-apis.ts';
import { resourceOrdering } from '../../wire/north/tmf652-v4.ts';
import { outboundResponseAlias, outboundResponsePath } from '../../wire/outbound-response.ts';
import { productInventoryBase } from '../../wire/product-inventory.ts';
import { inventoryDialects } from '../../wire/qualification/inventory-dialects.ts';
import { nativeQualificationBase } from '../../wire/qualification/native-check.ts';
import { processResultPath } from '../../wire/qualification/native-result.ts';
import { serviceQualificationBase } from '../../wire/qualification/tmf645-v4-south.ts';
import type { Dialect } from '../../wire/south/dialect.ts';
import { dialects } from '../../wire/south/dialects.ts';
import { serviceOrderingBase } from '../../wire/tmf641-v4-north.ts';
import type { Route } from '../answers.ts';
import { operationsBase } from '../operations.ts';

const order = `${operationsBase}/order/{id}`;
const serviceOrder = `${order}/serviceOrder/{serviceOrder}`;
const task = `${order}/task/{task}`;
const fallout = `${order}/fallout/{fallout}`;
const nativeCheck = `${nativeQualificationBase}/checkServiceQualification`;
const questionEvents = `${inventoryDialects['tmf645-v4.0'].hub.callback}/listener`;

const saidAnew: readonly Permission[] = ['AmendOrder', 'ReviseOrder', 'TakeInformation'];

/**
 * By method and path. Any one permission is enough to be let in; where there are several, or where it depends on the order,
 * the core decides what comes of it.
 */
export const permissions: { readonly [route: string]: readonly Permission[] } = {
  ...Object.assign(
    {},
    ...orderApis.map((api) => ({ ...ordersAt(collectionOf(api)), ...cancelTasksAt(api, ['CancelOrder']) })),
  ),
  ...Object.assign({}, ...orderApis.map(({ base }) => hubAt(base))),
  ...partsAt(`${resourceOrderingBase}/resourceOrder`, 'CaptureOrder', [...saidAnew, 'UpdateServiceOrder']),
  ...partsAt(`${workOrderBase}/workOrder`, 'CreateWorkOrder', ['HoldTask', 'ReleaseTask']),
  // At one address for orders of resources, and for resource orders of any order: the core decides which is commanded.
  ...cancelTasksAt(resourceOrdering, ['CancelOrder', 'CancelServiceOrder']),
  ...cancelTasksAt({ base: workOrderBase, resource: 'WorkOrder' }, ['CancelServiceOrder']),
  ...hubAt(serviceQualificationBase),
  ...hubAt(resourceOrderingBase),
  ...hubAt(workOrderBase),

  [`GET ${operationsBase}/subscription`]: ['ReadDeliveries'],
  [`GET ${operationsBase}/deadLetter`]: ['ReadDeliveries'],
  [`POST ${operationsBase}/deadLetter/{id}/redeliver`]: ['SettleDeadLetter'],
  [`DELETE ${operationsBase}/deadLetter/{id}`]: ['SettleDeadLetter'],

  [`POST ${serviceOrderingBase}/listener`]: ['ReportFulfillment'],
  [`POST ${serviceOrderingBase}/listener/{event}`]: ['ReportFulfillment'],
  ...listenerAt(dialects['tmf652-v4.0']),
  ...listenerAt(dialects['tmf697-v4.0']),
  [`POST ${dialects.flowone.hub?.callback}`]: ['ReportFulfillment'],
  [`POST ${outboundResponsePath}`]: ['ReportFulfillment'],
  [`POST ${outboundResponseAlias}`]: ['ReportFulfillment'],
  [`POST ${questionEvents}`]: ['ReportQualification'],
  [`POST ${questionEvents}/{event}`]: ['ReportQualification'],
  [`POST ${nativeQualificationBase}${processResultPath}`]: ['ReportQualification'],

  [`GET ${order}`]: ['ReadOrders'],
  [`GET ${operationsBase}/report`]: ['ReadOrders'],
  [`POST ${order}/approve`]: ['ApproveOrder', 'ApproveQuestion'],
  [`POST ${operationsBase}/outboundRequest`]: ['CreateOutboundRequest'],
  [`POST ${serviceOrder}/createOutboundRequest`]: ['CreateOutboundRequest'],
  [`POST ${serviceOrder}/reviseOutboundRequest`]: ['ReviseOutboundRequest'],
  [`PATCH ${serviceOrder}`]: ['UpdateServiceOrder'],
  [`POST ${serviceOrder}/forceComplete`]: ['ForceCompleteServiceOrder'],
  [`POST ${serviceOrder}/cancel`]: ['CancelServiceOrder'],
  [`POST ${serviceOrder}/forceCancel`]: ['ForceCancelServiceOrder'],
  [`POST ${order}/revise`]: ['ReviseOrder'],
  [`POST ${order}/decideRevision`]: ['DecideRevision'],
  [`POST ${order}/cancel`]: ['CancelOrder'],
  [`POST ${order}/decideCancellation`]: ['DecideCancellation'],
  [`POST ${order}/pointOfNoReturn`]: ['SetPointOfNoReturn'],
  [`POST ${fallout}/resolve`]: ['ResolveFallout'],
  [`POST ${order}/submit`]: ['SubmitOrder'],
  [`POST ${order}/reject`]: ['RejectOrder'],
  [`POST ${order}/reopen`]: ['ReopenOrder'],
  [`POST ${order}/hold`]: ['HoldOrder'],
  [`POST ${order}/release`]: ['ReleaseOrder'],
  [`POST ${order}/requestInformation`]: ['RequestInformation'],
  [`POST ${order}/takeInformation`]: ['TakeInformation'],
  [`POST ${order}/priority`]: ['SetPriority'],
  [`POST ${order}/recalculatePriority`]: ['RecalculatePriority'],
  [`POST ${order}/task`]: ['CreateHeaderTask'],
  [`POST ${order}/workOrder`]: ['CreateWorkOrder'],
  [`POST ${task}/start`]: ['StartTask'],
  [`POST ${task}/close`]: ['CloseTask'],
  [`POST ${task}/hold`]: ['HoldTask'],
  [`POST ${task}/release`]: ['ReleaseTask'],
  [`POST ${task}/requestInformation`]: ['RequestTaskInformation'],
  [`POST ${task}/takeInformation`]: ['TakeTaskInformation'],
  [`POST ${task}/assign`]: ['AssignTask'],
  [`POST ${task}/dates`]: ['RescheduleTask'],
  [`POST ${task}/fallout`]: ['CreateFallout'],
  [`POST ${fallout}/assign`]: ['AssignFallout'],
  [`POST ${fallout}/retry`]: ['RetryFallout'],
  [`POST ${fallout}/hold`]: ['HoldFallout'],
  [`POST ${fallout}/release`]: ['ReleaseFallout'],
  [`POST ${fallout}/requestInformation`]: ['RequestFalloutInformation'],
  [`POST ${fallout}/takeInformation`]: ['TakeFalloutInformation'],
  [`POST ${fallout}/mend`]: ['MendFallout'],
  [`POST ${fallout}/verify`]: ['VerifyFallout'],
  [`POST ${fallout}/reopen`]: ['ReopenFallout'],
  [`POST ${fallout}/cancel`]: ['CancelFallout'],
  [`POST ${order}/qualify`]: ['QualifyOrder'],
  [`POST ${serviceOrder}/acceptProposal`]: ['AcceptProposal'],
  [`POST ${order}/qualificationResult`]: ['SetQualificationResult'],
  [`POST ${order}/decideQualification`]: ['DecideQualification'],
  [`GET ${operationsBase}`]: ['ReadApis'],
  [`GET ${operationsBase}/openapi.json`]: ['ReadApis'],
  [`GET ${operationsBase}/openapi/{api}.json`]: ['ReadApis'],
  [`GET ${operationsBase}/policies`]: ['ReadPolicies'],
  [`PUT ${operationsBase}/policies`]: ['Configure'],

  ...questionsAt(`${serviceQualificationBase}/checkServiceQualification`),
  ...questionsAt(`${serviceQualificationBase}/queryServiceQualification`),
  [`POST ${nativeCheck}`]: ['AskQuestion'],
  [`GET ${nativeCheck}`]: ['ReadQuestions'],
  [`GET ${nativeCheck}/{id}`]: ['ReadQuestions'],

  [`GET ${productInventoryBase}/product`]: ['ReadInventory'],
  [`GET ${productInventoryBase}/product/{id}`]: ['ReadInventory'],
};

function ordersAt(collection: string): typeof permissions {
  return {
    [`POST ${collection}`]: ['CaptureOrder'],
    [`GET ${collection}`]: ['ReadOrders'],
    [`GET ${collection}/{id}`]: ['ReadOrders'],
    [`PATCH ${collection}/{id}`]: saidAnew,
    [`DELETE ${collection}/{id}`]: ['DeleteOrder'],
  };
}

function cancelTasksAt(
  api: Parameters<typeof cancelTaskCollection>[0],
  cancel: readonly Permission[],
): typeof permissions {
  const collection = cancelTaskCollection(api);
  return {
    [`POST ${collection}`]: cancel,
    [`GET ${collection}`]: ['ReadOrders'],
    [`GET ${collection}/{id}`]: ['ReadOrders'],
  };
}

function listenerAt({ hub }: Dialect): typeof permissions {
  const path = `${hub?.callback}/listener`;
  return { [`POST ${path}`]: ['ReportFulfillment'], [`POST ${path}/{event}`]: ['ReportFulfillment'] };
}

/** What somebody may do with them by hand; nobody deletes one, but whoever does so with an order. */
function partsAt(collection: string, placed: Permission, changes: readonly Permission[]): typeof permissions {
  return {
    [`POST ${collection}`]: [placed],
    [`GET ${collection}`]: ['ReadOrders'],
    [`GET ${collection}/{id}`]: ['ReadOrders'],
    [`PATCH ${collection}/{id}`]: [...changes, 'ForceCompleteServiceOrder', 'CancelServiceOrder'],
    [`DELETE ${collection}/{id}`]: ['DeleteOrder'],
  };
}

function questionsAt(collection: string): typeof permissions {
  return {
    [`POST ${collection}`]: ['AskQuestion'],
    [`GET ${collection}`]: ['ReadQuestions'],
    [`GET ${collection}/{id}`]: ['ReadQuestions'],
    [`PATCH ${collection}/{id}`]: ['AskQuestion'],
    [`DELETE ${collection}/{id}`]: ['AskQuestion'],
  };
}

function hubAt(base: string): typeof permissions {
  return { [`POST ${base}/hub`]: ['Subscribe'], [`DELETE ${base}/hub/{id}`]: ['Subscribe'] };
}

/** @throws when the route is not in the table, whether anybody asks for tokens or not. */
export function permissionsOf({ method, path }: Pick<Route, 'method' | 'path'>): readonly Permission[] {
  const route = `${method} ${path}`;
  const found = permissions[route];
  if (found === undefined) throw new Error(`nobody says who may use ${route}; put it into ${table}`);
  return found;
}

const table = 'engine/http/access/permissions.ts';

/** The least roles that are enough. */
export function rolesForAny(some: readonly Permission[]): readonly string[] {
  return [...new Set(some.flatMap((permission) => rolesFor[permission]))];
}
