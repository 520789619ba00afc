import {
  Map as MapLibre,
  setWorkerUrl,
  type CameraOptions,
  type GeoJSONSource,
  type MapGeoJSONFeature,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { StationRow } from '../../gold/answers.ts';
import type { Boundaries } from '../boundaries.ts';
import type { Frame } from '../frame.ts';
import type { Position } from '../../pipeline/protocol.ts';
import { drawIcon } from './drawIcon.ts';
import type { AreaSign, StationFeature } from './features.ts';
import type { Palette } from './palette.ts';
import { empty, fadeOf, mapStyle, stationLayers, type Fade } from './style.ts';

setWorkerUrl(workerUrl);

/** What is under a point of the map, in CSS pixels from its corner. */
export interface Pointed {
  readonly kind: 'station' | 'area';
  /** Code of the station, or id of the area. */
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface MapEvents {
  /** What the pointer is over, or was tapped; or what is nearest to the middle of a map that the keys moved. */
  readonly point: (pointed: Pointed | null, by: 'pointer' | 'keys') => void;
  readonly select: (code: string) => void;
  /** The map rests: how many stations it shows, or null where it shows areas. */
  readonly rest: (stations: number | null) => void;
  /** A gesture was left to the page. */
  readonly leave: (gesture: 'wheel_zoom' | 'touch_pan') => void;
  /** The graphics were interrupted, or are back. */
  readonly lose: (lost: boolean) => void;
}

/** How near to a station counts as on it, in CSS pixels, for a mouse, a finger and the keys. */
const reach = { fine: 12, coarse: 24, keys: 160 } as const;

/** A few streets: a zoom at which stations' figures are written. */
const close = 14.5;

/**
 * The map of the network. What it shows is kept here and drawn whenever there is a style to draw it with: at first,
 * and again once interrupted graphics are back.
 */
export class StationMap {
  readonly #map: MapLibre;
  readonly #events: MapEvents;
  readonly #collections = new Map<string, GeoJSON.GeoJSON>();
  readonly #scale: number;
  readonly #fade: Fade;
  #palette: Palette;
  /** What the style is drawn in: a palette that comes while there is none waits. */
  #painted: Palette;
  #stations: readonly StationFeature[] = [];
  #fills: ReadonlyMap<string, number> = new Map();
  #drawnFills: ReadonlyMap<string, number> = new Map();
  #selected: string | null = null;
  /** The station that was pressed on the map itself: it is where the visitor looks. */
  #pressed: string | null = null;
  #ready = false;
  #counting: ReturnType<typeof setTimeout> | undefined;
  /** What was in view before a search moved the map; null once the visitor has moved it since. */
  #before: Pick<CameraOptions, 'center' | 'zoom'> | null = null;

  /** Throws where there is no WebGL. */
  constructor(container: HTMLElement, frame: Frame, palette: Palette, scale: number, events: MapEvents) {
    this.#scale = scale;
    this.#palette = palette;
    this.#painted = palette;
    this.#events = events;
    this.#map = new MapLibre({
      container,
      ...{ bounds: frame, fitBoundsOptions: { padding: 8 }, minZoom: 8, maxZoom: 18 },
      ...{ attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false },
      ...{ renderWorldCopies: false, fadeDuration: 0 },
    });
    this.#map.keyboard.disableRotation();
    this.#map.touchZoomRotate.disableRotation();
    this.#fade = fadeOf(this.#map.getZoom());
    this.#map.setMissingStyleImageResolver((name) => {
      this.#map.addImage(name, this.#draw(name), { pixelRatio: this.#pixels });
    });
    this.#map.setStyle(mapStyle(palette, scale, this.#fade));
    this.#listen();
  }

  /** The canvas, which takes the focus and the keys. */
  get canvas(): HTMLCanvasElement {
    return this.#map.getCanvas();
  }

  /** Shows stations, in place of those it has shown. */
  setStations(features: readonly StationFeature[]): void {
    // A moment that the slider drew is told once more by the answers to it: drawing it twice would keep the page busy.
    if (sameAs(this.#stations, features)) return;
    this.#stations = features;
    this.#show('stations', { type: 'FeatureCollection', features: [...features] });
  }

  /** Colours areas, by their id, by the share of their places that have a bike. */
  setFills(fills: ReadonlyMap<string, number>): void {
    this.#fills = fills;
    this.#drawFills();
  }

  /** What areas gained or lost, in their midst. */
  setSigns(features: readonly GeoJSON.Feature<GeoJSON.Point, AreaSign>[]): void {
    this.#show('signs', { type: 'FeatureCollection', features: [...features] });
  }

  setGround({ areas, labels, ...lines }: Boundaries): void {
    const borders = Object.entries(lines).map(([kind, geometry]) => {
      return { type: 'Feature' as const, properties: { kind }, geometry };
    });
    this.#show('ground', { type: 'FeatureCollection', features: [...areas.features, ...borders] });
    this.#show('labels', labels);
  }

  /** Rings a station; null rings none. Goes near when it is another one than before, and was not seen from near. */
  setSelected(station: StationRow | null): void {
    const { lat = null, lon = null, station_code: code = null } = station ?? {};
    const position = lat === null || lon === null ? null : { lat, lon };
    const ring = pointAt(position);
    // Told anew with each moment, it mostly stays where it is.
    if (JSON.stringify(ring) !== JSON.stringify(this.#collections.get('selected')))
      this.#show('selected', ring);
    const other = code !== this.#selected;
    this.#selected = code;
    const near = code === this.#pressed || this.#map.getZoom() >= close;
    if (other) this.#pressed = null;
    if (position !== null && other && !(near && this.#sees(position))) this.goTo(position);
  }

  /** Marks where the visitor is. */
  setHere(position: Position | null): void {
    this.#show('here', pointAt(position));
  }

  /** Draws everything anew in other colours. */
  setPalette(palette: Palette): void {
    this.#palette = palette;
    if (this.#ready) this.#paint();
  }

  /** Leaves gestures that scroll the page to the page: one finger's, and the wheel's. */
  setCooperative(on: boolean): void {
    if (on) this.#map.cooperativeGestures.enable();
    else this.#map.cooperativeGestures.disable();
  }

  /** Goes to what a search left. */
  seek(frame: Frame): void {
    const camera = this.#map.cameraForBounds(frame, { padding: 70, maxZoom: close });
    if (camera === undefined) return;
    this.#before ??= { center: this.#map.getCenter(), zoom: this.#map.getZoom() };
    this.#map.easeTo(camera);
  }

  /** Back to where the first search found the map, unless the visitor has moved it since. */
  goBack(): void {
    if (this.#before !== null) this.#map.easeTo(this.#before);
    this.#before = null;
  }

  /** The whole of a frame, from so far away that areas have their colours. */
  fit(frame: Frame): void {
    const camera = this.#map.cameraForBounds(frame, { padding: 20 });
    if (camera === undefined) return;
    this.#before = null;
    this.#map.easeTo({ ...camera, zoom: Math.min(camera.zoom ?? 0, this.#fade.from - 0.05) });
  }

  /** As much of a frame as there is room for from so near that stations are drawn; at once. */
  begin(frame: Frame): void {
    const camera = this.#map.cameraForBounds(frame, { padding: 20 });
    if (camera !== undefined)
      this.#map.jumpTo({ ...camera, zoom: Math.max(camera.zoom ?? 0, this.#fade.to) });
  }

  goTo(position: Position): void {
    this.#before = null;
    const camera = { center: position, zoom: Math.max(this.#map.getZoom(), close) };
    if (this.#ready) this.#map.flyTo(camera);
    else this.#map.jumpTo(camera);
  }

  zoomBy(steps: number): void {
    this.#before = null;
    this.#map.easeTo({ zoom: this.#map.getZoom() + steps, duration: 200 });
  }

  destroy(): void {
    clearTimeout(this.#counting);
    this.#map.remove();
  }

  #listen(): void {
    const map = this.#map;
    map.on('style.load', () => this.#restore());
    map.on('webglcontextlost', () => {
      this.#ready = false;
      this.#events.lose(true);
    });
    map.on('webglcontextrestored', () => this.#events.lose(false));
    map.on('cooperativegestureprevented', ({ gestureType }) => this.#events.leave(gestureType));
    map.on('zoom', () => this.#drawFills());
    map.on('idle', () => {
      // A task of its own: with the drawing before it, it would hold the page up.
      clearTimeout(this.#counting);
      this.#counting = setTimeout(() => this.#events.rest(this.#drawn()));
    });
    map.on('mousemove', ({ point }) => {
      const pointed = this.#under(point, reach.fine);
      map.getCanvas().style.cursor = pointed?.kind === 'station' ? 'pointer' : '';
      this.#events.point(pointed, 'pointer');
    });
    map.on('mouseout', () => this.#events.point(null, 'pointer'));
    map.on('movestart', ({ originalEvent }) => {
      if (originalEvent !== undefined) this.#before = null;
      this.#events.point(null, 'pointer');
    });
    map.on('moveend', () => this.#pointByKeys());
    this.canvas.addEventListener('focus', () => this.#pointByKeys());
    this.canvas.addEventListener('blur', () => this.#events.point(null, 'keys'));
    this.canvas.addEventListener('keydown', ({ key }) => {
      const middle = key === 'Enter' && this.#ready && this.#keyed() ? this.#middle() : null;
      if (middle?.kind === 'station') this.#press(middle.id);
    });
    map.on('click', ({ point, originalEvent }) => {
      const coarse = originalEvent instanceof PointerEvent && originalEvent.pointerType !== 'mouse';
      const pointed = this.#under(point, coarse ? reach.coarse : reach.fine);
      this.#events.point(pointed, 'pointer');
      if (pointed?.kind === 'station') this.#press(pointed.id);
    });
  }

  #press(code: string): void {
    this.#pressed = code;
    this.#events.select(code);
  }

  #pointByKeys(): void {
    if (this.#ready && this.#keyed()) this.#events.point(this.#middle(), 'keys');
  }

  /** Whether it is the keys that move the map: its middle is then marked. */
  #keyed(): boolean {
    return this.canvas.matches(':focus-visible');
  }

  /** What is nearest to the middle of the map, where the keys point; a station at its own place. */
  #middle(): Pointed | null {
    const { clientWidth, clientHeight } = this.canvas;
    const middle = { x: clientWidth / 2, y: clientHeight / 2 };
    const [nearest] = this.#stationsBy(middle, reach.keys);
    if (nearest === undefined) return this.#under(middle, 0);
    const { x, y } = this.#placeOf(nearest);
    return { kind: 'station', id: String(nearest.properties['code']), x, y };
  }

  #paint(): void {
    if (this.#palette === this.#painted) return;
    this.#painted = this.#palette;
    const map = this.#map;
    map.setStyle(
      { ...mapStyle(this.#palette, this.#scale, this.#fade), sources: map.getStyle().sources },
      { validate: false },
    );
    for (const name of map.listImages()) map.updateImage(name, this.#draw(name));
  }

  /** Gives a style all that there is to show. */
  #restore(): void {
    this.#ready = true;
    this.#paint();
    for (const [id, data] of this.#collections) this.#show(id, data);
    this.#drawnFills = new Map();
    this.#drawFills();
  }

  #show(id: string, data: GeoJSON.GeoJSON): void {
    this.#collections.set(id, data);
    if (this.#ready) void this.#map.getSource<GeoJSONSource>(id)?.setData(data);
  }

  /** Colours what has another colour, where areas are seen: behind stations each step of time would draw them too. */
  #drawFills(): void {
    const [fills, drawn] = [this.#fills, this.#drawnFills];
    if (!this.#ready || fills === drawn || this.#map.getZoom() >= this.#fade.to) return;
    for (const id of drawn.keys()) {
      if (!fills.has(id)) this.#map.removeFeatureState({ source: 'ground', id });
    }
    for (const [id, fill] of fills) {
      if (drawn.get(id) !== fill) this.#map.setFeatureState({ source: 'ground', id }, { fill });
    }
    this.#drawnFills = fills;
  }

  /** Pixels of an icon for one of CSS: those drawn larger have as many more. */
  get #pixels(): number {
    return devicePixelRatio * this.#scale;
  }

  #draw(name: string): ImageData {
    return drawIcon(name, this.#pixels, this.#palette);
  }

  #sees({ lon, lat }: Position): boolean {
    return this.#map.getBounds().contains([lon, lat]);
  }

  /** Stations that are drawn; null where areas are. */
  #drawn(): number | null {
    if (this.#map.getZoom() <= this.#fade.from) return null;
    const drawn = this.#map.queryRenderedFeatures({ layers: [...stationLayers] });
    return new Set(drawn.map(({ properties }) => String(properties['code']))).size;
  }

  #under({ x, y }: { x: number; y: number }, within: number): Pointed | null {
    if (!this.#ready) return null;
    const [nearest] = this.#stationsBy({ x, y }, within);
    if (nearest !== undefined) return { kind: 'station', id: String(nearest.properties['code']), x, y };
    const [area] = this.#map.queryRenderedFeatures([x, y], { layers: ['areas'] });
    return area === undefined ? null : { kind: 'area', id: String(area.properties['id']), x, y };
  }

  /** Stations around a point, the nearest first. */
  #stationsBy({ x, y }: { x: number; y: number }, within: number): readonly MapGeoJSONFeature[] {
    const box: [[number, number], [number, number]] = [
      [x - within, y - within],
      [x + within, y + within],
    ];
    const away = (feature: MapGeoJSONFeature): number => {
      const at = this.#placeOf(feature);
      return Math.hypot(at.x - x, at.y - y);
    };
    const found = this.#map.queryRenderedFeatures(box, { layers: [...stationLayers] });
    return found.toSorted((a, b) => away(a) - away(b));
  }

  /** Where a station is on the map, in CSS pixels. */
  #placeOf({ geometry }: MapGeoJSONFeature): { x: number; y: number } {
    const [lon = 0, lat = 0] = geometry.type === 'Point' ? geometry.coordinates : [];
    return this.#map.project([lon, lat]);
  }
}

/** Whether features are drawn as others are, in their order. */
function sameAs(features: readonly StationFeature[], others: readonly StationFeature[]): boolean {
  return (
    features.length === others.length &&
    features.every((feature, index) => JSON.stringify(feature) === JSON.stringify(others[index]))
  );
}

function pointAt(position: Position | null): GeoJSON.GeoJSON {
  return position === null ? empty() : { type: 'Point', coordinates: [position.lon, position.lat] };
}
