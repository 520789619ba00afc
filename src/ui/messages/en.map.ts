/** Sentences of the map in English. Parameters arrive formatted. */
export const map = {
  keys: 'Map: the arrow keys move it, plus and minus zoom, Enter opens the station nearest the middle',
  summary: (stations: string, empty: string, full: string, closed: string) =>
    `${stations} stations by position: ${empty} empty, ${full} full, ${closed} closed. The answers beside the map say the same in figures, and the list tells each station’s.`,
  meanSummary: (stations: string, empty: string, full: string, closed: string) =>
    `${stations} stations by position, each in the state it was in most of the time: ${empty} empty, ${full} full, ${closed} closed.`,
  untold: (n: number, count: string) =>
    `Bikes or free docks of ${count} ${n === 1 ? 'station' : 'stations'} are not told.`,
  inView: (stations: string) => `Stations in view: ${stations}.`,
  areasInView: 'Areas in the colour of their bikes; zoom in for the stations.',
  mostly: 'most of the time:',
  mostlyClosed: 'closed most of the time',
  numbers: (mechanical: string, ebikes: string, docks: string) =>
    `${mechanical} mechanical · ${ebikes} electric · ${docks} ${docks === '1' ? 'free dock' : 'free docks'}`,
  unplaced: (count: string) => `${count} without a position`,
  key: 'Key',
  noStation: 'no station',
  fill: 'bikes ÷ (bikes + free docks)',
  fillOf: (share: string) => `${share} of places have a bike`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  whole: 'Whole network',
  near: 'Near me',
  nearFar: (distance: string) => `The nearest station is ${distance} km away from you.`,
  nearFound: (name: string, distance: string) => `The nearest station is ${name}, ${distance} away.`,
  tall: 'Fill the screen with the map',
  short: 'Back to the small map',
  touch: 'Two fingers move the map. With one, the page scrolls.',
  wheel: 'Hold Ctrl and scroll to zoom the map.',
  lost: 'The graphics of this device were interrupted. The map comes back with them.',
  unsupported: 'This browser draws no map here, for want of WebGL. The stations are listed in its place.',
  failed: 'The map cannot be opened. The stations are listed in its place.',
};
