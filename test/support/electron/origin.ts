/** `app://teal` in the shell is a real origin in Chromium, which nothing answers but the shell's own handler. */
const REAL = 'https://teal.app.invalid';
const APP = 'app://teal';

export function toReal(url: string): string {
  return url.startsWith(APP) ? REAL + url.slice(APP.length) : url;
}

export function toApp(url: string): string {
  return url.startsWith(REAL) ? APP + url.slice(REAL.length) : url;
}

export const realOrigin = REAL;
