/** The kinds of event that subscribers are told, by API: what their listeners have to expect. */

export const toldEvents = {
  TMF622: [...toldOf('ProductOrder'), ...toldOfTasks('CancelProductOrder')],
  TMF622v5: [
    ...toldOf('ProductOrder'),
    'ProductOrderJeopardyAlertEvent',
    'ProductOrderMilestoneEvent',
    'ProductOrderErrorMessageEvent',
    ...toldOfTasks('CancelProductOrder'),
  ],
  TMF641: [
    ...toldOf('ServiceOrder'),
    'ServiceOrderJeopardyEvent',
    'ServiceOrderMilestoneEvent',
    ...toldOfTasks('CancelServiceOrder'),
  ],
  TMF645: [
    'CheckServiceQualificationCreateEvent',
    'CheckServiceQualificationAttributeValueChangeEvent',
    'CheckServiceQualificationStateChangeEvent',
    'CheckServiceQualificationDeleteEvent',
    'QueryServiceQualificationCreateEvent',
    'QueryServiceQualificationStateChangeEvent',
    'QueryServiceQualificationDeleteEvent',
  ],
  TMF652: [...toldOf('ResourceOrder'), ...toldOfTasks('CancelResourceOrder')],
  TMF697: [...toldOf('WorkOrder').filter(isOfParts), ...toldOfTasks('CancelWorkOrder')],
};

function toldOf(resource: string): string[] {
  const kinds = ['Create', 'AttributeValueChange', 'StateChange', 'Delete', 'InformationRequired'];
  return kinds.map((kind) => `${resource}${kind}Event`);
}

/** Nobody has to tell a cancel task anything more: what it asks is decided about. */
function toldOfTasks(resource: string): string[] {
  return [`${resource}CreateEvent`, `${resource}StateChangeEvent`];
}

/** What is missing is asked of whoever placed the order that they belong to. */
function isOfParts(kind: string): boolean {
  return !kind.endsWith('InformationRequiredEvent');
}
