import type { recorder as english } from './en.recorder.ts';

/** Sentences of the recorder's settings in French. */
export const recorder: typeof english = {
  title: 'Enregistreur',
  pace: {
    setting: (_, every) => `Un relevé ${every}, à heure ronde.`,
    quota: (until, every) =>
      `En ce moment ${every}, jusqu’au ${until}\u00a0: sinon le quota du portail ne suffirait pas.`,
    save_data: (_, every) => `En ce moment ${every}, pour économiser les données.`,
    back_off: (until) => `Le dernier essai a échoué. Le prochain\u00a0: ${until}.`,
    offline: () => 'Vous êtes hors ligne\u00a0: le prochain essai viendra avec la connexion.',
  },
  spent: (until) => `Le quota du portail est épuisé. Prochain essai\u00a0: ${until}.`,
  off: 'Les relevés sont arrêtés.',
  every: (n, minutes) => (n === 1 ? 'chaque minute' : `toutes les ${minutes} minutes`),
  recorded: (every) => `Relevé ${every}`,
  interval: 'Temps entre deux relevés',
  minutes: (minutes) => `${minutes}\u00a0min`,
  data: (snapshot, day) => `${snapshot} par relevé, ${day} par jour à ce rythme`,
  about: (size) => `environ ${size}`,
  unknown: 'Ce qu’un relevé prend à la connexion sera connu après le premier.',
  sparse: (minutes, share) =>
    `Un relevé vaut pour ${minutes} minutes au plus\u00a0: à ce rythme, ${share} du temps compte comme observé.`,
  metered: 'Même rythme sur données limitées',
  meteredLine:
    'Sinon toutes les 15 minutes en connexion mobile, et quand l’appareil demande d’économiser les données.',
  awake: 'Garder l’écran allumé pendant les relevés',
  awakeLine: 'Un appareil en veille ne relève rien. Seulement tant que la page est visible.',
  refused: 'Le navigateur ne le permet pas en ce moment, peut-être pour épargner la batterie.',
};
