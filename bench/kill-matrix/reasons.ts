/** Why a twin is missed on purpose, where that was decided: what the verdict of a rule alone does not tell. */
export const decidedMisses: { readonly [twin: string]: string } = {
  'foreign-id-is-invalid':
    'Tolerated: an id of another form than the vendor’s may well be answered 400 (decision 0016), and it is not asked for one.',
  'collection-deleted':
    'Not tried: a vendor that takes a DELETE of the collection would lose orders that are not ours (decision 0016).',
};
