/** Plain JSON, the only kind of data a work item may carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
