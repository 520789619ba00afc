/** The dataset that the replica serves. */
export const datasetId = 'velib-disponibilite-en-temps-reel';

/** Name, label and type of every field; some labels lie, as they do at the portal. */
const fields: readonly (readonly [name: string, label: string, type: string])[] = [
  ['stationcode', 'Identifiant station', 'text'],
  ['name', 'Nom station', 'text'],
  ['is_installed', 'Station en fonctionnement', 'text'],
  ['capacity', 'Capacité de la station', 'int'],
  ['numdocksavailable', 'Nombre bornettes libres', 'int'],
  ['numbikesavailable', 'Nombre total vélos disponibles', 'int'],
  ['mechanical', 'Vélos mécaniques disponibles', 'int'],
  ['ebike', 'Vélos électriques disponibles', 'int'],
  ['is_renting', 'Borne de paiement disponible', 'text'],
  ['is_returning', 'Retour vélib possible', 'text'],
  ['duedate', 'Actualisation de la donnée', 'datetime'],
  ['coordonnees_geo', 'Coordonnées géographiques', 'geo_point_2d'],
  ['nom_arrondissement_communes', 'Nom communes équipées', 'text'],
  ['code_insee_commune', 'Code INSEE communes équipées', 'text'],
];

/** What `/catalog/datasets/{id}` says of the dataset. */
export function datasetMetadata(records: number, now: number): unknown {
  const processed = new Date(now).toISOString().replace('Z', '+00:00');
  return {
    dataset_id: datasetId,
    dataset_uid: 'da_replica',
    has_records: true,
    data_visible: true,
    features: ['geo', 'analyze', 'timeserie'],
    fields: fields.map(([name, label, type]) => ({ name, label, type, annotations: {}, description: null })),
    metas: {
      default: {
        title: 'Vélib - Vélos et bornes - Disponibilité temps réel',
        license: 'Open Database License (ODbL)',
        language: 'fr',
        timezone: 'Europe/Paris',
        modified: processed,
        data_processed: processed,
        publisher: "Autolib Velib' Métropole",
        records_count: records,
      },
    },
  };
}
