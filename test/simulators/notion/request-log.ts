import { type Logged, LoggedRequests } from '../logged-requests.ts';
import type { RouteName } from './routes.ts';

export type LoggedRequest = Logged<RouteName>;

export class RequestLog extends LoggedRequests<RouteName> {}
