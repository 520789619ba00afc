/**
 * Makes public/boundaries.json, the one topology of areas that the page carries: 80 quartiers and 20
 * arrondissements of Paris, 124 communes around it. Same inputs, same bytes. docs/data.md says where the inputs
 * come from and what the figures below were measured against.
 *
 *   node .ci/make/boundaries.mjs
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mergeArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';

const geo = new URL('../../../shared/data/geo/', import.meta.url);
const out = new URL('../../public/boundaries.json', import.meta.url);

/**
 * Cells along each axis: 0.34 m east-west, 0.36 m north-south. Joining on this grid closes the slivers that float
 * noise leaves between neighbouring quartiers: the border of Paris is then one ring, not eight.
 */
const grid = 1e5;

/**
 * Least area, in square degrees (24 m² here), of the triangle that a kept vertex makes with its neighbours. Three
 * times more moves a border by 6 m and changes a station's quartier; this moves none by more than 2.7 m.
 */
const leastTriangle = 3e-9;

/** The communes whose finer outline (Admin Express, simplified) is at hand: departments 92, 93 and 94. */
const finerCommunes = ['92-hauts-de-seine', '93-seine-saint-denis', '94-val-de-marne'];

/** Argenteuil, the one commune of department 95 with stations. */
const argenteuil = '95018';

const read = (name) => JSON.parse(readFileSync(new URL(name, geo), 'utf8')).features;
const byId = (a, b) => (a.properties.id < b.properties.id ? -1 : 1);
const collection = (features) => ({ type: 'FeatureCollection', features: features.sort(byId) });
const feature = ({ geometry }, properties) => ({ type: 'Feature', properties, geometry });

function quartiers() {
  return read('paris-quartiers.geojson').map((source) => {
    const { c_quinsee: id, l_qu: name, c_ar: arrondissement } = source.properties;
    return feature(source, { id, name, arrondissement });
  });
}

/** Names come from the coarser file: the finer one drops their articles ("Lilas" for "Les Lilas"). */
function communes() {
  const coarse = new Map(
    read('communes-velib-idf-slice.geojson').map((source) => [String(source.properties.insee), source]),
  );
  const named = (source, id) => feature(source, { id, name: coarse.get(id).properties.nomcom });
  return [
    ...finerCommunes
      .flatMap((name) => read(`communes-${name}.geojson`))
      .map((f) => named(f, f.properties.code)),
    named(coarse.get(argenteuil), argenteuil),
  ];
}

/** Arrondissements as unions of quartiers, so that both draw the very same arcs. */
function arrondissements(joined) {
  const geometries = read('paris-arrondissements.geojson')
    .map(({ properties: { c_ar: number, c_arinsee: id, l_aroff: name } }) => {
      const parts = joined.objects.quartiers.geometries.filter((q) => q.properties.arrondissement === number);
      return { ...mergeArcs(joined, parts), properties: { id: String(id), name, number } };
    })
    .sort(byId);
  return { type: 'GeometryCollection', geometries };
}

const exact = topology({ quartiers: collection(quartiers()), communes: collection(communes()) }, grid);
const simplified = quantize(simplify(presimplify(exact), leastTriangle), grid);
simplified.objects.arrondissements = arrondissements(simplified);

mkdirSync(new URL('.', out), { recursive: true });
writeFileSync(out, JSON.stringify(simplified));
console.log(`boundaries.json: ${JSON.stringify(simplified).length} characters`);
