export { arrondissements } from './arrondissements.ts';
export { curve } from './curve.ts';
export { fillRates } from './fillRates.ts';
export { movements } from './movements.ts';
export { stack } from './stack.ts';
export { stationCurve } from './stationCurve.ts';
export { topAreas } from './topAreas.ts';
export { usualDay } from './usualDay.ts';
