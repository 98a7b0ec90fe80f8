/**
 * The keys of this start, one a role, and the sessions that they opened. All is drawn anew at every start and kept in
 * memory only, so a session that was overheard ends with the program. A session has two names: a secret one, which is
 * the cookie and opens the door, and a public one, which others read and which opens nothing.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { ROLES, type Person, type Role } from '../wire/person.ts';
import { NewestMap } from './newest-map.ts';

/** Of each role, so that who may only watch cannot crowd out who operates. */
const MOST_SESSIONS = 64;
const SECRET_BYTES = 24;

const drawSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export class Sessions {
  readonly tokens: Readonly<Record<Role, string>> = {
    viewer: drawSecret(),
    operator: drawSecret(),
    engineer: drawSecret(),
  };
  readonly #open: Readonly<Record<Role, NewestMap<Person>>> = {
    viewer: new NewestMap(MOST_SESSIONS),
    operator: new NewestMap(MOST_SESSIONS),
    engineer: new NewestMap(MOST_SESSIONS),
  };
  #named = 0;

  /** Whose key this is. Every key is compared, so that the time taken says nothing. */
  roleOf(token: string): Role | undefined {
    return ROLES.filter((role) => isSame(token, this.tokens[role])).at(0);
  }

  /** A new session under a secret that nobody has seen: what the caller came with is never taken over. */
  open(role: Role): { readonly secret: string; readonly person: Person } {
    const secret = drawSecret();
    const person = this.name(role);
    this.#open[role].set(secret, person);
    return { secret, person };
  }

  /** Somebody without a session: a program with a key, or a page where none is needed. */
  name(role: Role): Person {
    return { role, session: String(++this.#named) };
  }

  find(secret: string): Person | undefined {
    return ROLES.map((role) => this.#open[role].get(secret)).find((person) => person !== undefined);
  }
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
