import { count, message } from './message.ts';

export const serviceMessages = {
  cannotListen: message<{ host: string; port: number; code: string }>(
    ({ host, port, code }) =>
      code === 'EADDRINUSE'
        ? `Le port ${port} de ${host} est déjà pris, peut-être par un autre Jalon. Arrêtez-le, ou choisissez un autre port avec HTTP_PORT.`
        : `Impossible d’écouter sur ${host}:${port} (${code}). Corrigez HTTP_HOST ou HTTP_PORT.`,
    ({ host, port, code }) =>
      code === 'EADDRINUSE'
        ? `Port ${port} of ${host} is taken, perhaps by another Jalon. Stop it, or choose another port with HTTP_PORT.`
        : `Cannot listen on ${host}:${port} (${code}). Correct HTTP_HOST or HTTP_PORT.`,
  ),
  tooSlow: message<{ seconds: number }>(
    ({ seconds }) =>
      `pas de réponse entière en ${count('fr', seconds, 'seconde', 'secondes')}. Les autres espaces avancent sans attendre, celui-ci suivra\u00a0: rien n’est perdu.`,
    ({ seconds }) =>
      `no whole answer within ${count('en', seconds, 'second', 'seconds')}. The other workspaces go on without it, and it will catch up: nothing is lost.`,
  ),
  beingRead: message(
    'la lecture prend du temps. Les autres espaces avancent sans attendre, celui-ci suivra\u00a0: rien n’est perdu.',
    'reading takes its time. The other workspaces go on without it, and it will catch up: nothing is lost.',
  ),
};
