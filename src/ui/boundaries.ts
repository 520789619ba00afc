import { feature, mesh } from 'topojson-client';

type Topology = Parameters<typeof mesh>[0];
type Shape = NonNullable<Parameters<typeof mesh>[1]>;

/** Outlines to draw under the stations. */
export interface Boundaries {
  readonly land: ReturnType<typeof feature>;
  readonly arrondissements: ReturnType<typeof mesh>;
  readonly communes: ReturnType<typeof mesh>;
}

let loading: Promise<Boundaries | null> | null = null;

/** The bundled outlines, fetched once; null where they are missing: the chart does without. */
export function loadBoundaries(): Promise<Boundaries | null> {
  loading ??= fetchBoundaries();
  return loading;
}

async function fetchBoundaries(): Promise<Boundaries | null> {
  try {
    const response = await fetch(new URL('boundaries.json', document.baseURI));
    if (!response.ok) throw new Error(`boundaries.json: status ${response.status}`);
    const topology = (await response.json()) as Topology;
    const { arrondissements, communes } = topology.objects as Record<string, Shape | undefined>;
    if (!arrondissements || !communes) throw new Error('boundaries.json: an object is missing');
    // A task for each: together they would hold the page up.
    const land = await inItsOwnTask(() => feature(topology, arrondissements));
    const inner = await inItsOwnTask(() => mesh(topology, arrondissements));
    const outer = await inItsOwnTask(() => mesh(topology, communes));
    return { land, arrondissements: inner, communes: outer };
  } catch (thrown) {
    console.warn('The stations are shown without outlines.', thrown);
    return null;
  }
}

function inItsOwnTask<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(work()), 0));
}
