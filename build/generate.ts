/** `npm run generate`: everything that is generated and committed; with `--check`, fails when something is stale. */
import './generate-types.ts';
import './generate-docs.ts';
