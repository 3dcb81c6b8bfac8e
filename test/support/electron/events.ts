/** An event of Electron that its listeners can prevent. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function createEvent<More extends object>(more: More): Preventable & More {
  let defaultPrevented = false;
  return {
    ...more,
    get defaultPrevented() {
      return defaultPrevented;
    },
    preventDefault: () => {
      defaultPrevented = true;
    },
  };
}
