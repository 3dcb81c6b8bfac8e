const KEY = 'teal.token';

/**
 * The token of this tab: from `?token=` or `#token=` at the first load, from the tab's own storage afterwards.
 * It is taken out of the address bar, so that it does not end up in a bookmark or a screen share.
 */
export function takeToken(): string {
  const url = new URL(window.location.href);
  const hash = new URLSearchParams(url.hash.slice(1));
  const given = url.searchParams.get('token') ?? hash.get('token');
  if (given === null) return window.sessionStorage.getItem(KEY) ?? '';
  window.sessionStorage.setItem(KEY, given);
  url.searchParams.delete('token');
  hash.delete('token');
  url.hash = hash.toString();
  window.history.replaceState(window.history.state, '', url);
  return given;
}

/** Whether the part of an address behind `#` brings a token. */
export function hasToken(hash: string): boolean {
  return new URLSearchParams(hash.slice(1)).has('token');
}
