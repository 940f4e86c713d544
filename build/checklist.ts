/** What an integrator wants to know of an order-management endpoint, and the rules of `southbound verify` that answer it. */

export interface Check {
  readonly wanted: string;
  /** Rules of the catalogue. */
  readonly rules: readonly string[];
  /** What the rules leave open, or what answers it beside them. */
  readonly remark?: string;
}

export const checklist: readonly Check[] = [
  { wanted: 'Answers have a status that the operation declares', rules: ['status-documented'] },
  { wanted: 'Bodies follow the schema, and say what they are', rules: ['response-schema', 'media-type'] },
  {
    wanted: 'What nobody can do without is there, though the schema does not ask for it',
    rules: ['mandatory-attributes', 'order-kept'],
  },
  { wanted: 'Unknown attributes and extended types are put up with', rules: ['extension-tolerated'] },
  {
    wanted: 'Sound orders are taken, unsound ones refused with the right 4xx',
    rules: ['legal-order-accepted', 'invalid-order-refused', 'hostile-input', 'server-owned', 'unsupported-media-type'],
  },
  { wanted: 'Errors are TMF Errors, and mean what they say', rules: ['error-body'] },
  {
    wanted: '404 for what does not exist, 405 with Allow for what cannot be done',
    rules: ['unknown-id', 'method-not-allowed', 'cancel-unknown'],
  },
  { wanted: 'What was deleted is gone everywhere', rules: ['deleted-is-gone'] },
  { wanted: 'Orders move as the state diagram draws it', rules: ['initial-state', 'order-transitions'] },
  {
    wanted: 'Items move as they should, and add up to the state of the order',
    rules: ['item-transitions', 'order-item-coherence'],
  },
  {
    wanted: 'What has ended does not change, and patches change what they may',
    rules: [
      'terminal-is-final',
      'patch-state-legal',
      'patch-refused',
      'patch-applied',
      'patch-keeps-owned',
      'patch-atomic',
    ],
  },
  {
    wanted: 'Cancelling is assessed, decided, and ends as it was decided',
    rules: ['cancel-outcome', 'cancel-task-life', 'cancel-initial-state', 'cancel-terminal', 'second-cancel'],
  },
  { wanted: 'A create that is repeated makes no second order', rules: ['repeated-create'] },
  { wanted: 'The same, sent many times at once', rules: ['concurrent-create'] },
  { wanted: 'No patch is lost to another one', rules: ['lost-update'] },
  {
    wanted: 'Pages add up to the whole list, and the counts are right',
    rules: ['paging-law', 'result-counts', 'list-complete'],
  },
  {
    wanted: 'Filters, field selection and sorting do what they are asked for',
    rules: ['filter-semantics', 'fields-selection', 'sort-order'],
  },
  {
    wanted: 'Listeners register, twice too, filter by a query, and leave',
    rules: ['hub-registration', 'hub-duplicate', 'hub-query'],
  },
  { wanted: 'Every change is announced', rules: ['change-announced', 'attribute-change-announced'] },
  {
    wanted: 'Events follow their schema, and come to the address that their type names',
    rules: ['event-schema', 'listener-address'],
  },
  { wanted: 'An event says what a GET says', rules: ['event-agrees'] },
  {
    wanted: 'Events come in order, once, and none after the end',
    rules: ['event-order', 'event-once', 'event-ids-unique', 'event-after-terminal', 'event-repeated'],
  },
  {
    wanted: 'A callback comes before the create is answered',
    rules: ['early-callback'],
    remark: 'It is allowed, so it is told and not held against the vendor.',
  },
  {
    wanted: 'A listener that fails is told again, and one that is slow holds up nobody',
    rules: ['redelivery', 'listener-isolation'],
  },
  { wanted: 'A listener that has left hears nothing', rules: ['silence-after-unsubscribe'] },
  { wanted: 'Credentials are asked for on the API', rules: ['auth-enforced'] },
  {
    wanted: 'Callbacks carry credentials, and a token that expires leaves the order alone',
    rules: ['callback-credentials', 'token-expiry'],
  },
  {
    wanted: 'Certificates are looked at',
    rules: ['certificate-checked'],
    remark: 'Of listeners by the vendor. Client certificates of the vendor’s own API are not tried.',
  },
  {
    wanted: 'Time limits are kept, 202 leads to the order, and who is busy says until when',
    rules: ['answers-in-time', 'answers-as-declared', 'ends-in-time', 'accepted-has-monitor', 'retry-after'],
  },
  {
    wanted: 'Dates are well formed and in order, and links lead to what they name',
    rules: ['dates-well-formed', 'dates-in-order', 'state-facts', 'href-resolves', 'location-header'],
  },
  { wanted: 'Under load, answers and callbacks keep their times', rules: ['holds-under-load'] },
  { wanted: 'A restart loses nothing', rules: ['survives-restart'] },
  {
    wanted: 'A check that cannot be decided, or does not apply by what the vendor declares, says so',
    rules: ['declared-is-offered'],
    remark:
      'Not a rule but how every rule is judged: what a rule needs and the capability statement (or else the vendor’s answers) denies makes it *not applicable*, what was not seen makes it *inconclusive*, each with the reason; a MUST of something declared that stays undecided makes the whole run inconclusive (exit code 3). The rule named here holds the vendor to what it declares.',
  },
];
