/** How many storms the tests look at: `SEEDS=20000 npx vitest run test/simulation` looks further, and `.ci/run` at a thousand. */
export const seeds = Number(process.env.SEEDS ?? 300);
