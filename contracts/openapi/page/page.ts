/** An OpenAPI document as one page that needs nothing else: every API, operation, type and example. */
import { toldWalk } from '../examples/told.ts';
import type { OpenApi, Tag } from '../model.ts';
import { html, type Markup, verbatim } from './markup.ts';
import { badge, operationEntry, type Place } from './operation.ts';
import { typeList } from './schema.ts';
import { pageScript } from './script.ts';
import { pageStyle } from './style.ts';

/** @param document of all APIs that are served. */
export function openApiPage(document: OpenApi): string {
  const { info, tags } = document;
  const places = placesIn(document);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title}: its APIs</title>
<link rel="icon" href="data:,">
<style>${verbatim(pageStyle)}</style>
</head>
<body>
<header>
<h1>${info.title}</h1>
<p>${info.description}</p>
<p>${places.length} operations of ${tags.length} APIs. The same for programs: <a href="${addressOf(document, 'openapi.json')}">openapi.json</a> (OpenAPI ${document.openapi}).</p>
<p class="search" hidden><label for="search">Search</label> <input type="search" id="search" placeholder="order, hub, GET ..." autocomplete="off"> <output for="search" id="found" aria-live="polite"></output></p>
<nav aria-label="APIs"><ul>${tags.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}<li><a href="#walk">Walk through it</a></li></ul></nav>
</header>
<main>
${tags.map((tag) => section(tag, document, places))}
${walkThrough(places)}
</main>
<script>${verbatim(pageScript)}</script>
</body>
</html>
`.html;
}

function placesIn({ paths }: OpenApi): readonly Place[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

function addressOf({ servers }: OpenApi, file: string): string {
  return `${servers[0]?.url ?? ''}/southbound/v1/${file}`;
}

function section({ name, description }: Tag, document: OpenApi, places: readonly Place[]): Markup {
  const schemas = Object.entries(document.components.schemas).filter(([component]) => component.startsWith(`${name}_`));
  return html`<section id="${name}">
<h2>${name}</h2>
<p>${description} <a href="${addressOf(document, `openapi/${name}.json`)}">${name}.json</a></p>
${places.filter(({ operation }) => operation.tags.includes(name)).map((place) => operationEntry(place, document))}
${typeList(name, schemas)}
</section>
`;
}

/** Every example in the order in which they can be sent. */
function walkThrough(places: readonly Place[]): Markup {
  const placeOf = new Map(places.map((place) => [place.operation.operationId, place]));
  const steps = toldWalk.flatMap(({ operation, name, summary, status }) => {
    const place = placeOf.get(operation);
    if (place === undefined) return [];
    return [
      html`<li>${badge(place.method)} <a href="#step-${name}">${summary}</a> <span class="status">${status}</span> <span class="soft">${operation.replace('_', ' ')}</span></li>`,
    ];
  });
  return html`<section id="walk">
<h2>Walk through it</h2>
<p>Every example, in an order in which they can be sent to an order management with the broadband catalogue, a SOM, and an inventory system that answers later. Each needs what the ones before it have made; ids will be others, and times, too.</p>
<ol class="walk">${steps}</ol>
</section>`;
}
