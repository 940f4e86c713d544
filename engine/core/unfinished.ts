/** What is made piece by piece, where objects that are spread together would cost too much. */

/** A thing while it is being put together, by whoever made it and nobody else. */
export type Unfinished<Thing> = { -readonly [key in keyof Thing]: Thing[key] };
