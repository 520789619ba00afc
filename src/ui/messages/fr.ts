import type { Messages } from './en.ts';
import { errors } from './fr.errors.ts';
import { lake } from './fr.lake.ts';
import { now } from './fr.now.ts';
import { share } from './fr.share.ts';
import { time } from './fr.time.ts';

/** Every sentence of the page in French. */
export const fr: Messages = {
  errors,
  colon: '\u00a0:',
  figuresOf: (title) => `Valeurs\u00a0: ${title}`,
  skip: 'Aller au contenu',
  views: 'Vues',
  now: 'Maintenant',
  history: 'Historique',
  lake: 'Lac',
  health: 'Santé',
  waiting: (n, count) =>
    n < 2 ? `${count} schéma attend votre avis` : `${count} schémas attendent votre avis`,
  opening: 'Ouverture…',
  failedToOpen: 'Cette partie de la page n’a pas pu être chargée. Rechargez la page.',
  header: {
    record: 'Relever maintenant',
    recordBrief: 'Relever',
    recording: 'En cours…',
    every: (n, minutes) => (n === 1 ? 'Relever chaque minute' : `Relever toutes les ${minutes} minutes`),
    slowed: { quota: 'pour que le quota du portail suffise', save_data: 'pour économiser les données' },
    next: (left) => `prochain dans ${left}`,
    off: 'arrêté',
    offline: 'hors ligne',
    elsewhere: 'dans un autre onglet',
    toDark: 'Thème sombre',
    toLight: 'Thème clair',
    other: 'English',
    preferences: 'Langue et thème',
    portal: (host) => `Portail\u00a0: ${host}`,
    sample: (date) => `Relevé du ${date}`,
    shown: (moment) => `Affiché\u00a0: ${moment}`,
    bundled: 'Journée fournie',
  },
  ...now,
  ...share,
  time,
  strip: {
    title: 'Chaîne de traitement',
    stages: { fetch: 'Portail', bronze: 'Bronze', silver: 'Argent', gold: 'Or' },
    waiting: 'en attente',
    off: 'arrêté',
    newest: (when) => `dernier\u00a0: ${when}`,
    running: {
      fetch: 'lecture…',
      bronze: 'mise de côté…',
      silver: 'contrôle, typage…',
      gold: 'calcul…',
    },
    rows: {
      fetch: (n, count) => (n < 2 ? `${count} ligne` : `${count} lignes`),
      bronze: (n, count) => (n < 2 ? `${count} ligne` : `${count} lignes`),
      silver: (n, count) => (n < 2 ? `${count} ligne` : `${count} lignes`),
      gold: (n, count) => (n < 2 ? `${count} réponse` : `${count} réponses`),
    },
    files: { fetch: 'JSON', bronze: 'CSV', silver: 'Parquet', gold: 'lignes' },
    failed: 'échec',
    failures: (code) => {
      if (code === 'portal.unreachable' || code === 'portal.cors') return 'injoignable';
      if (code === 'portal.quota') return 'quota épuisé';
      if (code === 'portal.timeout') return 'trop lent';
      return code === 'portal.busy' ? 'occupé' : 'échec';
    },
    open: (stage) => `Voir les fichiers\u00a0: ${stage}`,
  },
  ...lake,
  notices: {
    sample: (date) => `Relevé du ${date}\u00a0: le portail en direct est injoignable.`,
    sampleDay: (date) => `La journée fournie, ${date}.`,
    sampleOpening: 'Ouverture de la journée fournie…',
    sampleSilent: 'Le portail en direct est injoignable. Ouverture de la journée fournie…',
    sampleLive: (date) => `Vous regardez le ${date}. Le portail en direct répond de nouveau.`,
    goLive: 'Passer au direct',
    showSample: 'Voir la journée fournie',
    retry: 'Réessayer',
    offline: (resumes) =>
      resumes
        ? 'Vous êtes hors ligne. Les relevés restent ici et reprendront tout seuls.'
        : 'Vous êtes hors ligne. Les relevés restent ici.',
    slowedByQuota: (minutes, until) =>
      `Le quota du portail ne suffirait pas\u00a0: relevés toutes les ${minutes} minutes jusqu’au ${until}.`,
    slowedToSave: (minutes) =>
      `Votre connexion ou votre appareil demande d’économiser les données\u00a0: relevés toutes les ${minutes} minutes.`,
    clockSlow: (span) =>
      `L’horloge de cet appareil retarde d’environ ${span}. L’heure des relevés est fausse d’autant.`,
    clockFast: (span) =>
      `L’horloge de cet appareil avance d’environ ${span}. L’heure des relevés est fausse d’autant.`,
    recovered: (moment, lines, files) =>
      `Le journal du lac était endommagé et a été refait d’après les fichiers, ${moment}\u00a0: ${lines}, ${files} repris. Ce que ces lignes disaient d’autre est peut-être perdu.`,
    lines: (n, count) => (n === 1 ? '1 ligne perdue' : `${count} lignes perdues`),
    memory:
      'Ce navigateur ne donne aucun stockage à la page\u00a0: les relevés durent jusqu’à la fermeture de l’onglet.',
    reader: (since, recording) => {
      const from = since === null ? '' : ` depuis le ${since}`;
      return recording
        ? `Un autre onglet enregistre${from}. Celui-ci montre le même lac.`
        : `Un autre onglet tient le lac${from}\u202f; l’enregistrement y est arrêté.`;
    },
    gone: (names) => `Le portail n’envoie plus ${names}. Ce qu’il envoie est gardé en Bronze.`,
    name: (name) => `«\u202f${name}\u202f»`,
    renamed: (name, likely) => `«\u202f${name}\u202f» (sans doute «\u202f${likely}\u202f» maintenant)`,
    toHealth: 'Voir dans Santé',
    dismiss: 'Fermer',
    update: 'Une nouvelle version de Vélolac est prête. Ses autres onglets se rechargent aussi.',
    updateElsewhere:
      'Une nouvelle version de Vélolac est prête. Rechargez dans l’onglet qui enregistre\u202f; celui-ci suivra.',
    reloadAfter: 'Recharger après le travail en cours',
    reloading: 'Rechargement à la fin du travail…',
    reload: 'Recharger',
    later: 'Plus tard',
    offlineReady: 'Vélolac fonctionne maintenant hors ligne.',
    recorded: (stations, time) => `${stations} stations relevées à ${time}.`,
  },
  licence: {
    data: 'Données',
    line: '© Ville de Paris / Smovengo / Agemob — ODbL',
    boundaries: 'Limites © Ville de Paris (ODbL), Institut Paris Region / IGN (Licence Ouverte)',
  },
};
