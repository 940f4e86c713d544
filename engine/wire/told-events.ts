/** The kinds of event that subscribers are told, by API: what their listeners have to expect. */

export const toldEvents = {
  TMF622: [...toldOf('ProductOrder'), ...toldOfTasks('CancelProductOrder')],
  TMF622v5: [...toldOf('ProductOrder'), ...toldOfTasks('CancelProductOrder')],
  TMF641: [...toldOf('ServiceOrder'), 'ServiceOrderJeopardyEvent', ...toldOfTasks('CancelServiceOrder')],
  TMF645: [
    'CheckServiceQualificationCreateEvent',
    'CheckServiceQualificationAttributeValueChangeEvent',
    'CheckServiceQualificationStateChangeEvent',
    'CheckServiceQualificationDeleteEvent',
    'QueryServiceQualificationCreateEvent',
    'QueryServiceQualificationStateChangeEvent',
    'QueryServiceQualificationDeleteEvent',
  ],
};

function toldOf(resource: string): string[] {
  const kinds = ['Create', 'AttributeValueChange', 'StateChange', 'Delete', 'InformationRequired'];
  return kinds.map((kind) => `${resource}${kind}Event`);
}

/** Nobody has to tell a cancel task anything more: what it asks is decided about. */
function toldOfTasks(resource: string): string[] {
  return [`${resource}CreateEvent`, `${resource}StateChangeEvent`];
}
