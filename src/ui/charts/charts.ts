export { arrondissements } from './arrondissements.ts';
export { curve } from './curve.ts';
export { fillRates } from './fillRates.ts';
export { outlines } from './outlines.ts';
export { stack } from './stack.ts';
export { stationMap } from './stationMap.ts';
export { topAreas } from './topAreas.ts';
