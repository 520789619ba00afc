export { arrondissements } from './arrondissements.ts';
export { curve } from './curve.ts';
export { fillRates } from './fillRates.ts';
export { stack } from './stack.ts';
export { topAreas } from './topAreas.ts';
