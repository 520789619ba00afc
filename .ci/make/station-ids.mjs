/**
 * Makes public/station-ids.json, the codes of stations by their GBFS station_id: files that tell only the id are
 * translated by it. Same inputs, same bytes. docs/data.md says where the inputs come from.
 *
 *   node .ci/make/station-ids.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const shared = new URL('../../../shared/data/velib/', import.meta.url);
const out = new URL('../../public/station-ids.json', import.meta.url);
const read = (name) => readFileSync(new URL(name, shared));

const stations2023 = JSON.parse(gunzipSync(read('gbfs-2023/stations_with_admin_ids.json.gz')));
const stations2025 = JSON.parse(read('gbfs-2025/station_information.json')).data.stations;
const stations = [...Object.values(stations2023).map(({ base }) => base), ...stations2025];

const codes = new Map();
for (const { station_id, stationCode } of stations) {
  const known = codes.get(station_id) ?? stationCode;
  if (known !== stationCode) throw new Error(`station_id ${station_id} is ${known} and ${stationCode}`);
  codes.set(station_id, stationCode);
}

const lines = [...codes]
  .sort(([a], [b]) => a - b)
  .map(([id, code]) => `${JSON.stringify(String(id))}:${JSON.stringify(code)}`);
writeFileSync(out, `{\n${lines.join(',\n')}\n}\n`);
console.log(`station-ids.json: ${codes.size} stations`);
